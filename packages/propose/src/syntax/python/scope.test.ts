import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { Language, Parser } from "web-tree-sitter";
import { Guesses } from "./guess.ts";
import { freeNames } from "./names.ts";
import { Scopes } from "./scope.ts";
import { copyTree, type SyntaxNode } from "./tree.ts";

await Parser.init();
const parser = new Parser();
parser.setLanguage(
  await Language.load(createRequire(import.meta.url).resolve("tree-sitter-python/tree-sitter-python.wasm")),
);

function rootOf(source: string): SyntaxNode {
  const tree = parser.parse(source) ?? assert.fail();
  try {
    return copyTree(tree, source);
  } finally {
    tree.delete();
  }
}

/** The first identifier `here` in the source, and the scopes of the source. */
function at(source: string): { readonly scopes: Scopes; readonly here: SyntaxNode } {
  const root = rootOf(source);
  return {
    scopes: new Scopes(root),
    here: root.walk().find((node) => node.text === "here" && node.kind === "identifier") ?? assert.fail(),
  };
}

function names(source: string): readonly string[] {
  const { scopes, here } = at(source);
  return scopes.visibleAt(here).map((binding) => binding.name);
}

test("a function sees its parameters, what it bound before, what encloses it and all of the module", () => {
  const source =
    "import os\ndef outer(a, *rest, b=1, **more):\n    x = 1\n    def inner(c: int):\n        y = 2\n        here(y)\n        z = 3\n    w = 4\nlast = 5\n";
  assert.deepEqual(names(source), ["c", "y", "a", "rest", "b", "more", "x", "inner", "w", "os", "outer", "last"]);
});

test("a name is not visible in the statement that first binds it, nor a loop variable in what it runs over", () => {
  assert.deepEqual(names("def f(a):\n    x = here(a)\n"), ["a", "f"]);
  assert.deepEqual(names("def f(a):\n    for x in here(a):\n        pass\n"), ["a", "f"]);
  assert.deepEqual(names("def f(a):\n    for x in a:\n        here(x)\n"), ["a", "x", "f"]);
});

test("comprehensions and lambdas have names of their own", () => {
  assert.deepEqual(names("def f(a):\n    return [here(x, y) for x in a for y in x if y]\n"), ["x", "y", "a", "f"]);
  assert.deepEqual(names("def f(a):\n    return [x for x in a for y in here(x)]\n"), ["x", "a", "f"]);
  assert.deepEqual(names("def f(a):\n    return lambda k: here(k)\n"), ["k", "a", "f"]);
});

test("methods do not see the names of their class; global and nonlocal names belong outside", () => {
  assert.deepEqual(names("class A:\n    size = 1\n    def f(self):\n        here()\n"), ["self", "A"]);
  const { scopes, here } = at("n = 0\ndef f():\n    global n\n    n = 1\n    here(n)\n");
  assert.equal(scopes.resolve("n", here)?.scope.kind, "module");
});

test("free names leave out what the text binds itself, attributes, keywords and builtins", () => {
  const root = rootOf("out.append(sum(x * k for x in items.all if len(x)) + f(key=value, fn=lambda v: v + w))\n");
  assert.deepEqual(freeNames(root), ["f", "items", "k", "out", "value", "w"]);
});

test("guesses come from initialisers, annotations and use", () => {
  const { scopes, here } = at(
    'def f(a, b: str, c, d, e=None):\n    n = len(a)\n    t = "x" + b\n    c.append(n)\n    for k, v in d.items():\n        e = k\n    s = {1} | {2}\n    ok = n > 1\n    here()\n',
  );
  const guesses = new Guesses(scopes);
  const guess = (name: string): string => guesses.of(scopes.resolve(name, here) ?? assert.fail(name));
  assert.deepEqual(["a", "b", "c", "d", "n", "t", "s", "ok"].map(guess), ["iterable", "string", "list", "dict", "number", "string", "set", "bool"]); // prettier-ignore
});
