import { test } from "node:test";
import assert from "node:assert/strict";
import { Engine } from "../lib/engine.js";

const render = (source, data) => new Engine().renderText(source, data);

test("hidden: not with empty and filled lists", () => {
  assert.equal(render("{{ not list }}", { list: [] }), "true");
  assert.equal(render("{% if not list %}a{% else %}b{% endif %}", { list: [] }), "a");
});

test("hidden: and, or with empty lists", () => {
  assert.equal(render("{{ (list or 'none') }}", { list: [] }), "none");
  assert.equal(render("{{ list and 'some' }}", { list: [] }), "");
});

test("hidden: filters that leave nothing", () => {
  assert.equal(render("{% if list | where: 'ok' %}a{% else %}b{% endif %}", { list: [{ ok: false }] }), "b");
});
