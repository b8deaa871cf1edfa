import { test } from "node:test";
import assert from "node:assert/strict";
import { renderInline } from "../lib/inline/inline.js";

test("hidden: underscores at the end of a word", () => {
  assert.equal(renderInline("use a_b_ or _c_"), "use a_b_ or <em>c</em>");
});

test("hidden: two underscores in words", () => {
  assert.equal(renderInline("py__init__ is"), "py__init__ is");
});

test("hidden: letters of other alphabets are words", () => {
  assert.equal(renderInline("größe_neu_"), "größe_neu_");
});
