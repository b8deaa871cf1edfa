import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { closeness, similarity } from "./closeness.ts";
import { sameValue } from "./equality.ts";
import type { WireValue } from "./wire.ts";

const value = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<WireValue>;

test("1 for equal values and only for them, and as near from either side", () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      assert.equal(similarity(a, a), 1);
      const there = similarity(a, b);
      assert.ok(there >= 0 && there <= 1);
      assert.equal(there === 1, sameValue(a, b));
      assert.ok(Math.abs(there - similarity(b, a)) < 1e-9);
    }),
  );
});

const nearer = (wanted: WireValue, near: WireValue, far: WireValue): Promise<void> =>
  test(`${JSON.stringify(near)} is nearer to ${JSON.stringify(wanted)} than ${JSON.stringify(far)}`, () => {
    const [close, distant] = [similarity(wanted, near), similarity(wanted, far)];
    assert.ok(close > distant && close < 1, `${close} and ${distant}`);
  });

nearer(10, 11, 40);
nearer(Number.MAX_VALUE, Number.MAX_VALUE / 2, -Number.MAX_VALUE);
nearer(10, -10, "10");
nearer("overtime", "overtimes", "late");
nearer([1, 2, 3, 4], [2, 3, 4], [4, 3]);
nearer([1, 2, 3], [1, 2, 4], [7, 8, 9]);
nearer({ name: "a", size: 2 }, { name: "a", size: 3 }, { name: "b" });
nearer({ $: "Set", v: [1, 2, 3] }, { $: "Set", v: [1, 2] }, [1, 2, 3]);
nearer(
  [
    ["a", 1],
    ["b", 2],
  ],
  [
    ["a", 1],
    ["b", 3],
  ],
  [["c", 5]],
);
nearer("x".repeat(5000), `${"x".repeat(4999)}y`, "y".repeat(5000));

test("an exception where a value was wanted is as far as can be; another exception is nearer than none", () => {
  const returns = { call: "f", args: [], returns: 4 };
  const throws = { call: "f", args: [], throws: "RangeError" };
  assert.equal(closeness(returns, { throws: "TypeError" }), 0);
  assert.equal(closeness(returns, undefined), 0);
  assert.ok(closeness(throws, { throws: "TypeError" }) > closeness(throws, { returns: 4 }));
  assert.equal(closeness(throws, { throws: "RangeError" }), 1);
  const both = { ...returns, argsAfter: [[1, 2]] };
  assert.ok(closeness(both, { returns: 4, argsAfter: [[1, 3]] }) < 1);
});
