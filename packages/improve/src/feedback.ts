import { recordOf, type Feedback, type Status } from "@pawl/core";
import { openExisting, readRun } from "./record.ts";

/** What the judge found in one candidate. */
export interface CandidateFeedback {
  readonly candidate: string;
  readonly summary: string;
  readonly status: Status;
  readonly kept: boolean;
  readonly failing: readonly string[];
  readonly feedback: readonly Feedback[];
}

/** The last word on each of a run's candidates, newest first; only those whose id begins with `candidate` when it is given. */
export function feedbackOf(state: string, run: string, candidate = "", most = 10): readonly CandidateFeedback[] {
  const store = openExisting(state);
  try {
    const { candidates } = readRun(store, run);
    const found = new Map<string, CandidateFeedback>();
    for (const event of recordOf(store, run)) {
      if (event.type !== "judged" && event.type !== "confirmed") continue;
      const { candidate: id, status, failing = [] } = event.data;
      if (!id.startsWith(candidate)) continue;
      const word = {
        candidate: id,
        summary: candidates.get(id)?.origin.summary ?? "",
        status,
        kept: event.type === "confirmed" && event.data.kept,
        failing,
        feedback: event.meta?.feedback ?? [],
      };
      found.delete(id);
      found.set(id, word);
    }
    return [...found.values()].reverse().slice(0, most);
  } finally {
    store.close();
  }
}
