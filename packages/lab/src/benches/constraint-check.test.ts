import assert from "node:assert/strict";
import { test } from "node:test";
import { Target, type Feedback, type Gate, type Verdict } from "@pawl/core";
import { loadRepairCorpus } from "@pawl/worlds";
import { brokenPrograms } from "./broken-programs.ts";
import { ConstraintCheck, constraintChecks } from "./constraint-check.ts";
import type { TaskParts } from "./repair-setup.ts";

const VISIBLE = [
  { call: "keep", args: [[1, 2, 3]], returns: [2] },
  { call: "keep", args: [[4, 5]], returns: [4] },
] as const;

function verdictOf(...actual: readonly (readonly [case_: string, actual: string])[]): Verdict {
  const feedback = actual.map(([name, got]): Feedback => ({
    kind: "test",
    name,
    message: "returned another value",
    expected: "?",
    actual: got,
  }));
  const status = feedback.length === 0 ? "passed" : "failed";
  return { status, scores: { passed: [0.25] }, feedback, cost: { wallMs: 1, cpuMs: 1 }, evidence: [] };
}

const BUGGY = { "a.js": "export const keep = (xs) => xs;\n" };

function partsOf(base: Verdict, target = new Target(BUGGY, "tree")): TaskParts {
  const task = { id: "t", module: "a.js", buggy: BUGGY, visible: VISIBLE };
  return { task, target, base } as unknown as TaskParts;
}

/** The score by which a base is judged: through the gate. */
function judgedScore(check: ConstraintCheck, base: Verdict): number {
  const seen: number[] = [];
  const fitness = (verdict: Verdict): number => {
    seen.push(verdict.scores["passed"]?.[0] ?? 0);
    return 0;
  };
  check.gate({ fitness } as unknown as Gate).fitness(base);
  return seen[0] as number;
}

test("a wrong result that breaks no constraint looks right, a right one never wrong: which case passes is not seen", () => {
  const check = new ConstraintCheck(partsOf(verdictOf(["keep([1,2,3])", "[1,2,3,3]"])));
  assert.equal(check.told(verdictOf(), "right").status, "passed");
  const plausible = check.told(verdictOf(["keep([1,2,3])", "[3]"]), "plausible");
  assert.deepEqual([plausible.status, plausible.feedback, plausible.failing], ["passed", [], []]);
  const broken = check.told(verdictOf(["keep([1,2,3])", '"no list"']), "broken");
  assert.equal(broken.status, "failed");
  assert.deepEqual(
    check.brokenBy("broken").map(({ kind }) => kind),
    ["kind"],
  );
  assert.ok((broken.scores["passed"]?.[0] ?? 1) < 1);
});

test("the base is held to its constraints, too, and not to its real score", () => {
  const base = verdictOf(["keep([1,2,3])", "[1,2,3,3]"]);
  const score = judgedScore(new ConstraintCheck(partsOf(base)), base);
  assert.ok(score > 0.5 && score < 1, `${score}`);
});

test("of two seeds that meet a task at the same time, each with a verdict of its own on the base, neither sees its real score", () => {
  const target = new Target(BUGGY, "tree");
  const of = constraintChecks();
  const seeds = [1, 2].map(() => partsOf(verdictOf(["keep([1,2,3])", "[1,2,3,3]"]), target));
  const scores = seeds.map((parts) => judgedScore(of(parts), parts.base));
  assert.ok((scores[0] as number) > 0.5 && scores[1] === scores[0], scores.join(", "));
  assert.equal(of(seeds[0] as TaskParts), of(seeds[0] as TaskParts));
});

test("programs broken by text differ from the right ones, each way where it has a place", () => {
  const tasks = loadRepairCorpus({ split: "test" });
  const broken = brokenPrograms(tasks);
  for (const bug of ["A.1", "A.2", "A.3", "B.2"])
    assert.ok(
      broken.some((each) => each.bug === bug),
      bug,
    );
  for (const { id, module, buggy } of broken) {
    const fixed = tasks.find((task) => id.startsWith(`${task.id}-`))?.fixed ?? {};
    assert.notEqual(buggy[module], fixed[module], id);
  }
});
