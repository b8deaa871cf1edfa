import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "@pawl/core";
import { Languages } from "../syntax/languages.ts";
import { SPEED_OPERATORS, speedEdits } from "./edits.ts";
import { FAMILY_OF } from "./families.ts";

const languages = await Languages.load();

/** Texts that an operator makes of a source. */
function made(operator: string, source: string, path: string): string[] {
  return speedEdits(languages, source, path)
    .filter((edit) => edit.operator === operator)
    .map((edit) => applyEdits(source, edit.replacements) ?? "does not apply");
}

/** operator, path, source, and something that one of the results must say. */
const EXAMPLES: readonly (readonly [operator: string, path: string, source: string, wanted: string])[] = [
  ["lookup-set", "a.js", "const f = (a, b) => a.filter((x) => b.indexOf(x) === -1);", "!bSet.has(x)"],
  ["lookup-set", "a.py", "def f(a, b):\n    return [x for x in a if x not in b]\n", "b_set = set(b)"],
  [
    "growing-set",
    "a.js",
    "function f(a) {\n  const out = [];\n  for (const x of a) {\n    if (!out.includes(x)) {\n      out.push(x);\n    }\n  }\n  return out;\n}",
    "outSeen.add(x)",
  ],
  [
    "growing-set",
    "a.py",
    "def f(a):\n    out = []\n    for x in a:\n        if x not in out:\n            out.append(x)\n    return out\n",
    "out_seen.add(x)",
  ],
  ["index-map", "a.js", "const f = (a, b) => a.map((x) => b.indexOf(x));", "bAt.get(x) ?? -1"],
  ["index-map", "a.py", "def f(a, b):\n    return [b.index(x) for x in a]\n", "b_at[x]"],
  ["running-index", "a.js", "const f = (a) => a.map((x, i) => a.slice(0, i).lastIndexOf(x));", "places.get(x)"],
  ["count-map", "a.py", "def f(a):\n    return [a.count(x) for x in a]\n", "Counter(a)"],
  [
    "keyed-map",
    "a.ts",
    "function f(a: any[], b: any[]) {\n  return a.map((x) => b.find((y) => y.id === x.id));\n}",
    "bById.get(x.id)",
  ],
  ["keyed-map", "a.js", "const f = (a) => a.map((x) => a.filter((y) => y === x).length);", "?? 0)"],
  [
    "keyed-loop",
    "a.js",
    "function f(a, b) {\n  let n = 0;\n  for (const x of a) for (const y of b) if (x.id === y.id) n++;\n  return n;\n}",
    "Map.groupBy(b",
  ],
  [
    "keyed-loop",
    "a.py",
    "def f(a, b):\n    n = 0\n    for x in a:\n        for y in b:\n            if y.id == x.id:\n                n += 1\n    return n\n",
    ".get(x.id, ())",
  ],
  ["unique-set", "a.js", "const f = (a) => a.filter((x, i) => a.indexOf(x) === i);", "[...new Set(a)]"],
  [
    "unique-dict",
    "a.py",
    "def f(a):\n    out = []\n    for x in a:\n        if x not in out:\n            out.append(x)\n    return out\n",
    "dict.fromkeys(a)",
  ],
  ["own-key", "a.js", "const f = (o, k) => Object.keys(o).includes(k);", "Object.hasOwn(o, k)"],
  [
    "hoist-invariant",
    "a.js",
    "function f(a, w) {\n  const out = [];\n  for (const x of a) out.push(new RegExp(w).test(x));\n  return out;\n}",
    "= new RegExp(w);\n  for",
  ],
  [
    "hoist-invariant",
    "a.py",
    "def f(a, w):\n    out = []\n    for x in a:\n        out.append(w.lower() + x)\n    return out\n",
    "lower_once = w.lower()\n    for",
  ],
  [
    "early-break",
    "a.js",
    "function f(a) {\n  let found = false;\n  for (const x of a) if (x > 3) found = true;\n  return found;\n}",
    "break;",
  ],
  [
    "early-break",
    "a.py",
    "def f(a):\n    found = False\n    for x in a:\n        if x > 3:\n            found = True\n    return found\n",
    "            break\n",
  ],
  [
    "square-root-bound",
    "a.js",
    "function f(n) {\n  for (let d = 2; d < n; d++) if (n % d === 0) return false;\n  return true;\n}",
    "d * d <= n",
  ],
  [
    "square-root-bound",
    "a.py",
    "def f(n):\n    for d in range(2, n):\n        if n % d == 0:\n            return False\n    return True\n",
    "isqrt(",
  ],
  [
    "loop-interchange",
    "a.js",
    "function f(a, n) {\n  for (let j = 0; j < n; j++) {\n    for (let i = 0; i < n; i++) {\n      a[i][j]++;\n    }\n  }\n}",
    "for (let i = 0; i < n; i++) {\n    for (let j",
  ],
  [
    "queue-head",
    "a.js",
    "function f(q) {\n  while (q.length > 0) {\n    const x = q.shift();\n    if (x > 0) q.push(x - 1);\n  }\n}",
    "q[head++]",
  ],
  ["queue-head", "a.py", "def f(a):\n    q = list(a)\n    while q:\n        x = q.pop(0)\n", "q.popleft()"],
  [
    "append-and-reverse",
    "a.js",
    "function f(a) {\n  const out = [];\n  for (const x of a) out.unshift(x);\n  return out;\n}",
    "out.reverse();",
  ],
  [
    "append-and-reverse",
    "a.py",
    "def f(a):\n    out = []\n    for x in a:\n        out.insert(0, x)\n    return out\n",
    "    out.reverse()\n",
  ],
  [
    "sort-once",
    "a.js",
    "function f(a) {\n  const out = [];\n  for (const x of a) {\n    out.push(x);\n    out.sort();\n  }\n  return out;\n}",
    "  }\n  out.sort();",
  ],
  [
    "prefix-sums",
    "a.js",
    "const f = (a, k) => a.map((_, i) => a.slice(i, i + k).reduce((s, x) => s + x, 0));",
    "sums[",
  ],
  ["prefix-sums", "a.py", "def f(a, k):\n    return [sum(a[i:i + k]) for i in range(len(a))]\n", "accumulate(a)"],
  ["reuse-result", "a.js", "function f(x) {\n  if (g(x) > 1) return g(x);\n  return 0;\n}", "const gResult = g(x);"],
  ["cache-calls", "a.js", "const g = (x) => x * 2;\nconst f = (a) => a.map((x) => g(x));", "knownG.has(x)"],
  ["cache-calls", "a.py", "def f(a):\n    return [g(x) for x in a]\n", "lru_cache(maxsize=None)(g)"],
  [
    "append-in-place",
    "a.js",
    "function f(a) {\n  let out = [];\n  for (const x of a) out = [...out, x];\n  return out;\n}",
    "out.push(x)",
  ],
  ["append-in-place", "a.js", "const f = (a) => a.reduce((out, x) => [...out, x], []);", "return out;"],
  [
    "append-in-place",
    "a.py",
    "def f(a):\n    out = []\n    for x in a:\n        out = out + [x]\n    return out\n",
    "out.append(x)",
  ],
  ["assign-in-place", "a.js", "const f = (a) => a.reduce((o, x) => ({ ...o, [x.id]: x }), {});", "(o[x.id] = x, o)"],
  ["drop-copy", "a.js", "const f = (a) => [...a].length;", "=> a.length"],
  ["cheaper-copy", "a.js", "const f = (a) => JSON.parse(JSON.stringify(a));", "[...a]"],
  ["short-circuit", "a.js", "const f = (a) => a.filter((x) => x > 1).length > 0;", "a.some((x) => x > 1)"],
  [
    "short-circuit",
    "a.py",
    "def f(a):\n    return len([x for x in a if x > 1]) > 0\n",
    "any(True for x in a if x > 1)",
  ],
  ["extreme-without-sort", "a.js", "const f = (a) => [...a].sort((x, y) => x - y)[0];", "a.reduce("],
  ["extreme-without-sort", "a.py", "def f(a):\n    return sorted(a, key=len)[-1]\n", "max(a, key=len)"],
  ["typed-array", "a.js", "const f = (n) => new Array(n).fill(0);", "new Int32Array(n)"],
  ["count-below", "a.js", "const f = (a) => a.map((x) => a.filter((y) => y < x).length);", "placeOf(x, false)"],
  [
    "count-below",
    "a.py",
    "def f(a):\n    return [sum(1 for y in a if y <= x) for x in a]\n",
    "bisect_right(in_order, x)",
  ],
  ["characters-in-place", "a.js", 'const f = (s, i) => s.split("")[i];', "s[i]"],
  ["memoise-recursion", "a.js", "const f = (n) => (n < 2 ? n : f(n - 1) + f(n - 2));", "known.has(key)"],
  [
    "memoise-recursion",
    "a.py",
    "def f(n):\n    if n < 2:\n        return n\n    return f(n - 1) + f(n - 2)\n",
    "return f_once(n)",
  ],
  [
    "string-parts",
    "a.py",
    'def f(a):\n    text = ""\n    for x in a:\n        text += x\n    return text\n',
    '"".join(text_parts)',
  ],
  [
    "string-parts",
    "a.js",
    'function f(a) {\n  let text = "";\n  for (const x of a) {\n    text += x;\n  }\n  return text;\n}',
    'join("")',
  ],
  [
    "start-after",
    "a.js",
    "function f(a) {\n  for (let i = 0; i < 9; i++) for (let j = 0; j < 9; j++) a(i, j);\n}",
    "let j = i + 1",
  ],
  [
    "comprehension",
    "a.py",
    "def f(a):\n    out = []\n    for x in a:\n        out.append(x + 1)\n    return out\n",
    "out.extend([x + 1 for x in a])",
  ],
];

for (const [operator, path, source, wanted] of EXAMPLES)
  test(`${operator} (${path.slice(2)}) writes ${JSON.stringify(wanted)}`, () => {
    const results = made(operator, source, path);
    assert.ok(
      results.some((text) => text.includes(wanted)),
      results.join("\n---\n") || "nothing",
    );
    for (const text of results) assert.notEqual(languages.of(path)?.parse(text, path), null, text);
  });

test("at least 25 different operators", () => {
  const ids = new Set([...SPEED_OPERATORS.javascript, ...SPEED_OPERATORS.python].map(({ id }) => id));
  assert.ok(ids.size >= 25, String(ids.size));
});

test("every operator has a family, and no family has an operator that is gone", () => {
  const all = [...SPEED_OPERATORS.javascript, ...SPEED_OPERATORS.python];
  assert.deepEqual(
    all.filter(({ family }) => family === undefined).map(({ id }) => id),
    [],
  );
  const ids = new Set(all.map(({ id }) => id));
  assert.deepEqual(
    Object.keys(FAMILY_OF).filter((id) => !ids.has(id)),
    [],
  );
});

test("what is not rewritten stays as it is, comments and line ends included", () => {
  const source =
    "function f(a, b) {\r\n\t// one\r\n\tconst out = []; /* two */\r\n\tfor (const x of a)\r\n\t\tif (b.includes(x)) out.push(x)\r\n\treturn out\r\n}\r\n";
  const [text] = made("lookup-set", source, "a.js");
  assert.equal(text, source.replace("\tfor", "\tconst bSet = new Set(b)\r\n\tfor").replace("b.includes", "bSet.has"));
});

test("a text that does not parse has no edits", () => {
  assert.deepEqual(speedEdits(languages, "function (", "a.js"), []);
  assert.deepEqual(speedEdits(languages, "def f(:\n", "a.py"), []);
});
