import { test } from "node:test";
import assert from "node:assert/strict";
import { Engine } from "../lib/engine.js";
import { loopInfo } from "../lib/render/loop.js";

const render = (source, data) => new Engine().renderText(source, data);

test("hidden: chains of operators", () => {
  assert.equal(render("{{ 100 / 10 / 2 }} {{ 9 - 3 + 2 }} {{ 7 % 4 * 2 }}"), "5 8 6");
});

test("hidden: the last one", () => {
  assert.deepEqual([0, 1, 2].map((index) => loopInfo(index, 3).last), [false, false, true]);
  assert.equal(loopInfo(0, 1).last, true);
});

test("hidden: lists with commas", () => {
  assert.equal(render("{% for x in 3 %}{{ x }}{% if not loop.last %}, {% endif %}{% endfor %}"), "1, 2, 3");
});
