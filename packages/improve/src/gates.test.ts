import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Archive,
  judgedBase,
  Rng,
  Target,
  type Check,
  type Evaluated,
  type Submission,
  type Verdict,
} from "@pawl/core";
import { scoreGate } from "./gates.ts";

const CANDIDATES = 30;

interface Outcome {
  /** Candidates that were kept, by number. */
  readonly kept: readonly number[];
  readonly measurements: number;
}

/** One run over candidates whose true gains over the start are given: each is screened once and, if promising, put to the test. */
async function run(seed: number, noise: (rng: Rng) => number, gains: readonly number[]): Promise<Outcome> {
  const target = new Target({ "x.txt": "0" }, "tree");
  let measurements = 0;
  const measured = ({ files }: Submission): Verdict => {
    const gain = gains[Number(files["x.txt"] ?? "0") - 1] ?? 0;
    const score = gain + noise(Rng.of("noise", seed, measurements++));
    return { status: "passed", scores: { score: [score] }, feedback: [], cost: { wallMs: 0, cpuMs: 0 }, evidence: [] };
  };
  const check: Check = {
    id: "noisy",
    deterministic: false,
    screen: async (submission) => measured(submission),
    confirm: async (submission) => measured(submission),
    close: async () => {},
  };
  const gate = scoreGate(check, {
    target,
    objective: "score",
    sign: 1,
    alpha: 0.05,
    minGain: 0,
    maxPairs: 40,
    goal: null,
  });
  const start = { candidate: target.base, files: {} };
  const scores = [1, 2, 3].map(() => measured(start).scores["score"]?.[0] as number);
  const archive = new Archive(judgedBase(target, { ...measured(start), scores: { score: scores } }, gate));
  const kept: number[] = [];
  for (const number of gains.keys()) {
    const edits = { "x.txt": [{ start: 0, end: 1, text: String(number + 1) }] };
    const derived = target.derive(target.base, edits, { proposer: "test", summary: "" });
    assert.ok(!("rejected" in derived));
    const verdict = measured(derived);
    const request = { parent: target.baseId, edits: 1, temperature: 0 };
    const { candidate } = derived;
    let result: Evaluated = { candidate, request, verdict, fitness: gate.fitness(verdict), confirmed: false };
    archive.add(result);
    if (!gate.promising(result, archive)) continue;
    const confirmation = await gate.confirm(derived, archive, new AbortController().signal);
    result = { ...result, verdict: confirmation.verdict, fitness: gate.fitness(confirmation.verdict), confirmed: true };
    archive.add(result);
    if (!confirmation.kept) continue;
    archive.keep(candidate.id);
    kept.push(number + 1);
  }
  return { kept, measurements };
}

test("changes that change nothing are kept in at most 5 % of runs, whatever the noise", async (t) => {
  const noises: Record<string, (rng: Rng) => number> = {
    normal: (rng) => rng.normal(),
    "heads or tails": (rng) => rng.int(2),
    "one in five": (rng) => (rng.int(5) === 0 ? 1 : 0),
    "four in five": (rng) => (rng.int(5) === 0 ? 0 : 1),
    "three levels": (rng) => rng.int(3),
    "rare and large": (rng) => (rng.int(50) === 0 ? 100 : 0),
    none: () => 0,
  };
  const runs = 300;
  const tolerance = 3 * Math.sqrt((0.05 * 0.95) / runs);
  for (const [name, noise] of Object.entries(noises)) {
    let wrong = 0;
    let measurements = 0;
    for (let seed = 0; seed < runs; seed++) {
      const outcome = await run(seed, noise, Array(CANDIDATES).fill(0));
      if (outcome.kept.length > 0) wrong++;
      measurements += outcome.measurements;
    }
    t.diagnostic(
      `${name}: ${wrong} of ${runs} runs kept one of ${CANDIDATES} null changes; ${measurements / runs} measurements each`,
    );
    assert.ok(wrong / runs <= 0.05 + tolerance, `${name}: ${wrong}`);
  }
});

test("gains are kept: exactly repeating ones at the price of two pairs, noisy ones of two deviations nearly always", async (t) => {
  const gains = Array.from({ length: CANDIDATES }, (_, i) => (i === 20 ? 2 : 0));
  const exact = await run(0, () => 0, gains);
  assert.deepEqual(exact, { kept: [21], measurements: 3 + 1 + CANDIDATES + 4 });
  let found = 0;
  for (let seed = 0; seed < 100; seed++) if ((await run(seed, (rng) => rng.normal(), gains)).kept.includes(21)) found++;
  t.diagnostic(`a gain of two standard deviations among ${CANDIDATES} candidates was kept in ${found} of 100 runs`);
  assert.ok(found >= 75);
});

test("an equal score from a smaller patch is kept where scores repeat exactly, and is no gain", async () => {
  const start = "first\nsecond\nthird\n";
  const target = new Target({ "x.txt": start }, "tree");
  const scores: Record<string, number> = { [start]: 0, "FIRST\nSECOND\nthird\n": 1, "FIRST\nsecond\nthird\n": 1 };
  const measured = ({ files }: Submission): Verdict => ({
    status: "passed",
    scores: { score: [scores[files["x.txt"] ?? start] as number] },
    feedback: [],
    cost: { wallMs: 0, cpuMs: 0 },
    evidence: [],
  });
  const judge = async (submission: Submission): Promise<Verdict> => measured(submission);
  const check: Check = { id: "exact", deterministic: true, screen: judge, confirm: judge, close: async () => {} };
  const options = { objective: "score", sign: 1, alpha: 0.05, minGain: 0, maxPairs: 40, goal: null } as const;
  const offer = async (order: readonly string[], noisy: boolean): Promise<string[]> => {
    const gate = scoreGate(check, { ...options, target });
    const base = measured({ candidate: target.base, files: {} });
    const archive = new Archive(judgedBase(target, noisy ? { ...base, scores: { score: [0, 0.1] } } : base, gate));
    const kept: string[] = [];
    for (const text of order) {
      const edits = { "x.txt": [{ start: 0, end: start.length, text }] };
      const derived = target.derive(target.base, edits, { proposer: "test", summary: "" });
      assert.ok(!("rejected" in derived));
      const request = { parent: target.baseId, edits: 1, temperature: 0 };
      const { candidate } = derived;
      const verdict = measured(derived);
      const result = { candidate, request, verdict, fitness: gate.fitness(verdict), confirmed: false };
      archive.add(result);
      if (!gate.promising(result, archive)) continue;
      const confirmation = await gate.confirm(derived, archive, new AbortController().signal);
      archive.add({ ...result, verdict: confirmation.verdict, confirmed: true });
      if (!confirmation.kept) continue;
      archive.keep(candidate.id);
      kept.push(confirmation.reason);
    }
    return kept;
  };
  const [large, small] = ["FIRST\nSECOND\nthird\n", "FIRST\nsecond\nthird\n"];
  assert.deepEqual(await offer([large, small], false), [
    "better after 2 fresh pairs without noise",
    "simpler, and no worse, after 2 fresh pairs without noise",
  ]);
  assert.equal((await offer([small, large], false)).length, 1);
  assert.equal((await offer([large, small], true)).length, 1);
});
