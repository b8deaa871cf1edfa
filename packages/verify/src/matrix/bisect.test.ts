import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { bisect } from "./bisect.ts";

/** `+` passes, `-` fails, `?` has no answer; the places that were asked, in order. */
async function search(row: string) {
  const asked: number[] = [];
  const found = await bisect(row.length, async (place) => {
    asked.push(place);
    return row[place] === "?" ? null : row[place] === "+";
  });
  return { ...found, asked };
}

test("the flip is found between neighbours, by few questions, none of them twice", async () => {
  const shape = fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 }), fc.boolean());
  await fc.assert(
    fc.asyncProperty(shape, async ([before, after, passesFirst]) => {
      const row = passesFirst ? "+".repeat(before) + "-".repeat(after) : "-".repeat(before) + "+".repeat(after);
      const { between, ends, asked } = await search(row);
      assert.deepEqual(between, [before - 1, before]);
      assert.deepEqual(ends, [passesFirst, !passesFirst]);
      assert.equal(new Set(asked).size, asked.length);
      assert.ok(asked.length <= 3 + Math.log2(row.length), `${asked.length} of ${row.length}`);
    }),
  );
});

test("whatever the row: what is said was asked, the two differ, and none between them has an answer", async () => {
  const rows = fc.array(fc.constantFrom("+", "-", "?"), { maxLength: 40 }).map((cells) => cells.join(""));
  await fc.assert(
    fc.asyncProperty(rows, async (row) => {
      const { between, ends, asked } = await search(row);
      assert.equal(new Set(asked).size, asked.length);
      const answered = row.replaceAll("?", "");
      assert.deepEqual(ends, answered === "" ? null : [answered[0] === "+", answered.at(-1) === "+"]);
      if (ends === null || ends[0] === ends[1]) return assert.equal(between, null);
      const [low, high] = between ?? assert.fail("no flip");
      assert.deepEqual([row[low] === "+", row[high] === "+"], ends);
      assert.match(row.slice(low + 1, high), /^\?*$/);
      for (const place of [low, high]) assert.ok(asked.includes(place));
    }),
  );
});

test("a middle without an answer is left for its neighbours", async () => {
  assert.deepEqual((await search("+??-?--")).between, [0, 3]);
  assert.deepEqual((await search("?++--?")).between, [2, 3]);
  assert.deepEqual((await search("??")).ends, null);
  assert.deepEqual((await search("?+?")).between, null);
});
