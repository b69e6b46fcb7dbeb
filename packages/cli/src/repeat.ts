/** Something done again and again while the site runs: one round at a time, and the last one is awaited at the end. */

export type Repeating = { stop(): Promise<void> };

type Options = {
  everyMs: number;
  /** Ends soon once the signal is given. */
  round: (signal: AbortSignal) => Promise<void>;
  /** Told of a round that failed; the next one tries again. */
  onError: (error: unknown) => void;
};

/** The first round begins at once. The timer alone never keeps the process alive. */
export function repeat({ everyMs, round, onError }: Options): Repeating {
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  const next = () => {
    running ??= round(stopping.signal)
      .catch(onError)
      .finally(() => {
        running = null;
      });
  };
  next();
  const timer = setInterval(next, everyMs).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}
