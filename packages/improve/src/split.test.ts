import assert from "node:assert/strict";
import { test } from "node:test";
import { splitTests } from "./split.ts";

const names = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

test("every test is in exactly one part, and something failing stays visible", () => {
  for (const [failing, passing] of [
    [1, 0],
    [2, 3],
    [3, 20],
    [10, 100],
  ] as const) {
    const split = splitTests(names("f", failing), names("p", passing), 0.2, 1);
    assert.ok(split.failing.length > 0);
    assert.deepEqual(
      [...split.failing, ...split.passing, ...split.heldOut].sort(),
      [...names("f", failing), ...names("p", passing)].sort(),
    );
  }
});

test("few tests are all visible; a share of 0 keeps nothing back; the seed decides which", () => {
  assert.deepEqual(splitTests(names("f", 2), names("p", 4), 0.5, 1).heldOut, []);
  assert.deepEqual(splitTests(names("f", 9), names("p", 40), 0, 1).heldOut, []);
  assert.equal(splitTests(names("f", 10), names("p", 40), 0.2, 1).heldOut.length, 10);
  assert.deepEqual(
    splitTests(names("f", 10), names("p", 40), 0.2, 1),
    splitTests(names("f", 10), names("p", 40), 0.2, 1),
  );
  assert.notDeepEqual(
    splitTests(names("f", 10), names("p", 40), 0.2, 1).heldOut,
    splitTests(names("f", 10), names("p", 40), 0.2, 2).heldOut,
  );
});
