import { test } from "node:test";
import assert from "node:assert/strict";
import { slugify } from "../lib/util/slug.js";

test("slugs", () => {
  assert.equal(slugify("  Crème brûlée & more! "), "creme-brulee-more");
});
