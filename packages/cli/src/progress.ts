/** How long work shows itself: a bar with an estimate on a terminal, plain lines otherwise. */
import type { Writable } from "node:stream";
import type { Clock } from "@paperwire/domain";
import cliProgress from "cli-progress";

/** Between two plain lines. */
const LINE_EVERY_MS = 5_000;

export type Progress = {
  /** @param done  in the unit of `total`; `text` says the rest */
  update(done: number, text: string): void;
  /** Leaves the terminal as it was. */
  stop(): void;
};

export type ProgressOptions = {
  label: string;
  /** Null where the end is not known: then there is no bar and no estimate. */
  total: number | null;
  output: Writable & { isTTY?: boolean };
  clock: Clock;
};

export function startProgress(options: ProgressOptions): Progress {
  return options.output.isTTY && options.total !== null ? bar(options, options.total) : lines(options);
}

function bar({ label, output }: ProgressOptions, total: number): Progress {
  const one = new cliProgress.SingleBar({
    format: `${label} {bar} {percentage}% · {eta_formatted} left · {text}`,
    stream: output as NodeJS.WritableStream,
    barsize: 24,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false,
  });
  one.start(Math.max(total, 1), 0, { text: "" });
  return {
    update: (done, text) => one.update(Math.min(done, total), { text }),
    stop: () => one.stop(),
  };
}

function lines({ label, total, output, clock }: ProgressOptions): Progress {
  let saidMs = clock();
  return {
    update: (done, text) => {
      if (clock() - saidMs < LINE_EVERY_MS) return;
      saidMs = clock();
      const share = total === null ? "" : ` ${Math.floor((100 * done) / Math.max(total, 1))}%`;
      output.write(`${label}${share} · ${text}\n`);
    },
    stop: () => undefined,
  };
}
