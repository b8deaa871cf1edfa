import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  applyEdits,
  Archive,
  Rng,
  Target,
  unjudged,
  UsageError,
  type Candidate,
  type Experience,
  type ProposeContext,
  type Verdict,
} from "@pawl/core";
import { Gaussian } from "./gaussian.ts";
import { Hopping } from "./hopping.ts";
import { findNumbers, numberEdits } from "./number-spans.ts";
import { NumericProposer } from "./numeric-proposer.ts";
import { OptimiserStrategy, type VectorOptimiser } from "./optimiser-strategy.ts";
import { packing } from "./packing-problem.fixture.ts";

test("JSON: every number and no other text, whatever the layout; edits keep shape, keys and strings", () => {
  const number = fc.double({ min: -1e9, max: 1e9, noNaN: true });
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      number,
      fc.string(),
      fc.constantFrom(null, true),
      fc.array(tie("tree"), { maxLength: 4 }),
      fc.dictionary(fc.string(), tie("tree"), { maxKeys: 3 }),
    ),
  }));
  fc.assert(
    fc.property(tree, fc.constantFrom(0, 2), (value, indent) => {
      const text = JSON.stringify([0.5, value], null, indent);
      const spans = findNumbers("x.json", text);
      const expected: number[] = [];
      JSON.parse(text, (_key, inner: unknown) => (typeof inner === "number" ? expected.push(inner) : 0, inner));
      assert.deepEqual(spans.map((span) => span.value).toSorted(), expected.map((each) => each + 0).toSorted());
      const after = applyEdits(
        text,
        numberEdits(
          spans,
          spans.map((span) => span.value * 2 + 1),
        ),
      );
      assert.deepEqual(
        JSON.parse(after as string),
        JSON.parse(text, (_key, inner: unknown) => (typeof inner === "number" ? inner * 2 + 1 : inner)),
      );
    }),
    { seed: 1 },
  );
});

test("code: literals of the marked region, signs, whole numbers, and negative values that stay an expression", () => {
  const text = `const a1 = 9; // 5
// pawl:numbers-start (7 here is no literal)
const w = [0.5, -2, 1e3]; // not 8
const s = "3" + x-0.25 + f(4, .5) - 6;
/* 11 */ const h = 0x1F + 10n;
// pawl:numbers-end
const z = 12;`;
  const spans = findNumbers("a.js", text);
  assert.deepEqual(
    spans.map((span) => [text.slice(span.start, span.end), span.whole]),
    [
      ["0.5", false],
      ["-2", true],
      ["1e3", false],
      ["0.25", false],
      ["4", true],
      [".5", false],
      ["6", true],
    ],
  );
  const after = applyEdits(text, numberEdits(spans, [-0.5, 3.6, 1, -1.5, -4, -0.5, -6]));
  assert.match(after ?? "", /\[-0\.5, 4, 1\];/);
  assert.match(after ?? "", /x-\(-1\.5\) \+ f\(-4, -0\.5\) - \(-6\);/);
  const python = "# pawl:numbers-start\nRATE = 10 // 4 # 3\n# pawl:numbers-end\n";
  assert.deepEqual(
    findNumbers("a.py", python).map((span) => span.value),
    [10, 4],
  );
});

test("nothing to change is an error a person can act on", () => {
  assert.throws(() => findNumbers("a.json", '{"a":"1"}'), UsageError);
  assert.throws(() => findNumbers("a.js", "const a = 1;"), UsageError);
  assert.throws(() => findNumbers("a.js", "\n// pawl:numbers-start\nconst a = 1;"), /a\.js:2/);
});

test("whole numbers stay whole in JSON that holds no others", () => {
  const spans = findNumbers("a.json", "[1, 20]");
  assert.deepEqual(numberEdits(spans, [1.4, -3.6]), [{ start: 4, end: 6, text: "-4" }]);
  assert.deepEqual(
    numberEdits(findNumbers("a.json", "[1, 0.5]"), [1.5, 0.5]).map((edit) => edit.text),
    ["1.5"],
  );
  assert.throws(() => numberEdits(spans, [Number.NaN, 1]), RangeError);
});

test("gaussian steps climb, with the parent's text as the only state", async () => {
  const fitness = ([a, b, c]: readonly number[]): number =>
    -(((a as number) - 3) ** 2) - ((b as number) + 1) ** 2 - (c as number) ** 2;
  const base = '{"a": 1.5, "rest": [10, 0]}';
  const run = await climb(base, new NumericProposer({ path: "p.json", base, strategy: new Gaussian() }), fitness, 400);
  assert.ok(run.fitness > -0.01, `${run.fitness}`);
  assert.match(run.text, /^\{"a": \S+, "rest": \[\S+, \S+\]\}$/);
});

test("an optimiser is told what each of its points is worth, at once where that is known already", async () => {
  const told: [x: number, fitness: number | null][] = [];
  const points = [0, 0.001, 2, 2.001, -1];
  const optimiser: VectorOptimiser = {
    ask: () => [points.shift() ?? 9],
    tell: ([x], fitness) => told.push([x as number, fitness]),
  };
  const base = "[4]";
  const spans = findNumbers("p.json", base);
  const written = (values: readonly number[]): number[] => spans.map((_, i) => Math.round(values[i] as number));
  const strategy = new OptimiserStrategy({ id: "cma-es", initial: [4], written, optimiser: () => optimiser });
  await climb(base, new NumericProposer({ path: "p.json", base, strategy }), ([x]) => x as number, 2);
  // Steps are measured in units of the number, 4. The first two points round to the base; the third and fourth are equal.
  assert.deepEqual(told, [
    [0, 4],
    [0.001, 4],
    [2, 12],
    [2.001, 12],
    [-1, 0],
  ]);
});

test("basin hopping: every suggestion is a local optimum, and the second beats the first", async () => {
  const problem = packing(5);
  const base = JSON.stringify(Array.from({ length: 5 }, (_, i) => [0.1 + 0.15 * i, 0.2 + 0.01 * i, 0.01]));
  const proposer = new NumericProposer({ path: "p.json", base, strategy: new Hopping(problem, Rng.of("hopping")) });
  const run = await climb(base, proposer, (x) => problem.objective(x), 6);
  assert.ok(run.fitness > 1.08, `${run.fitness}`);
  const wrong = new NumericProposer({
    path: "p.json",
    base: "[0.5]",
    strategy: new Hopping(problem, Rng.of("hopping")),
  });
  await assert.rejects(
    climb("[0.5]", wrong, () => 0, 1),
    UsageError,
  );
});

const verdict: Verdict = { status: "passed", scores: {}, feedback: [], cost: { wallMs: 0, cpuMs: 0 }, evidence: [] };

/** Hill climbing over real candidates: the engine's loop without its sandbox. */
async function climb(
  base: string,
  proposer: NumericProposer,
  fitnessOf: (values: readonly number[]) => number,
  evaluations: number,
): Promise<{ text: string; fitness: number }> {
  const target = new Target({ "p.json": base }, "tree");
  const candidates = new Map<string, Candidate>([[target.baseId, target.base]]);
  const judge = (text: string): number => fitnessOf(findNumbers("p.json", text).map((span) => span.value));
  let best = { id: target.baseId, text: base, fitness: judge(base) };
  const archive = new Archive({ ...unjudged(target.base), fitness: best.fitness });
  for (let round = 0; round < evaluations; round++) {
    const request = { parent: best.id, edits: 1, temperature: 1 };
    const context: ProposeContext = {
      archive,
      read: (id, path) => target.textOf(candidates.get(id) as Candidate, path),
      editable: ["p.json"],
      refuses: () => null,
      rng: Rng.of("climb", round),
      signal: new AbortController().signal,
      n: round,
      ask: () => Promise.reject(new Error("nobody is asked")),
      reserve: () => Promise.reject(new Error("nobody is asked")),
      note: () => {},
    };
    for await (const proposal of proposer.propose(request, context)) {
      const derived = target.derive(candidates.get(best.id) as Candidate, proposal.edits, proposal.origin);
      if ("rejected" in derived || candidates.has(derived.candidate.id)) continue;
      candidates.set(derived.candidate.id, derived.candidate);
      const text = derived.files["p.json"] as string;
      const fitness = judge(text);
      const experience: Experience = {
        candidate: derived.candidate,
        request,
        verdict,
        fitness,
        confirmed: false,
        n: round,
        parentFitness: best.fitness,
        spent: { answers: 0, tokens: 0, dollars: 0, unpriced: 0 },
      };
      proposer.learn(experience);
      if (fitness > best.fitness) best = { id: derived.candidate.id, text, fitness };
      break;
    }
  }
  return best;
}
