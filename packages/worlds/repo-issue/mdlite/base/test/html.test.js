import { test } from "node:test";
import assert from "node:assert/strict";
import { renderBlocks } from "../lib/render/html.js";

test("html of lists", () => {
  const item = [{ type: "paragraph", text: "a" }];
  const list = { type: "list", ordered: true, start: 3, loose: false, items: [item] };
  assert.equal(renderBlocks([list]), '<ol start="3">\n<li>a</li>\n</ol>');
});

test("html of headings that are shifted", () => {
  assert.equal(renderBlocks([{ type: "heading", level: 6, text: "a" }], { shift: 1 }), "<h6>a</h6>");
});
