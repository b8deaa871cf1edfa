import { test } from "node:test";
import assert from "node:assert/strict";
import { renderInline } from "../lib/inline/inline.js";

test("inline marks", () => {
  assert.equal(renderInline("**a** _b_ ~~c~~ `d<`"), "<strong>a</strong> <em>b</em> <del>c</del> <code>d&lt;</code>");
});

test("inline images and escapes", () => {
  assert.equal(renderInline('![x](a.png "T") \\*no\\*'), '<img src="a.png" alt="x" title="T"> *no*');
});
