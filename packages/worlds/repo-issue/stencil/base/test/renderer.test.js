import { test } from "node:test";
import assert from "node:assert/strict";
import { Engine } from "../lib/engine.js";

const render = (source, data) => new Engine().renderText(source, data);

test("renderer loops with an else", () => {
  const source = "{% for k, v in map %}{{ k }}={{ v }} {% else %}none{% endfor %}";
  assert.equal(render(source, { map: { a: 1, b: 2 } }), "a=1 b=2 ");
  assert.equal(render(source, {}), "none");
});

test("renderer refuses endless includes", () => {
  assert.throws(() => new Engine({ templates: { a: '{% include "a" %}' } }).render("a"), /includes itself/);
});
