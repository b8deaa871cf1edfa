import assert from "node:assert/strict";
import { test } from "node:test";
import { CATALOGUE } from "./catalogue.ts";
import { didYouMean, nearest } from "./nearest.ts";

test("names that hold the word or are a few letters away; nothing for what is like none", () => {
  const ids = CATALOGUE.map(({ id }) => id);
  assert.deepEqual(nearest("swe-serch", ids).slice(0, 1), ["swe-search"]);
  assert.ok(nearest("debug", ids).includes("self-debug"));
  assert.deepEqual(nearest("DGM", ids).slice(0, 1), ["dgm"]);
  assert.deepEqual(nearest("zzzzzzzzzz", ids), []);
  assert.equal(didYouMean("zzzzzzzzzz", ids), "");
  assert.ok(ids.every((id) => nearest(id, ids)[0] === id));
});
