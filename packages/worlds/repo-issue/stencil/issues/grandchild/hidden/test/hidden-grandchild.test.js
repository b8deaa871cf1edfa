import { test } from "node:test";
import assert from "node:assert/strict";
import { Engine } from "../lib/engine.js";

const layouts = {
  base: "{% block a %}a0{% endblock %}-{% block b %}b0{% endblock %}-{% block c %}c0{% endblock %}",
  one: '{% extends "base" %}{% block a %}a1{% endblock %}{% block b %}b1{% endblock %}',
  two: '{% extends "one" %}{% block a %}a2{% endblock %}{% block c %}c2{% endblock %}',
  three: '{% extends "two" %}{% block c %}c3{% endblock %}',
};

test("hidden: the nearest block wins", () => {
  assert.equal(new Engine({ templates: layouts }).render("two"), "a2-b1-c2");
});

test("hidden: three levels", () => {
  assert.equal(new Engine({ templates: layouts }).render("three"), "a2-b1-c3");
});
