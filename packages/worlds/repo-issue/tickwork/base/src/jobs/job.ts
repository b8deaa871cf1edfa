import type { CronLine } from "../cron/parse.ts";

export type Schedule =
  | { readonly kind: "cron"; readonly line: CronLine }
  | { readonly kind: "every"; readonly milliseconds: number }
  | { readonly kind: "once"; readonly at: number };

export interface Job {
  readonly id: string;
  readonly schedule: Schedule;
  readonly run: (time: number) => void;
  /** How often a run that failed is tried again. */
  readonly retries?: number;
  /** Milliseconds before the first new try; doubled for each further one. */
  readonly retryDelay?: number;
}

export interface JobState {
  readonly runs: number;
  readonly failures: number;
  /** Failed tries since the last success. */
  readonly streak: number;
  readonly lastRun: number | null;
  readonly lastError: string | null;
}

export const FRESH: JobState = { runs: 0, failures: 0, streak: 0, lastRun: null, lastError: null };
