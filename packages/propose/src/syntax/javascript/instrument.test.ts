import assert from "node:assert/strict";
import { stripTypeScriptTypes } from "node:module";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { parseSync } from "oxc-parser";
import { instrumentLines } from "./instrument.ts";
import { SAMPLES } from "./samples-fixture.ts";

/** Lines hit by running a script that ends with an expression; its value beside them. */
function run(source: string, path = "a.js"): { lines: number[]; value: unknown } {
  const instrumented = instrumentLines(source, path);
  assert.ok(instrumented);
  const lines = new Set<number>();
  const code = path.endsWith(".ts") ? stripTypeScriptTypes(instrumented.code) : instrumented.code;
  const value: unknown = runInNewContext(code, {
    __pawlHit: (from: string, line: number) => void (from === path && lines.add(line)),
  });
  return { lines: [...lines].sort((a, b) => a - b), value };
}

test("counts the statements that run", () => {
  const source =
    "function f(a) {\n  if (a > 1)\n    return 'big';\n  else if (a > 0)\n    return 'small';\n  return 'none';\n}\nf(1);\n";
  assert.deepEqual(run(source), { lines: [2, 4, 5, 8], value: "small" });
});

test("counts arrow bodies, branches and operands on lines of their own", () => {
  const source = "const f = (a) =>\n  a > 1\n    ? 'x'\n    : a\n      || 'y';\nf(0);\n";
  assert.deepEqual(run(source), { lines: [1, 2, 4, 5, 6], value: "y" });
});

test("keeps loops, labels and declarations working", () => {
  const source =
    "let out = '';\nouter: for (let i = 0; i < 3; i++) {\n  for (const x of [0, 1]) {\n    if (x === i) continue outer;\n    out += `${i}${x}`;\n  }\n}\ndo out += '!';\nwhile (out.length < 8)\nswitch (out) {\n  case '': break;\n  default: { const y = out; out = y }\n}\nout\n";
  const { lines, value } = run(source);
  assert.equal(value, "102021" + "!!");
  assert.deepEqual(lines, [1, 2, 3, 4, 5, 8, 10, 12, 14]);
});

test("keeps types and line numbers", () => {
  const source =
    "const f = (x: number | null): number =>\n  x ?? 0;\nlet n: number = f(null)\nif (n === 0) n = <any>f(4) as number;\nn;\n".replace(
      "<any>",
      "",
    );
  assert.deepEqual(run(source, "a.ts"), { lines: [1, 2, 3, 4, 5], value: 4 });
});

test("leaves directives first and counts nothing twice on a line's edge", () => {
  const { code } = instrumentLines("'use strict';\nfunction f() {\n  'use strict';\n  return 1;\n}\n", "a.js")!;
  assert.match(code, /^'use strict';\nfunction f\(\) \{\n {2}'use strict';\n {2}globalThis/);
});

for (const [path, source] of Object.entries(SAMPLES)) {
  test(`${path} still parses on the same lines`, () => {
    const { code, lines } = instrumentLines(source, path)!;
    assert.deepEqual(parseSync(path, code).errors, []);
    assert.equal(code.split("\n").length, source.split("\n").length);
    assert.ok(lines.length > 0 && lines.every((line) => line <= source.split("\n").length));
    for (const [index, line] of code.split("\n").entries()) {
      for (const match of line.matchAll(/__pawlHit\?\.\("[^"]+",(\d+)\)/g)) assert.equal(Number(match[1]), index + 1);
    }
  });
}

test("a syntax error gives null", () => {
  assert.equal(instrumentLines("let a = ;", "a.js"), null);
});
