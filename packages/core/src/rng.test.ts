import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng, philox } from "./rng.ts";

test("philox gives the published known answers", () => {
  // Known-answer vectors of the Random123 distribution (philox4x32, 10 rounds).
  const out = new Uint32Array(4);
  philox(out, 0, 0, 0, 0, 0, 0);
  assert.deepEqual([...out], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
  const ones = 0xffffffff;
  philox(out, ones, ones, ones, ones, ones, ones);
  assert.deepEqual([...out], [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]);
  philox(out, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0);
  assert.deepEqual([...out], [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]);
});

test("a stream depends on its keys alone", () => {
  const a = Rng.of(7, "search", 3);
  a.uniform();
  const b = Rng.of(7, "search");
  b.normal();
  assert.equal(b.child(3).uint32(), Rng.of(7, "search", 3).uint32());
  assert.notEqual(Rng.of(7, "a", "b").uint32(), Rng.of(7, "a/b").uint32());
  assert.notEqual(Rng.of(7, 1).uint32(), Rng.of(7, "1").uint32());
});

test("uniform, int, normal and weighted have the right distribution", () => {
  const rng = Rng.of(1);
  const n = 40_000;
  let sum = 0;
  let square = 0;
  const buckets = Array.from({ length: 7 }, () => 0);
  const chosen = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const z = rng.normal();
    sum += z;
    square += z * z;
    buckets[rng.int(7)]! += 1;
    chosen[rng.weighted([1, 0, 3])]! += 1;
  }
  assert.ok(Math.abs(sum / n) < 0.02);
  assert.ok(Math.abs(square / n - 1) < 0.03);
  const chiSquare = buckets.reduce((total, count) => total + (count - n / 7) ** 2 / (n / 7), 0);
  assert.ok(chiSquare < 22.5, `chi-square ${chiSquare} with 6 degrees of freedom`); // p = 0.001
  assert.equal(chosen[1], 0);
  assert.ok(Math.abs(chosen[0]! / n - 0.25) < 0.01);
});

test("bad arguments are errors, not silence", () => {
  assert.throws(() => Rng.of(1).int(0), RangeError);
  assert.throws(() => Rng.of(1).weighted([0, 0]), RangeError);
});
