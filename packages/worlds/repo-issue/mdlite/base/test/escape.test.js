import { test } from "node:test";
import assert from "node:assert/strict";
import { escapeHtml, safeUrl } from "../lib/util/escape.js";

test("escape", () => {
  assert.equal(escapeHtml('<a href="x">&'), "&lt;a href=&quot;x&quot;&gt;&amp;");
});

test("safe urls", () => {
  assert.equal(safeUrl("https://a.example"), "https://a.example");
  assert.equal(safeUrl("../x"), "../x");
  assert.equal(safeUrl("JavaScript:alert(1)"), "#");
});
