/** What the store keeps of jobs that wake by themselves. */
import type { JobRecord } from "@paperwire/domain";

export type StoredJob = JobRecord & {
  name: string;
  /** What the last run that ended well came to, in words. */
  outcome: string | null;
  /** ISO 8601, as whoever runs them last reckoned. */
  nextAt: string | null;
};

export type JobStore = {
  find(name: string): Promise<StoredJob | null>;
  list(): Promise<StoredJob[]>;
  begin(name: string): Promise<void>;
  end(name: string, said: { outcome: string } | { error: string }): Promise<void>;
  /** When it is due again; null where it is switched off. */
  plan(name: string, nextAt: string | null): Promise<void>;
};
