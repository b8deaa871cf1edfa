import assert from "node:assert/strict";
import { test } from "node:test";
import type { ArchiveEntry, EditWeights, ProposeContext, Verdict } from "@pawl/core";
import { BugOperators } from "@pawl/propose";
import { BenchPool } from "./bench-pool.ts";
import { learnedGuide, learnOperators } from "./learned-operators.ts";
import { RepairBench } from "./repair-bench.ts";

const NOT_A_FUNCTION = "TypeError: list.sum is not a function";
const FAILED: Verdict = { status: "failed", scores: {}, feedback: [], cost: { wallMs: 1, cpuMs: 1 }, evidence: [] };

/** What the guide says of a parent that fails with this message, or of one that passes. */
function said(operators: BugOperators, message: string | null): Promise<EditWeights | undefined> {
  const verdict: Verdict =
    message === null ? { ...FAILED, status: "passed" } : { ...FAILED, feedback: [{ kind: "test", message }] };
  const parent = { verdict } as ArchiveEntry;
  return learnedGuide(operators).weights(parent, {} as ProposeContext);
}

test("an operator that repaired the parent's kind of bug is preferred, and that of another kind is not", async () => {
  const operators = new BugOperators();
  for (let i = 0; i < 20; i++) {
    operators.learn("B.1", "wrong-method", i < 10);
    operators.learn("B.1", "boundary", false);
    operators.learn("C.4", "boundary", i < 10);
    operators.learn("C.4", "wrong-method", false);
  }
  const weights = (await said(operators, NOT_A_FUNCTION))?.byOperator ?? {};
  assert.ok((weights["wrong-method"] as number) > 0.5, JSON.stringify(weights));
  assert.ok((weights["boundary"] as number) < -0.5, JSON.stringify(weights));
});

test("nothing is said of a parent that passes, or of a bug of which nothing was counted", async () => {
  const operators = new BugOperators();
  operators.learn("C.4", "boundary", true);
  assert.equal(await said(operators, null), undefined);
  assert.equal(await said(operators, NOT_A_FUNCTION), undefined);
});

test("an interruption ends the counting", async () => {
  const benches = new BenchPool(RepairBench.open);
  await assert.rejects(learnOperators(benches, 6, AbortSignal.abort()), { name: "AbortError" });
  await benches.close();
});

test("what is counted comes from tries on programs with one fault, and some of them repair it", async (t) => {
  if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
  const benches = new BenchPool(RepairBench.open);
  try {
    const counts = Object.values(
      (await learnOperators(benches, 6, new AbortController().signal)).counts().counts,
    ).flatMap((each) => Object.values(each ?? {}));
    const sum = (which: 0 | 1): number => counts.reduce((total, count) => total + count[which], 0);
    assert.ok(sum(1) > 100 && sum(0) > 0 && sum(0) < sum(1) / 2, `${sum(0)} of ${sum(1)}`);
  } finally {
    await benches.close();
  }
});
