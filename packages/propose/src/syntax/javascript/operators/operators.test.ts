import assert from "node:assert/strict";
import { test } from "node:test";
import { FAULT_CLASSES } from "@pawl/core";
import { applyEdit, editsOf } from "../edits-fixture.ts";
import { OPERATORS } from "./index.ts";

/** Operator, source, what it must be able to make of it. Sources are function bodies unless they start with `//`. */
const EXAMPLES: readonly (readonly [string, string, string])[] = [
  ["swap-arithmetic", "return a + b.x * 2;", "return a - b.x * 2;"],
  ["swap-comparison", "if (a < b) return 1;", "if (a <= b) return 1;"],
  ["strict-equality", "return a == b;", "return a === b;"],
  ["swap-bitwise", "return a << b;", "return a >> b;"],
  ["swap-logical", "return a && b;", "return a || b;"],
  ["swap-assignment-operator", "let n = 0;\nn += a;\nreturn n;", "let n = 0;\nn -= a;\nreturn n;"],
  ["swap-operands", "return a - (b + 1);", "return (b + 1) - a;"],
  ["increment-placement", "let n = 0;\nreturn a[n++];", "let n = 0;\nreturn a[++n];"],
  ["swap-increment", "a.depth++;", "a.depth--;"],
  ["flip-sign", "a.sort((x, y) => -x.length);", "a.sort((x, y) => x.length);"],
  ["exchange-assignment", "a.left = b.left;", "b.left = a.left;"],
  ["parenthesise", "return a + b / 2;", "return (a + b) / 2;"],
  ["remove-parentheses", "return (a + b) / 2;", "return a + b / 2;"],
  ["drop-operand", "return a % b;", "return a;"],
  [
    "add-operand",
    "const n = a.length;\nconst text = a.join('');\nreturn text.slice(n);",
    "const n = a.length;\nconst text = a.join('');\nreturn text.slice(n - text.length);",
  ],
  ["adjust-constant", "return a * 60;", "return a * 61;"],
  ["adjust-string", "return a.join(', ');", "return a.join(',');"],
  ["replace-constant-with-neighbour", "if (a === 'on') return 'off';", "if (a === 'off') return 'off';"],
  ["boolean-flip", "return true;", "return false;"],
  ["swap-nothing", "return null;", "return undefined;"],
  ["adjust-bound", "for (let i = 0; i < a.length; i += 1) b(i);", "for (let i = 0; i < a.length - 1; i += 1) b(i);"],
  ["adjust-index", "return a[b];", "return a[b - 1];"],
  ["negate-condition", "if (a.ready) b();", "if (!a.ready) b();"],
  ["remove-negation", "if (!a) b();", "if (a) b();"],
  ["drop-condition-part", "if (a && b) return 1;", "if (a) return 1;"],
  ["drop-condition", "if (a) b();", "b();"],
  ["keep-effect", "if (!a(b)) return null;\nreturn b;", "a(b);\nreturn b;"],
  ["replace-condition", "if (a > 1) return 1;\nif (b < 9) return 2;", "if (b < 9) return 1;\nif (b < 9) return 2;"],
  [
    "strengthen-condition",
    "if (a.next) return b;\nif (b > 3) return a;",
    "if (a.next && b > 3) return b;\nif (b > 3) return a;",
  ],
  ["weaken-condition", "if (a.x !== b) return 1;", "if (a === undefined || a.x !== b) return 1;"],
  ["add-condition", "const list = [];\nlist.push(b);", "const list = [];\nif (!list.includes(b)) list.push(b);"],
  ["loop-direction", "for (let i = 0; i < a.length; i += 1) b(i);", "for (let i = a.length - 1; i >= 0; i -= 1) b(i);"],
  ["loop-step", "for (let i = 0; i < a; i++) b(i);", "for (let i = 0; i < a; i += 2) b(i);"],
  ["loop-kind", "if (a.length > 3) a.pop();", "while (a.length > 3) a.pop();"],
  [
    "loop-start",
    "for (let i = 0; i < 9; i += 1) for (let j = 0; j < 9; j += 1) b(i, j);",
    "for (let i = 0; i < 9; i += 1) for (let j = i + 1; j < 9; j += 1) b(i, j);",
  ],
  ["substring-arguments", "return a.slice(b, 5);", "return a.slice(b, 6);"],
  ["array-boundary", "const xs = [];\nreturn xs[0];", "const xs = [];\nreturn xs.at(-1);"],
  ["string-boundary", "return a.split(b);", "return a.split(/\\s+/);"],
  ["index-result", "if (a.indexOf(b) > 0) return 1;", "if (a.indexOf(b) !== -1) return 1;"],
  ["swap-method", "return Math.floor(a);", "return Math.ceil(a);"],
  [
    "swap-function",
    "// file\nfunction f(x) {}\nfunction g(x) {}\nfunction h(x) {\n  return f(x);\n}\n",
    "// file\nfunction f(x) {}\nfunction g(x) {}\nfunction h(x) {\n  return g(x);\n}\n",
  ],
  ["add-method-call", "const text = a.join('');\nreturn text;", "const text = a.join('');\nreturn text.trim();"],
  ["insert-method-in-chain", "return a.trim().split(b);", "return a.trim().toLowerCase().split(b);"],
  ["unwrap-call", "return Math.abs(a);", "return a;"],
  ["wrap-call", "return (a + b) / 2;", "return Math.floor((a + b) / 2);"],
  ["change-regex-flag", "return a.replace(/x/, b);", "return a.replace(/x/g, b);"],
  ["adjust-regex", "return /\\d+/.test(a);", "return /^\\d+/.test(a);"],
  ["sort-comparator", "return a.sort();", "return a.sort((a, b) => a - b);"],
  [
    "add-await",
    "// file\nasync function f(g) {\n  const x = g();\n  return x;\n}\n",
    "// file\nasync function f(g) {\n  const x = await g();\n  return x;\n}\n",
  ],
  [
    "remove-await",
    "// file\nasync function f(g) {\n  return await g();\n}\n",
    "// file\nasync function f(g) {\n  return g();\n}\n",
  ],
  [
    "await-all",
    "// file\nasync function f(xs) {\n  return xs.map(async (x) => x);\n}\n",
    "// file\nasync function f(xs) {\n  return await Promise.all(xs.map(async (x) => x));\n}\n",
  ],
  [
    "await-in-loop",
    "// file\nasync function f(xs) {\n  for (const x of xs) x();\n}\n",
    "// file\nasync function f(xs) {\n  for await (const x of xs) x();\n}\n",
  ],
  ["replace-variable", "const total = a * 2;\nreturn b;", "const total = a * 2;\nreturn total;"],
  ["replace-property", "return a.start + a.end;", "return a.end + a.end;"],
  ["access-property", "const xs = [];\nreturn xs;", "const xs = [];\nreturn xs.length;"],
  ["drop-property", "return a.next === b;", "return a === b;"],
  [
    "variable-to-member",
    "// file\nclass C {\n  size = 0;\n  f(size) {\n    return size;\n  }\n}\n",
    "// file\nclass C {\n  size = 0;\n  f(size) {\n    return this.size;\n  }\n}\n",
  ],
  ["replace-argument", "a.push(b * 2);\nreturn b;", "a.push(b);\nreturn b;"],
  ["swap-arguments", "return Math.atan2(a, b);", "return Math.atan2(b, a);"],
  ["drop-argument", "return a(b, 1);", "return a(b);"],
  ["add-argument", "return parseInt(a);", "return parseInt(a, 10);"],
  [
    "adjust-recursive-argument",
    "// file\nfunction f(n) {\n  return f(n) * n;\n}\n",
    "// file\nfunction f(n) {\n  return f(n - 1) * n;\n}\n",
  ],
  ["spread-copy", "const xs = [];\nconst ys = xs;\nreturn ys;", "const xs = [];\nconst ys = [...xs];\nreturn ys;"],
  ["copy-argument", "const xs = [];\na.push(xs);", "const xs = [];\na.push([...xs]);"],
  ["copy-result", "const xs = [];\nreturn xs;", "const xs = [];\nreturn [...xs];"],
  ["copy-parameter", "a.sort();\nreturn a;", "a = [...a];\na.sort();\nreturn a;"],
  ["remove-copy", "return [...a];", "return a;"],
  ["spread-element", "const xs = [];\na.push(xs);", "const xs = [];\na.push(...xs);"],
  ["change-initial-value", "let best = 0;\nreturn best;", "let best = -Infinity;\nreturn best;"],
  ["convert-type", "const text = a.trim();\nreturn text;", "const text = a.trim();\nreturn Number(text);"],
  ["swap-branches", "if (a) b(1);\nelse b(2);", "if (a) b(2);\nelse b(1);"],
  ["swap-ternary", "return a ? 1 : b;", "return a ? b : 1;"],
  [
    "swap-cases",
    "switch (a) {\n  case 1: return 'x';\n  case 2: return 'y';\n}",
    "switch (a) {\n  case 2: return 'x';\n  case 1: return 'y';\n}",
  ],
  ["remove-else", "if (a) b(1);\nelse b(2);", "if (a) b(1);"],
  ["add-else", "if (a) b(1);\nb(2);", "if (a) b(1);\nelse b(2);"],
  [
    "insert-default-case",
    "switch (a) {\n  case 1: return b;\n}",
    "switch (a) {\n  case 1: return b;\n  default:\n    return null;\n}",
  ],
  [
    "catch-rethrow",
    "try { a(); } catch (error) { b(error); }",
    "try { a(); } catch (error) { b(error); throw error; }",
  ],
  ["catch-type", "throw new Error(a);", "throw new RangeError(a);"],
  ["throw-instead", "if (a) throw new Error('x');\nreturn b;", "if (a) throw new Error('x');\nthrow new Error('x');"],
  ["wrap-try", "b(a);\nreturn null;", "try {\n  b(a);\n} catch {\n  return null;\n}\nreturn null;"],
  ["move-to-finally", "try {\n  a();\n  b();\n} catch {}", "try {\n  a();\n} catch {} finally {\n  b();\n}"],
  ["add-return", "a(b);", "return a(b);"],
  ["return-variable", "const result = [];\nresult.push(a);", "const result = [];\nresult.push(a);\nreturn result;"],
  ["remove-return", "for (const x of a) return b(x);", "for (const x of a) b(x);"],
  ["return-early", "if (a) {\n  b();\n}\nreturn null;", "if (a) {\n  b();\n  return null;\n}\nreturn null;"],
  [
    "add-break",
    "for (const x of a) {\n  if (x) {\n    b(x);\n  }\n}",
    "for (const x of a) {\n  if (x) {\n    b(x);\n    break;\n  }\n}",
  ],
  [
    "add-continue",
    "for (const x of a) {\n  if (x) {\n    b(x);\n  }\n}",
    "for (const x of a) {\n  if (x) {\n    b(x);\n    continue;\n  }\n}",
  ],
  ["remove-break", "for (const x of a) {\n  b(x);\n  break;\n}", "for (const x of a) {\n  b(x);\n}"],
  ["break-to-continue", "for (const x of a) if (x) break;", "for (const x of a) if (x) continue;"],
  ["return-to-jump", "for (const x of a) if (x) return b;", "for (const x of a) if (x) continue;"],
  ["add-guard", "b(1);\nreturn a.name;", "b(1);\nif (a === undefined) return undefined;\nreturn a.name;"],
  [
    "fix-recursion-base",
    "// file\nfunction f(n) {\n  return n * f(n - 1);\n}\n",
    "// file\nfunction f(n) {\n  if (n <= 1) return 1;\n  return n * f(n - 1);\n}\n",
  ],
  ["add-null-check", "return a.name;", "return a && a.name;"],
  ["optional-chain", "return a.b.c;", "return a.b?.c;"],
  ["default-value", "return a.get(b);", "return a.get(b) ?? 0;"],
  ["delete-statement", "a();\nb();", "b();"],
  ["swap-statements", "a();\nb();", "b();\na();"],
  ["move-statement", "for (const x of a) {\n  b(x);\n  return x;\n}", "for (const x of a) {\n  b(x);\n}\nreturn x;"],
  [
    "duplicate-statement",
    "for (const x of a) {\n  b.flush();\n}\nreturn b;",
    "for (const x of a) {\n  b.flush();\n}\nb.flush();\nreturn b;",
  ],
  ["insert-ingredient", "a.close();\nif (b) {\n  b();\n}", "a.close();\nif (b) {\n  a.close();\n  b();\n}"],
  [
    "insert-update",
    "let count = 0;\nfor (const x of a) {\n  b(x);\n}\nreturn count;",
    "let count = 0;\nfor (const x of a) {\n  b(x);\n  count += 1;\n}\nreturn count;",
  ],
  ["wrap-around", "return a[(b + 1)];", "return a[((b + 1) % a.length)];"],
  ["convert-operands", "return a.x - b.x < a.y + b.y;", "return a.x - b.x < Number(a.y) + Number(b.y);"],
  ["add-call", "return a.next() && b.next;", "return a.next() && b.next();"],
  ["fresh-elements", "return new Array(a).fill([]);", "return Array.from({ length: a }, () => []);"],
  ["replace-statement", "if (a) b(1);\nelse a(2);", "if (a) a(2);\nelse a(2);"],
];

function wrapped(text: string): string {
  if (text.startsWith("// file")) return text;
  return `export function sample(a, b) {\n${text.replace(/^/gm, "  ")}\n}\n`;
}

for (const [id, before, after] of EXAMPLES) {
  test(`${id}: ${before.replaceAll("\n", " ")}`, () => {
    const source = wrapped(before);
    const wanted = wrapped(after);
    const found = editsOf(source, "sample.js").filter((edit) => applyEdit(source, edit) === wanted);
    assert.deepEqual(
      found.map((edit) => edit.operator),
      [id],
    );
  });
}

test("every operator has an example", () => {
  const shown = new Set(EXAMPLES.map(([id]) => id));
  assert.deepEqual(
    OPERATORS.map((operator) => operator.id).filter((id) => !shown.has(id)),
    [],
  );
});

test("operators have one id each, a known fault class and a description", () => {
  const ids = OPERATORS.map((operator) => operator.id);
  assert.equal(new Set(ids).size, ids.length);
  for (const operator of OPERATORS) {
    assert.match(operator.id, /^[a-z]+(-[a-z]+)*$/);
    assert.ok(FAULT_CLASSES.includes(operator.faultClass), operator.id);
    assert.ok(operator.description.length > 0 && !operator.description.includes("\n"));
  }
});
