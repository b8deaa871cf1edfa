import assert from "node:assert/strict";
import { test } from "node:test";
import { COMPOUND_OPERATORS, loadCompoundTasks } from "./compound.ts";

test("every compound task has two or three faults of the named operators, at places of their own", () => {
  const tasks = loadCompoundTasks();
  assert.ok(tasks.length >= 60, `${tasks.length} tasks`);
  assert.equal(new Set(tasks.map(({ id }) => id)).size, tasks.length);
  for (const { id, faults, buggy, fixed, visible, hidden } of tasks) {
    assert.ok(faults.length === 2 || faults.length === 3, id);
    assert.ok(visible.length >= 2 && hidden.length >= 10, id);
    assert.notDeepEqual(buggy, fixed, id);
    assert.deepEqual(Object.keys(buggy), Object.keys(fixed), id);
    for (const { operator, path, edits } of faults) {
      assert.ok(COMPOUND_OPERATORS.has(operator), `${id}: ${operator}`);
      assert.ok(
        edits.every(({ end }) => end <= (fixed[path] as string).length),
        id,
      );
    }
  }
});

test("there are tasks of every language, with and without a slope to climb", () => {
  const tasks = loadCompoundTasks();
  for (const language of ["javascript", "typescript", "python"])
    assert.ok(tasks.filter((task) => task.language === language).length >= 10, language);
  assert.ok(tasks.filter(({ graded }) => graded).length >= 20);
  assert.ok(tasks.filter(({ graded }) => !graded).length >= 20);
});
