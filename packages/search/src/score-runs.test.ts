import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Budget,
  Journal,
  judgedBase,
  runLoop,
  Target,
  type Check,
  type Gate,
  type LoopResult,
  type Proposer,
  type Search,
  type Verdict,
} from "@pawl/core";
import { Linear } from "./linear.ts";
import { createSearch, searchIds } from "./registry.ts";
import { Turns } from "./turns.ts";

/** Every edit gains one, and no two are the same. */
const rising: Proposer = {
  id: "rising",
  async *propose({ parent }, { n, read }) {
    const text = read(parent, "n.txt");
    const higher = String(Number(text) + 1 + n * 1e-6);
    yield {
      edits: { "n.txt": [{ start: 0, end: text.length, text: higher }] },
      origin: { proposer: "x", summary: "" },
    };
  },
};

const gate: Gate = {
  fitness: ({ scores }) => scores["score"]?.[0] ?? null,
  promising: () => false,
  confirm: async () => assert.fail("nothing is confirmed"),
  satisfied: () => null,
};

/** A run of thirty evaluations; `judge` makes a verdict of the file's number. */
async function run(search: Search, judge: (value: number) => Partial<Verdict>): Promise<LoopResult> {
  const verdictOf = (text = "0"): Verdict => ({
    status: "passed",
    scores: {},
    feedback: [],
    cost: { wallMs: 0, cpuMs: 0 },
    evidence: [],
    ...judge(Number(text)),
  });
  const check: Check = {
    id: "number",
    deterministic: true,
    screen: async ({ files }) => verdictOf(files["n.txt"]),
    confirm: async ({ files }) => verdictOf(files["n.txt"]),
    close: async () => {},
  };
  const target = new Target({ "n.txt": "0" }, "tree");
  return runLoop({
    target,
    check,
    gate,
    search,
    proposer: rising,
    base: judgedBase(target, verdictOf(), gate),
    journal: new Journal([], { append: () => {} }),
    budget: new Budget({ evaluations: 30 }),
    seed: 1,
    window: 1,
    elapsed: () => 0,
    signal: new AbortController().signal,
  });
}

/** As score and speed checks do it: whatever has a score has passed. */
const scored = (value: number): Partial<Verdict> => ({ scores: { score: [value] } });

const parentsIn = ({ archive }: LoopResult): readonly string[] =>
  Array.from({ length: archive.size - 1 }, (_, i) => archive.at(i + 1).request.parent);
const depthOf = ({ archive }: LoopResult): number => archive.lineage(archive.best().candidate.id).length - 1;

for (const [id, depth] of [
  ["linear", 30],
  ["linear-restart", 6],
  ["turns", 10],
] as const) {
  test(`${id}: where there are no tests, a candidate with a score is a step and not the goal`, async () => {
    const loop = await run(createSearch(id), scored);
    assert.deepEqual([loop.screened, depthOf(loop)], [30, depth]);
  });
}

for (const { id } of searchIds()) {
  test(`${id}: a user's own number called passed is no word of tests`, async () => {
    const named = (name: string) => run(createSearch(id), (value) => ({ scores: { score: [value], [name]: [1] } }));
    assert.deepEqual(parentsIn(await named("passed")), parentsIn(await named("other")));
  });
}

const third = (value: number): boolean => Math.floor(value) % 3 === 0;

test("where all tests pass, a line ends; where something else is broken it goes on", async () => {
  const judged = (solved: Partial<Verdict>) => (value: number) =>
    value > 0 && third(value)
      ? { scores: { score: [value], passed: [1] }, ...solved }
      : { status: "failed" as const, scores: { score: [value], passed: [0.5] }, failing: ["t"] };
  const whole = judged({ status: "passed", failing: [] });
  const broken = judged({ status: "failed", failing: ["another"] });
  assert.equal((await run(new Linear(), whole)).screened, 3);
  assert.equal((await run(new Linear(), broken)).screened, 30);
  assert.equal(depthOf(await run(new Turns({ width: 1, turns: 100 }), whole)), 3);
  assert.equal(depthOf(await run(new Turns({ width: 1, turns: 100 }), broken)), 30);
});
