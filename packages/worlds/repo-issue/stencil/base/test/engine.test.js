import { test } from "node:test";
import assert from "node:assert/strict";
import { Engine } from "../lib/engine.js";

const render = (source, data) => new Engine().renderText(source, data);

test("engine renders and escapes", () => {
  assert.equal(render("Hi {{ user.name }}!", { user: { name: "<Ann>" } }), "Hi &lt;Ann&gt;!");
  assert.equal(render("{{ html | safe }}", { html: "<b>" }), "<b>");
});

test("engine inherits blocks", () => {
  const engine = new Engine({
    templates: {
      base: "<{% block title %}base{% endblock %}|{% block body %}{% endblock %}>",
      page: '{% extends "base" %}{% block title %}page{% endblock %}{% block body %}text{% endblock %}',
      sub: '{% extends "page" %}{% block title %}sub{% endblock %}',
    },
  });
  assert.equal(engine.render("page"), "<page|text>");
  assert.equal(engine.render("sub"), "<sub|text>");
});

test("engine includes with its own variables", () => {
  const engine = new Engine({ templates: { part: "{% set x = 2 %}{{ x }}", main: '{{ x }}{% include "part" %}{{ x }}' } });
  assert.equal(engine.render("main", { x: 1 }), "121");
});

test("engine takes a template that was changed", () => {
  const engine = new Engine({ templates: { a: "1" } });
  engine.render("a");
  engine.define("a", "2");
  assert.equal(engine.render("a"), "2");
});

test("engine shows a table of prices", () => {
  const source = "{%- for row in items | batch: 2, '' -%}[{% for cell in row %}{{ cell }};{% endfor %}]{%- endfor -%}";
  assert.equal(render(source, { items: ["a", "b", "c"] }), "[a;b;][c;;]");
});

test("engine knows precedence in conditions", () => {
  const source = "{% if not vip and total > 10 * 2 or forced %}yes{% else %}no{% endif %}";
  assert.equal(render(source, { total: 30 }), "yes");
  assert.equal(render(source, { total: 30, vip: true }), "no");
  assert.equal(render(source, { total: 0, forced: true }), "yes");
  assert.equal(render("{{ 10 - 4 - 3 }}", {}), "3");
});

test("engine says nothing about empty carts", () => {
  const source = "{% if cart %}{{ cart | count }} in cart{% else %}empty{% endif %}";
  assert.equal(render(source, { cart: [] }), "empty");
  assert.equal(render(source, { cart: {} }), "empty");
  assert.equal(render(source, { cart: ["x"] }), "1 in cart");
});

test("engine counts in nested loops", () => {
  const source = "{% for a in rows %}{% for b in a %}{{ loop.parent.index }}.{{ loop.index }}{% if not loop.last %},{% endif %}{% endfor %};{% endfor %}";
  assert.equal(render(source, { rows: [[1, 2], [3]] }), "1.1,1.2;2.1;");
});

test("engine reports the line", () => {
  assert.throws(() => render("a\nb {# c\nd #}\n{{ x | nope }}", {}), /text:4: unknown filter/);
});
