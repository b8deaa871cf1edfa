import assert from "node:assert/strict";
import { test } from "node:test";
import { Budget, formatBudget, parseBudget } from "./budget.ts";

test("budgets are read in every documented form", () => {
  assert.deepEqual(parseBudget("200"), { evaluations: 200 });
  assert.deepEqual(parseBudget("90s"), { seconds: 90 });
  assert.deepEqual(parseBudget("5m,2usd,1e6tok, 300"), {
    seconds: 300,
    dollars: 2,
    tokens: 1_000_000,
    evaluations: 300,
  });
  assert.equal(formatBudget({ evaluations: 5, seconds: 60 }), "5 evaluations, 60 seconds");
  for (const bad of ["", "x", "-3", "0", "5 apples", "1s,2m", "NaN", "1e999"]) {
    if (bad === "1e999") assert.equal(parseBudget(bad).evaluations, Infinity);
    else assert.throws(() => parseBudget(bad), { name: "UsageError" }, bad);
  }
});

test("what is reserved cannot be reserved again, and nothing is ever overspent", () => {
  const budget = new Budget({ evaluations: 3, dollars: 1 });
  const first = budget.reserve({ evaluations: 2, dollars: 0.4 });
  assert.ok(first !== null);
  assert.equal(budget.reserve({ evaluations: 2 }), null);
  assert.equal(
    budget.reserve({ evaluations: 1, dollars: 0.7 }),
    null,
    "one unit that is short blocks the whole reservation",
  );
  const second = budget.reserve({ evaluations: 1, dollars: 0.1 });
  assert.ok(second !== null);
  assert.equal(budget.exhausted(), "evaluations");
  first.release();
  second.settle({ evaluations: 1, dollars: 0.3 });
  assert.deepEqual(budget.left(), { evaluations: 2, dollars: 0.7 });
  assert.throws(() => first.settle(), /twice/);
});
