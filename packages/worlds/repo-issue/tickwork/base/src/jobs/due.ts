import { nextRun } from "../cron/next.ts";
import type { Job, JobState } from "./job.ts";

/** When a job runs next according to its schedule, or null when it is done. */
export function nextDue(job: Job, state: JobState, now: number): number | null {
  const { schedule } = job;
  switch (schedule.kind) {
    case "cron":
      return nextRun(schedule.line, now);
    case "every": {
      if (state.lastRun === null) return now;
      const missed = Math.floor((now - state.lastRun) / schedule.milliseconds);
      return state.lastRun + (missed + 1) * schedule.milliseconds;
    }
    case "once":
      return state.runs === 0 ? schedule.at : null;
  }
}

/** When a failed run is tried again, or null when it was tried often enough. */
export function nextRetry(job: Job, state: JobState, now: number): number | null {
  const { retries = 0, retryDelay = 1000 } = job;
  if (state.streak === 0 || state.streak > retries) return null;
  return now + retryDelay * 2 ** (state.streak - 1);
}
