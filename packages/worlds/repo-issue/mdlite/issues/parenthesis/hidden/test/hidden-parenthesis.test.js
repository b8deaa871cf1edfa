import { test } from "node:test";
import assert from "node:assert/strict";
import { renderInline } from "../lib/inline/inline.js";
import { matching, readLink } from "../lib/inline/link.js";

test("hidden: nested brackets", () => {
  assert.equal(matching("(a(b)(c(d)))", 0, "(", ")"), 11);
  assert.equal(matching("((a)", 0, "(", ")"), -1);
});

test("hidden: an image in a link", () => {
  assert.equal(renderInline("[![logo](l.png)](/home)"), '<a href="/home"><img src="l.png" alt="logo"></a>');
});

test("hidden: brackets in labels", () => {
  assert.equal(readLink("[a [b] c](u)", 0).label, "a [b] c");
});
