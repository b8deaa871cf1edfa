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

test("what is counted is given in whole numbers; time and money are not counted", () => {
  for (const bad of ["0.5", "1.5", "60s,2.5", "1.5tok", "15e0,0.1tok"])
    assert.throws(() => parseBudget(bad), { name: "UsageError", message: /no whole number/ }, bad);
  assert.throws(() => parseBudget("0.5"), { todo: /`0\.5m`/ });
  assert.deepEqual(parseBudget("0.5m,0.25usd,1.5e6tok,2.0"), {
    seconds: 30,
    dollars: 0.25,
    tokens: 1_500_000,
    evaluations: 2,
  });
});

test("a part of an evaluation is none: the budget says so before one is reserved", () => {
  for (const [limit, whole] of [
    [0.5, 0],
    [1.5, 1],
    [2, 2],
  ] as const) {
    const budget = new Budget({ evaluations: limit });
    for (let n = 0; n < whole; n++) {
      assert.equal(budget.exhausted(), null);
      assert.ok(budget.reserve({ evaluations: 1 }) !== null);
    }
    assert.equal(budget.exhausted(), "evaluations");
    assert.equal(budget.reserve({ evaluations: 1 }), null);
  }
});
