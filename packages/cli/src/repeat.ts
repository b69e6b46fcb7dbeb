/** Something done again and again while the site runs: one round at a time, and the last one is awaited at the end. */

export type Repeating = { stop(): Promise<void> };

type Options = {
  everyMs: number;
  /** By default the first round begins at once, else after the first pause. */
  atOnce?: boolean;
  /** Ends soon once the signal is given. */
  round: (signal: AbortSignal) => Promise<void>;
  /** Told of a round that failed; the next one tries again. */
  onError: (error: unknown) => void;
};

/** The timer alone never keeps the process alive. */
export function repeat({ everyMs, atOnce = true, round, onError }: Options): Repeating {
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  const next = () => {
    running ??= round(stopping.signal)
      .catch(onError)
      .finally(() => {
        running = null;
      });
  };
  if (atOnce) next();
  const timer = setInterval(next, everyMs).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}
