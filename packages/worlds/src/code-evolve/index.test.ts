import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { EVOLVE_PROBLEMS } from "./index.ts";
import { runScore } from "./run-score.ts";

test("every problem has its files, a start that scores, and nothing unlisted in its folder", () => {
  assert.equal(new Set(EVOLVE_PROBLEMS.map(({ id }) => id)).size, EVOLVE_PROBLEMS.length);
  for (const problem of EVOLVE_PROBLEMS) {
    const listed = [...problem.files, ...(problem.heldOut?.files ?? [])];
    assert.deepEqual(readdirSync(problem.directory).toSorted(), listed.toSorted(), problem.id);
    for (const file of problem.editable) assert.ok(problem.files.includes(file));
    if (problem.constraints !== undefined) assert.ok(problem.files.includes(problem.constraints));
    const { result, stderr } = runScore(problem);
    assert.ok(Number.isFinite(result?.score), `${problem.id}: ${stderr}`);
    if (problem.bestKnown !== undefined) assert.ok((result?.score ?? 0) < problem.bestKnown);
  }
});
