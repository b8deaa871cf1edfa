import assert from "node:assert/strict";
import { test } from "node:test";
import type { Node } from "./ast.ts";
import { SourceFile } from "./source-file.ts";

/** The node whose text is a marker call `here()`, and the file. */
function at(source: string, path = "a.ts"): { file: SourceFile; site: Node } {
  const file = SourceFile.parse(source, path);
  assert.ok(file);
  const site = file.nodes.find((node) => node.type === "ExpressionStatement" && file.text(node).startsWith("here("));
  assert.ok(site);
  return { file, site };
}

const names = (source: string): string[] => {
  const { file, site } = at(source);
  return file.scopes
    .visible(site)
    .map((binding) => binding.name)
    .sort();
};

test("parameters, earlier locals, functions and imports are visible", () => {
  const source =
    "import x, { y as z, type T } from 'm';\nfunction f(a, { b, c: [d] }, ...e) {\n  const g = 1;\n  here();\n  let late = 2;\n  function inner() {}\n}\nconst top = 1;\n";
  assert.deepEqual(names(source), ["a", "b", "d", "e", "f", "g", "inner", "top", "x", "z"]);
});

test("blocks hide their names, inner names shadow outer ones", () => {
  const source =
    "function f(a) {\n  { const hidden = 1; }\n  for (const i of a) { var kept = i; }\n  try {} catch (error) {}\n  here();\n}\n";
  assert.deepEqual(names(source), ["a", "f", "kept"]);
  const { file, site } = at("const n = 'outer';\nfunction f(n: number) {\n  here();\n}\n");
  const binding = file.scopes.lookup("n", site);
  assert.equal(binding?.role, "parameter");
});

test("a variable cannot be read in its own initialiser", () => {
  const { file } = at("const a = 1;\nconst b = (() => 2)() + a;\nhere();\n");
  const init = file.nodes.find((node) => node.type === "BinaryExpression")!;
  assert.deepEqual(
    file.scopes.visible(init).map((binding) => binding.name),
    ["a"],
  );
});

test("kinds from initialisers, annotations, comments, usage and callbacks", () => {
  const source = `
/** @param {number[]} scores
 * @param {string} title */
function f(scores, title, typed: Map<string, number>, used, limit) {
  const count = scores.length;
  const words = title.split(" ");
  const seen = new Set();
  const label = \`\${count}\`;
  const found = words.find((word, index) => index > 2) ?? "none";
  const flag = !found && count > limit;
  const pick = (x) => x * 2;
  for (const key of Object.keys(used.table)) { here(key); }
}
`;
  const { file, site } = at(source);
  const kinds = Object.fromEntries(
    file.scopes.visible(site).map((binding) => [binding.name, file.kinds.ofBinding(binding)]),
  );
  assert.deepEqual(kinds, {
    f: "function",
    scores: "array",
    title: "string",
    typed: "map",
    used: "object",
    limit: "number",
    count: "number",
    words: "array",
    seen: "set",
    label: "string",
    found: "string",
    flag: "boolean",
    pick: "function",
    key: "string",
  });
});

test("recursive and mutual guesses end", () => {
  const { file } = at(
    "function even(n) { return n === 0 ? true : odd(n - 1); }\nfunction odd(n) { return even(n - 1); }\nconst a = b, b = a;\nhere();\n",
  );
  for (const node of file.nodes) file.kinds.of(node);
});
