import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@pawl/core";
import { NoveltyFilter } from "./novelty-filter.ts";

const CODE = `export function merge(intervals) {
  const out = [];
  for (const [from, to] of [...intervals].sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
}`;

test("spaces make nothing new, another program does, a changed name is in between", () => {
  const filter = new NoveltyFilter();
  filter.add("code", CODE);
  assert.deepEqual(filter.nearest(CODE.replaceAll("\n", "\n\n  ")), { id: "code", similarity: 1 });
  assert.ok(!filter.isNovel(CODE.replaceAll(" = ", "=")));
  assert.ok(filter.isNovel("def total(values):\n    return sum(value for value in values if value > 0)"));
  const near = filter.nearest(CODE.replace("from <= last[1]", "from < last[1]"));
  assert.ok(near !== null && near.similarity > 0.7 && near.similarity < 1, JSON.stringify(near));
});

test("the estimate is the share of common shingles", () => {
  const words = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, i) => `w${from + i}`).join(" ");
  const filter = new NoveltyFilter({ shingle: 1, bands: 100, rows: 4 });
  filter.add("a", words(0, 100));
  // 80 words in common of 120 in all.
  const { similarity } = filter.nearest(words(20, 120)) ?? { similarity: 0 };
  assert.ok(Math.abs(similarity - 80 / 120) < 0.08, String(similarity));
});

test("a query compares no more signatures with 3000 texts in the filter than there is room for in its buckets", () => {
  const bands = 12;
  const bucket = 8;
  const filter = new NoveltyFilter({ bands, bucket });
  const rng = Rng.of(1, "texts");
  const variant = (): string =>
    CODE.split(" ")
      .map((word) => (rng.uniform() < 0.03 ? `x${rng.int(50)}` : word))
      .join(" ");
  for (let n = 0; n < 3000; n++) filter.add(String(n), variant());
  for (let query = 0; query < 50; query++) {
    const before = filter.compared;
    filter.nearest(variant());
    assert.ok(filter.compared - before <= bands * bucket);
  }
  assert.equal(filter.size, 3000);
});

test("what is known once is found again, whatever came after it, unless its buckets are full of others", () => {
  const filter = new NoveltyFilter();
  filter.add("code", CODE);
  for (let n = 0; n < 500; n++) filter.add(String(n), `function f${n}(a) { return a * ${n} + g${n}(a); }`);
  assert.equal(filter.nearest(CODE)?.id, "code");
});

test("settings that make no sense are refused", () => {
  assert.throws(() => new NoveltyFilter({ threshold: 0 }), RangeError);
  assert.throws(() => new NoveltyFilter({ bands: 1.5 }), RangeError);
});
