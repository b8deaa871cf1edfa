import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng, Target, type Check, type Submission, type Verdict } from "@pawl/core";
import { accept, shareOfErrorBudget, type Acceptance, type AcceptanceOptions } from "./acceptance.ts";

const target = new Target({ "x.txt": "0" }, "tree");
const incumbent: Submission = { candidate: target.base, files: {} };
const derived = target.derive(
  target.base,
  { "x.txt": [{ start: 0, end: 1, text: "1" }] },
  { proposer: "test", summary: "" },
);
assert.ok(!("rejected" in derived));
const challenger: Submission = derived;

/** Accepts with scripted scores; null is a run without a score. */
function decide(
  score: (who: "incumbent" | "challenger", measurement: number) => number | null,
  options: Partial<AcceptanceOptions> = {},
): Promise<Acceptance> {
  let measurements = 0;
  const confirm = async ({ candidate }: Submission): Promise<Verdict> => {
    const value = score(candidate.id === target.baseId ? "incumbent" : "challenger", measurements++);
    const common = { feedback: [], cost: { wallMs: 0, cpuMs: 0 }, evidence: [] };
    return value === null
      ? { status: "failed", scores: {}, ...common }
      : { status: "passed", scores: { score: [value] }, ...common };
  };
  const check: Check = { id: "scripted", deterministic: false, screen: confirm, confirm, close: async () => {} };
  const earlier = { incumbent: [], challenger: [] };
  return accept(
    check,
    incumbent,
    challenger,
    { objective: "score", sign: 1, alpha: 0.05, minGain: 0, maxPairs: 40, exact: true, earlier, ...options },
    new AbortController().signal,
  );
}

test("without noise two pairs decide: a gain, a tie, a gain that is too small, and lower where lower is better", async () => {
  const fixed = (before: number, after: number) => (who: string) => (who === "incumbent" ? before : after);
  const cases = [
    [fixed(1, 2), {}, "better"],
    [fixed(2, 2), {}, "not-better"],
    [fixed(2, 1), {}, "not-better"],
    [fixed(1, 1.5), { minGain: 0.5 }, "not-better"],
    [fixed(2, 1), { sign: -1 }, "better"],
    [fixed(1, 2), { sign: -1 }, "not-better"],
  ] as const;
  for (const [score, options, expected] of cases) {
    const { decision, pairs, exact } = await decide(score, options);
    assert.deepEqual([decision, pairs.length, exact], [expected, 2, true]);
  }
});

test("a score that once came out differently is noise: two equal pairs do not decide", async () => {
  const score = (who: string): number => (who === "incumbent" ? 1 : 2);
  for (const options of [
    { exact: false },
    { earlier: { incumbent: [1, 1.1], challenger: [2] } },
    { earlier: { incumbent: [1], challenger: [2.1] } },
  ]) {
    const { decision, pairs, exact } = await decide(score, options);
    assert.equal(decision, "better");
    assert.ok(pairs.length > 2 && !exact);
  }
});

test("both are measured by turns, and who goes first alternates", async () => {
  const order: string[] = [];
  const { verdict, pairs } = await decide((who, measurement) => {
    order.push(who);
    return (who === "incumbent" ? 0 : 5) + Rng.of("turns", measurement).normal();
  });
  for (let pair = 0; pair < pairs.length; pair++) {
    const expected = pair % 2 === 0 ? ["challenger", "incumbent"] : ["incumbent", "challenger"];
    assert.deepEqual(order.slice(2 * pair, 2 * pair + 2), expected);
  }
  assert.deepEqual(
    verdict.scores["score"],
    pairs.map((pair) => pair.challenger),
  );
});

test("no score of the challenger is a no; no score of the incumbent decides nothing", async () => {
  const failing = await decide((who) => (who === "challenger" ? null : 1));
  assert.deepEqual([failing.decision, failing.verdict.status], ["not-better", "failed"]);
  const broken = await decide((who) => (who === "incumbent" ? null : 1));
  assert.deepEqual([broken.decision, broken.verdict.status], ["undecided", "infrastructure"]);
});

test("the tests of a run share one error budget", () => {
  let total = 0;
  for (let k = 1; k <= 10_000; k++) total += shareOfErrorBudget(k);
  assert.ok(total < 1 && total > 0.999);
});
