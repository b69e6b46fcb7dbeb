/** `paperwire evaluate search`: how well and how fast a search system answers the judged queries of a collection. */
import { invalid } from "@paperwire/domain";
import { EvalFormatError, type EvaluationProgress, evaluateCollection, evaluateRunFile } from "@paperwire/engine/eval";
import { type Progress, startProgress } from "../progress.ts";
import { count, say, type Terminal } from "../terminal.ts";

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
  const steps = showSteps(terminal);
  const common = { directory, ...(split === undefined ? {} : { split }) };
  try {
    const figures =
      score === undefined
        ? await evaluateCollection({
            ...common,
            ...(system === undefined ? {} : { system }),
            ...(run === undefined ? {} : { runFile: run }),
            clock: () => performance.now(),
            onProgress: steps.show,
          })
        : await evaluateRunFile({ ...common, runFile: score });
    steps.stop();
    if (options.json) say(terminal, JSON.stringify(figures));
    else for (const [name, value] of Object.entries(figures)) say(terminal, `${name.padEnd(14)} ${shown(value)}`);
  } catch (error) {
    if (error instanceof EvalFormatError) throw invalid(error.message, error);
    throw error;
  } finally {
    steps.stop();
  }
}

const STEPS: Record<EvaluationProgress["step"], { label: string; unit: string }> = {
  read: { label: "Reading", unit: "documents" },
  index: { label: "Indexing", unit: "documents" },
  ask: { label: "Asking", unit: "queries" },
  time: { label: "Timing", unit: "queries" },
};

/** A bar or lines of its own for each step, on stderr: stdout is for the figures. */
function showSteps({ stderr: output, clock }: Terminal) {
  let current: { step: string; progress: Progress } | undefined;
  const stop = () => {
    current?.progress.stop();
    current = undefined;
  };
  const show = ({ step, done, total }: EvaluationProgress) => {
    const { label, unit } = STEPS[step];
    if (current?.step !== step) {
      stop();
      current = { step, progress: startProgress({ label, total, output, clock }) };
    }
    current.progress.update(done, `${count(done)}${total === null ? "" : ` of ${count(total)}`} ${unit}`);
  };
  return { show, stop };
}

function shown(value: unknown): string {
  return typeof value === "number" && !Number.isInteger(value) ? value.toFixed(4) : String(value);
}
