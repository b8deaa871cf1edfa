import { test } from "node:test";
import assert from "node:assert/strict";
import { render } from "../lib/index.js";

test("render a small document", () => {
  const { html, data } = render("---\ntitle: Hi\n---\n# Hello\n\nSome *text*.\n");
  assert.equal(data.title, "Hi");
  assert.equal(html, "<h1>Hello</h1>\n<p>Some <em>text</em>.</p>");
});

test("render steps with code in them", () => {
  const { html } = render("1. Install\n\n   ```sh\n   npm i\n   ```\n\n2. Run");
  assert.equal(
    html,
    '<ol>\n<li><p>Install</p>\n<pre><code class="language-sh">npm i\n</code></pre></li>\n<li><p>Run</p></li>\n</ol>',
  );
});

test("render a link to an encyclopedia", () => {
  const { html } = render("See [Set (math)](https://en.example/Set_(math)).");
  assert.equal(html, '<p>See <a href="https://en.example/Set_(math)">Set (math)</a>.</p>');
});

test("render names with underscores", () => {
  assert.equal(render("call my_read_file_ now").html, "<p>call my_read_file_ now</p>");
  assert.equal(render("**a*b**").html, "<p><strong>a*b</strong></p>");
});

test("render links in the table of contents", () => {
  const { html, toc } = render("# Setup\n\n## Linux\n\n# Usage\n\n## Linux", { ids: true, toc: true });
  assert.match(html, /<h2 id="linux-1">/);
  assert.deepEqual(
    toc.map(({ id, children }) => [id, children.map((child) => child.id)]),
    [
      ["setup", ["linux"]],
      ["usage", ["linux-1"]],
    ],
  );
});
