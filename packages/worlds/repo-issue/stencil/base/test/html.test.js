import { test } from "node:test";
import assert from "node:assert/strict";
import { escape, htmlFilters } from "../lib/filters/html.js";

test("html", () => {
  assert.equal(escape(`<a b="c">'&`), "&lt;a b=&quot;c&quot;&gt;&#39;&amp;");
  assert.equal(escape(undefined), "");
  assert.equal(escape(htmlFilters.nl2br("<\n")), "&lt;<br>\n");
});
