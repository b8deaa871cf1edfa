import { test } from "node:test";
import assert from "node:assert/strict";
import { readFrontMatter } from "../lib/extras/front-matter.js";

test("front matter", () => {
  const { data, body } = readFrontMatter('---\ntitle: "A: b"\ntags: [x, 2]\ndraft: true\n---\nbody');
  assert.deepEqual(data, { title: "A: b", tags: ["x", 2], draft: true });
  assert.equal(body, "body");
});

test("no front matter", () => {
  assert.deepEqual(readFrontMatter("text"), { data: {}, body: "text" });
});
