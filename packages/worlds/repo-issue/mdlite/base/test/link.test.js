import { test } from "node:test";
import assert from "node:assert/strict";
import { readLink } from "../lib/inline/link.js";

test("link", () => {
  assert.deepEqual(readLink('[a](b "c")', 0), { label: "a", url: "b", title: "c", end: 10 });
  assert.equal(readLink("[a] (b)", 0), null);
});
