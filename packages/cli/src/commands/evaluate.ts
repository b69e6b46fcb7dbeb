/** `paperwire evaluate search`: how well and how fast a search system answers the judged queries of a collection. */
import { invalid } from "@paperwire/domain";
import { EvalFormatError, evaluateCollection, evaluateRunFile } from "@paperwire/engine/eval";
import { say, type Terminal } from "../terminal.ts";

export type EvaluateOptions = {
  collection: string;
  split?: string;
  system?: string;
  run?: string;
  score?: string;
  json?: boolean;
};

/** @throws DomainError `invalid`: the folder is no collection, or a file in it is broken; says which line */
export async function evaluateCommand(options: EvaluateOptions, terminal: Terminal): Promise<void> {
  const { collection: directory, split, system, run, score } = options;
  const common = { directory, ...(split === undefined ? {} : { split }) };
  try {
    const figures =
      score === undefined
        ? await evaluateCollection({
            ...common,
            ...(system === undefined ? {} : { system }),
            ...(run === undefined ? {} : { runFile: run }),
            clock: () => performance.now(),
          })
        : await evaluateRunFile({ ...common, runFile: score });
    if (options.json) say(terminal, JSON.stringify(figures));
    else for (const [name, value] of Object.entries(figures)) say(terminal, `${name.padEnd(14)} ${shown(value)}`);
  } catch (error) {
    if (error instanceof EvalFormatError) throw invalid(error.message, error);
    throw error;
  }
}

function shown(value: unknown): string {
  return typeof value === "number" && !Number.isInteger(value) ? value.toFixed(4) : String(value);
}
