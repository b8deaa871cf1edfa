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

/** Decides over two objectives whose true gains are given, with normal noise of standard deviation 1 on both, or on none. */
function decideTwo(
  gains: readonly [number, number],
  options: Partial<AcceptanceOptions> & { readonly seed?: number; readonly noise?: readonly [number, number] } = {},
): Promise<Acceptance> {
  const { seed = 0, noise = [0, 0], ...rest } = options;
  let measurements = 0;
  const confirm = async ({ candidate }: Submission): Promise<Verdict> => {
    const rng = Rng.of("two", seed, measurements++);
    const side = candidate.id === target.baseId ? 0 : 1;
    const [a, b] = [noise[0] * rng.normal() + side * gains[0], noise[1] * rng.normal() + side * gains[1]];
    return {
      status: "passed",
      scores: { a: [a], b: [b] },
      feedback: [],
      cost: { wallMs: 0, cpuMs: 0 },
      evidence: [],
    };
  };
  const check: Check = { id: "two", deterministic: false, screen: confirm, confirm, close: async () => {} };
  const earlier = { incumbent: [], challenger: [] };
  const common = { sign: 1, minGain: 0, earlier } as const;
  const [a, b] = [noise[0] === 0, noise[1] === 0];
  const others = [{ ...common, objective: "b", exact: b, tolerance: 1 }];
  const main = { ...common, objective: "a", exact: a, tolerance: 1, alpha: 0.05, maxPairs: 100, others, ...rest };
  return accept(check, incumbent, challenger, main, new AbortController().signal);
}

test("several objectives without noise: a gain in one, and none worse by more than its tolerance", async () => {
  const cases: [gains: [number, number], decision: string][] = [
    [[1, 0], "better"],
    [[0, 1], "better"],
    [[2, -1], "better"],
    [[2, -1.5], "not-better"],
    [[0, 0], "not-better"],
    [[-1.5, 5], "not-better"],
  ];
  for (const [gains, expected] of cases) {
    const { decision, pairs } = await decideTwo(gains);
    assert.deepEqual([decision, pairs.length], [expected, 2], gains.join());
  }
});

test("several noisy objectives: what gains nowhere, or loses more than is tolerated somewhere, is accepted in at most 5 %", async (t) => {
  const streams = 400;
  const share = async (gains: [number, number], noise: [number, number]): Promise<number> => {
    let better = 0;
    for (let seed = 0; seed < streams; seed++)
      better += Number((await decideTwo(gains, { seed, noise })).decision === "better");
    return better / streams;
  };
  const most = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / streams);
  for (const gains of [
    [0, 0],
    [3, -1],
    [-1, 3],
  ] as [number, number][])
    for (const noise of [
      [1, 1],
      [1, 0.2],
    ] as [number, number][]) {
      const accepted = await share(gains, noise);
      t.diagnostic(`gains ${gains.join(" and ")}, noise ${noise.join(" and ")}: ${accepted} accepted`);
      assert.ok(accepted <= most);
    }
  for (const gains of [
    [2, 0],
    [0, 2],
    [2, 2],
  ] as [number, number][]) {
    const accepted = await share(gains, [1, 1]);
    t.diagnostic(`gains ${gains.join(" and ")}: ${accepted} accepted`);
    assert.ok(accepted >= 0.8);
  }
  // A noisy score and one that counts exactly, where neither may lose anything: ties of the exact one are no hindrance.
  const exactOther = await share([2, 0], [1, 0]);
  assert.ok(exactOther >= 0.8, String(exactOther));
});

test("a simpler challenger needs no gain, only to be no worse", async () => {
  const fixed = (before: number, after: number) => (who: string) => (who === "incumbent" ? before : after);
  for (const [before, after, expected] of [
    [1, 1, "better"],
    [1, 2, "better"],
    [1, 0.9, "not-better"],
  ] as const) {
    const { decision, pairs } = await decide(fixed(before, after), { simpler: true });
    assert.deepEqual([decision, pairs.length], [expected, 2]);
  }
});
