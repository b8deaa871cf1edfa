import assert from "node:assert/strict";
import { test } from "node:test";
import { replacementsIn } from "./names-proposer.ts";

function apply(text: string, path: string, names: readonly (readonly string[])[]): readonly string[] {
  return replacementsIn(path, text, { module: "tool", names }).map(
    ({ use, text: replacement }) => text.slice(0, use.start) + replacement + text.slice(use.end),
  );
}

test("a name that a version lacks becomes one that all have, or either of two", () => {
  const names = [
    ["map", "max", "pluck"],
    ["map", "max", "maxBy", "property"],
  ];
  const head = 'import _ from "tool";\n';
  assert.deepEqual(apply(`${head}_.pluck(a, "b");\n`, "a.js", names), [
    `${head}_.map(a, "b");\n`,
    `${head}_.max(a, "b");\n`,
    `${head}(_.pluck ?? _.maxBy)(a, "b");\n`,
    `${head}(_.pluck ?? _.property)(a, "b");\n`,
  ]);
  // Both have `max`, and do something else by it; a name like it that is new may be what it was.
  assert.deepEqual(apply(`${head}_.max(a, "b");\n`, "a.js", names), [`${head}(_.maxBy ?? _.max)(a, "b");\n`]);
  assert.deepEqual(apply(`${head}my_.pluck(a);\nx._.pluck(a);\n_.map(a);\n`, "a.js", names), []);
});

test("imports one by one can only be renamed", () => {
  const names = [
    ["load", "safeLoad"],
    ["load", "dump"],
  ];
  assert.deepEqual(apply('import { safeLoad, dump as d } from "tool";\n', "a.ts", names), [
    'import { load as safeLoad, dump as d } from "tool";\n',
    'import { safeLoad, load as d } from "tool";\n',
  ]);
  assert.deepEqual(apply("from tool import safeLoad\n", "a.py", names), ["from tool import load as safeLoad\n"]);
});

test("Python asks for a name before it uses it", () => {
  const names = [["product"], ["prod", "cumprod"]];
  assert.deepEqual(apply("import tool as t\nt.product(a)\n", "a.py", names), [
    'import tool as t\n(t.product if hasattr(t, "prod") else t.prod)(a)\n'.replace('"prod"', '"product"'),
    'import tool as t\n(t.product if hasattr(t, "product") else t.cumprod)(a)\n',
  ]);
});
