import { test } from "node:test";
import assert from "node:assert/strict";
import { tableOfContents } from "../lib/extras/toc.js";

test("toc is a tree", () => {
  const heading = (level, text) => ({ type: "heading", level, text });
  assert.deepEqual(tableOfContents([heading(1, "A"), heading(3, "B"), { type: "rule" }]), [
    { text: "A", id: "a", children: [{ text: "B", id: "b", children: [] }] },
  ]);
});
