import assert from "node:assert/strict";
import { test } from "node:test";
import { sameValue } from "./equality.ts";
import { caseIds, type WireValue } from "./wire.ts";

const KINDS: readonly WireValue[] = [
  null,
  true,
  false,
  0,
  1,
  "",
  "1",
  [],
  [1],
  {},
  { a: 1 },
  { $: "undefined" },
  { $: "NaN" },
  { $: "-0" },
  { $: "bigint", v: "1" },
  { $: "tuple", v: [1] },
  { $: "set", v: [1] },
  { $: "Set", v: [1] },
  { $: "Map", v: [] },
  { $: "Date", v: "2020-01-01T00:00:00.000Z" },
];

test("a value equals itself and no value of another kind", () => {
  for (const [i, a] of KINDS.entries()) {
    for (const [j, b] of KINDS.entries())
      assert.equal(sameValue(a, structuredClone(b)), i === j, `${JSON.stringify(a)} ${JSON.stringify(b)}`);
  }
  assert.equal(sameValue(undefined, null), false);
});

test("order counts in lists and tuples only", () => {
  assert.equal(sameValue([1, 2], [2, 1]), false);
  assert.equal(sameValue({ $: "tuple", v: [1, 2] }, { $: "tuple", v: [2, 1] }), false);
  assert.equal(sameValue({ a: 1, b: 2 }, { b: 2, a: 1 }), true);
  assert.equal(sameValue({ $: "Set", v: [1, 2] }, { $: "Set", v: [2, 1] }), true);
  assert.equal(sameValue({ $: "set", v: [1, 1] }, { $: "set", v: [1, 2] }), false);
  assert.equal(
    sameValue(
      {
        $: "dict",
        v: [
          [1, "a"],
          [2, "b"],
        ],
      },
      {
        $: "dict",
        v: [
          [2, "b"],
          [1, "a"],
        ],
      },
    ),
    true,
  );
});

test("tolerance is for numbers, at any depth", () => {
  assert.equal(sameValue([{ x: 1 }], [{ x: 1.0005 }], 1e-3), true);
  assert.equal(sameValue([{ x: 1 }], [{ x: 1.002 }], 1e-3), false);
  assert.equal(sameValue("1", "1.0005", 1), false);
  assert.equal(sameValue({ $: "NaN" }, 1, 10), false);
});

test("keys of every object are own keys", () => {
  assert.equal(sameValue({ toString: 1 }, { other: 1 }), false);
  assert.equal(sameValue({}, JSON.parse('{"__proto__":1}') as WireValue), false);
});

test("ids of cases are unique", () => {
  const cases = [
    { name: "n", call: "f", args: [] },
    { call: "f", args: [1, "a"] },
    { call: "f", args: [1, "a"] },
    { name: "n", call: "g", args: [] },
  ];
  assert.deepEqual(caseIds(cases), ["n", 'f(1, "a")', 'f(1, "a") #2', "n #2"]);
});
