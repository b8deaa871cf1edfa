import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@pawl/core";
import { Languages } from "../syntax/languages.ts";
import { applyEdits } from "@pawl/core";
import { codeTree, nodesBetween } from "./code-tree.ts";
import { type CodeRegion, diffRegions, replayEdits } from "./edit-script.ts";

const languages = await Languages.load();

function region(text: string, path = "a.js"): CodeRegion {
  const root = codeTree(languages, text, path);
  assert.ok(root !== null, text);
  return { text, start: 0, end: text.length, nodes: nodesBetween(root, 0, text.length) };
}

function parses(path: string): (text: string) => boolean {
  return (text) => languages.of(path)?.parse(text, path) !== null;
}

function replayed(before: string, after: string, onto: string, path = "a.js") {
  const script = diffRegions(region(before, path), region(after, path));
  const result = replayEdits(script, region(onto, path), parses(path));
  // Never anything that is not in the script.
  for (const edit of result.applied) assert.ok(script.includes(edit));
  assert.equal(applyEdits(onto, result.edits), result.text);
  return { ...result, script };
}

test("the same text has an empty diff, and an empty diff changes nothing", () => {
  const { script, text, applied } = replayed("f(1);\n", "f(1);\n", "g(1);\n");
  assert.deepEqual(script, []);
  assert.deepEqual(applied, []);
  assert.equal(text, "g(1);\n");
});

test("steps have types: a leaf, an operator, a statement more, a statement less, something else altogether", () => {
  const script = diffRegions(
    region("let a = 1;\nif (a < 2) f(a);\ng();\nreturnIt(a);\n"),
    region("let a = 3;\nif (a <= 2) f(a);\nreturnIt([a]);\nh();\n"),
  );
  assert.deepEqual(
    script.map(({ op }) => op),
    ["delete", "value", "operator", "replace", "insert"],
  );
  assert.deepEqual(script[1], { op: "value", kind: "Literal", name: "a", from: "1", to: "3" });
  assert.deepEqual(script[2], { op: "operator", kind: "BinaryExpression", name: "if", from: "<", to: "<=" });
});

test("an edit finds the same text in another block first, and then the same name", () => {
  assert.equal(replayed("x = a < 10;", "x = a <= 10;", "if (b < 3) y();").text, "if (b <= 3) y();");
  assert.equal(replayed("const width = 10;", "const width = 20;", "const width = 5;").text, "const width = 20;");
  assert.equal(replayed("const width = 10;", "const width = 20;", "const other = 5;").text, "const other = 5;");
  assert.equal(
    replayed("const w = 10;", "const w = 20;", "const other = 10;\nconst w = 10;").text,
    "const other = 10;\nconst w = 20;",
    "where both agree comes before where only the text does",
  );
});

test("statements are put where a like one stands, with its indentation, and taken out with their line", () => {
  const before = "function f(a) {\n  const b = a;\n  return b;\n}\n";
  const after = "function f(a) {\n  const b = a;\n  log(b);\n  return b;\n}\n";
  assert.equal(
    replayed(before, after, "function g(x) {\n    const y = 2 * x;\n    return y;\n}\n").text,
    "function g(x) {\n    const y = 2 * x;\n    log(b);\n    return y;\n}\n",
  );
  assert.equal(
    replayed(after, before, "function g(b) {\n  log(b);\n  return 1;\n}\n").text,
    "function g(b) {\n  return 1;\n}\n",
  );
});

test("what does not parse any more is left out, the rest is made", () => {
  // The same const twice in one list parses; a return at the top level of a module does not.
  const { text, applied, script } = replayed(
    "function f() {\n  a();\n}\nconst n = 1;\n",
    "function f() {\n  a();\n  return;\n}\nconst n = 2;\n",
    "a();\nconst n = 1;\n",
  );
  assert.equal(script.length, 2);
  assert.equal(applied.length, 1);
  assert.equal(text, "a();\nconst n = 2;\n");
});

test("a place that was changed is not changed again", () => {
  const { text, applied } = replayed("f(1, 1);", "f(2, 3);", "g(1);");
  assert.equal(applied.length, 1);
  assert.equal(text, "g(2);");
});

test("Python as well: values, operators, and chains of comparisons as a whole", () => {
  const path = "a.py";
  assert.equal(
    replayed("def f(a):\n    return a < 10\n", "def f(a):\n    return a <= 10\n", "def g(b):\n    return b < 3\n", path)
      .text,
    "def g(b):\n    return b <= 3\n",
  );
  const script = diffRegions(region("x = 0 < a < 2\n", path), region("x = 0 < a <= 2\n", path));
  assert.deepEqual(
    script.map(({ op }) => op),
    ["replace"],
  );
  assert.equal(
    replayed("x = 1\ny = 2\n", "x = 1\nlog(x)\ny = 2\n", "x = 1\nz = 4\n", path).text,
    "x = 1\nlog(x)\nz = 4\n",
  );
});

/** Programs with changes that are made of the diff's own kinds. */
test("a diff replayed onto where it came from gives what it came to", () => {
  const statements = [
    "a = 1;",
    "b(a, 2);",
    "if (a < b) {\n  c();\n  d = a + 1;\n}",
    "const e = [1, 2];",
    "return_(e);",
  ];
  let exact = 0;
  for (let n = 0; n < 60; n++) {
    const rng = Rng.of(1, n);
    const before = Array.from({ length: 3 + rng.int(3) }, () => rng.pick(statements).replace("1", String(rng.int(5))));
    const after = before.map((line) => (rng.uniform() < 0.4 ? line.replace(/\d/, String(5 + rng.int(4))) : line));
    const [from, to] = [`${before.join("\n")}\n`, `${after.join("\n")}\n`];
    const { text, applied, script } = replayed(from, to, from);
    if (text === to) exact += 1;
    assert.ok(applied.length > 0 || script.length === 0);
  }
  // Equal statements more than once leave it open which of them changed.
  assert.ok(exact >= 40, String(exact));
});
