import assert from "node:assert/strict";
import { test } from "node:test";
import type { ArchiveView, CandidateId, Evaluated, ProposalRequest, Search } from "@pawl/core";
import { loadRepoIssues } from "@pawl/worlds";
import { IssueBench, type IssueSetup } from "./issue-bench.ts";
import { alike } from "./issue-lines.ts";
import { textsOf } from "./issue-texts.ts";

const EVALUATIONS = 4;

/** Asks for one edit of the base, then for edits of what came of it. */
class OnTheFirst implements Search {
  readonly id = "on-the-first";
  #first: CandidateId | null = null;

  ask({ base }: ArchiveView): ProposalRequest {
    return { parent: this.#first ?? base.candidate.id, edits: 1, temperature: 0 };
  }

  tell({ candidate }: Evaluated): void {
    this.#first ??= candidate.id;
  }

  exhausted(): void {}

  done(): boolean {
    return false;
  }

  state(): null {
    return null;
  }
}

test("candidates built on another candidate are counted, and nothing is repaired where only places are asked for", async (t) => {
  if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
  // Both texts of one issue.
  const tasks = textsOf(loadRepoIssues()).slice(0, 2);
  const bench = await IssueBench.open(tasks);
  try {
    const setup: IssueSetup = {
      locate: () => ({ files: [], methods: [], linesRead: 0 }),
      lines: (_, parts) => alike(parts),
      search: () => new OnTheFirst(),
      evaluations: EVALUATIONS,
      // Whatever passes: the task goes on to the end of its budget.
      enough: Infinity,
    };
    const context = { seed: 1, signal: new AbortController().signal };
    const { rows, spent } = await bench.run(setup, context);
    assert.equal(spent, tasks.length * EVALUATIONS);
    for (const { values } of rows) {
      assert.equal(values["spent"], EVALUATIONS);
      assert.equal(values["builtOn"], EVALUATIONS - 1);
    }

    const located = await bench.run({ ...setup, lines: null }, context);
    assert.equal(located.spent, 0);
    for (const { values } of located.rows) assert.equal("builtOn" in values, false);
    // The second run begins in the middle, and tells its rows in the order of the tasks as the first one does.
    const ids = tasks.map(({ id }) => id);
    for (const run of [rows, located.rows])
      assert.deepEqual(
        run.map(({ task }) => task),
        ids,
      );
  } finally {
    await bench.close();
  }
});
