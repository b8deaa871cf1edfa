import type { ProposalRequest, ProposeContext, Verdict } from "@pawl/core";
import { describeTask, inWords, type Attempt, type WorkTask } from "./task.ts";

const TOLD = 5;

/** What somebody tried in a run, to be told with the next question. */
export class Attempts {
  readonly #task: WorkTask;
  readonly #all: Attempt[] = [];

  constructor(task: WorkTask) {
    this.#task = task;
  }

  add(summary: string, verdict: Verdict): void {
    this.#all.push({ summary, verdict: inWords(verdict, this.#task.scores) });
  }

  addMiss(): void {
    this.#all.push({
      summary: "an attempt",
      verdict: "nothing that may change was changed, or it was tried before",
    });
  }

  /** The task in words, as it stands for a request. Reads the archive: call it before the first question. */
  describe(
    { parent, hint }: ProposalRequest,
    { editable, archive }: Pick<ProposeContext, "editable" | "archive">,
  ): string {
    const from = archive.get(parent);
    const begun =
      from === undefined || from.candidate.parents.length === 0
        ? null
        : { summary: from.candidate.origin.summary, verdict: inWords(from.verdict, this.#task.scores) };
    return describeTask(this.#task, { editable, attempts: this.#all.slice(-TOLD), begun, hint });
  }
}
