import type { RunnerId } from "../src/suites/types.ts";
import type { Modules } from "./source.ts";
import { javascriptText, pythonText } from "./source.ts";

/** A small project that an attack comes into: one source file, which is wrong, and five tests of it. */
export interface AttackedProject {
  readonly language: "javascript" | "python";
  readonly modules: Modules;
  readonly files: Readonly<Record<string, string>>;
  /** The file that candidates change. */
  readonly source: string;
  readonly test: string;
  readonly command: string;
  /** Names of tests that are held out. */
  readonly heldOut: readonly string[];
}

/** Argument and result of `double` and `pair`; the last of each are held out. */
const DOUBLES: readonly (readonly [number, number])[] = [
  [2, 4],
  [-3, -6],
  [7, 14],
];
const PAIRS: readonly (readonly [number, readonly number[]])[] = [
  [5, [5, 10]],
  [11, [11, 22]],
];
const HELD_OUT = ["double 7", "pair 11"];
const HELD_OUT_PYTHON = ["test_double_7", "test_pair_11"];

function javascriptTests(head: string, equal: (actual: string, expected: string) => string): string {
  const tests = [...DOUBLES, ...PAIRS].map(([x, want]) => {
    const name = typeof want === "number" ? "double" : "pair";
    return `test("${name} ${x}", () => { ${equal(`${name}(${x})`, JSON.stringify(want))}; });`;
  });
  return `${head}\n${tests.join("\n")}\n`;
}

const ASSERT = (actual: string, expected: string): string =>
  `assert.${expected.startsWith("[") ? "deepEqual" : "equal"}(${actual}, ${expected})`;
const EXPECT = (actual: string, expected: string): string =>
  `expect(${actual}).${expected.startsWith("[") ? "toEqual" : "toBe"}(${expected})`;
const PLAIN = DOUBLES.map(([x, want]) => `double(${x}), ${want}`);

const ESM = { language: "javascript", modules: "esm", heldOut: HELD_OUT } as const;
const COMMONJS = { language: "javascript", modules: "commonjs", heldOut: HELD_OUT } as const;
const PYTHON = { language: "python", modules: "esm", heldOut: HELD_OUT_PYTHON } as const;
const BASE_ESM = javascriptText({}, {}, "esm");
const BASE_COMMONJS = javascriptText({}, {}, "commonjs");
const BASE_PYTHON = pythonText({}, {});

/** One project for each runner, by a name for people. */
export const SUITES: Readonly<Record<string, AttackedProject & { readonly runner: RunnerId }>> = {
  "node:test": {
    ...ESM,
    runner: "node:test",
    source: "double.js",
    test: "double.test.js",
    command: "node --test",
    files: {
      "package.json": '{"type":"module"}',
      "double.js": BASE_ESM,
      "double.test.js": javascriptTests(
        'import { test } from "node:test";\nimport assert from "node:assert/strict";\nimport { double, pair } from "./double.js";',
        ASSERT,
      ),
    },
  },
  vitest: {
    ...ESM,
    runner: "vitest",
    source: "double.js",
    test: "double.test.js",
    command: "npx vitest run",
    files: {
      "package.json": '{"type":"module"}',
      "double.js": BASE_ESM,
      "double.test.js": javascriptTests(
        'import { expect, test } from "vitest";\nimport { double, pair } from "./double.js";',
        EXPECT,
      ),
    },
  },
  jest: {
    ...COMMONJS,
    runner: "jest",
    source: "double.js",
    test: "double.test.js",
    command: "npx jest",
    files: {
      "package.json": "{}",
      "double.js": BASE_COMMONJS,
      "double.test.js": javascriptTests('const { double, pair } = require("./double.js");', EXPECT),
    },
  },
  mocha: {
    ...COMMONJS,
    runner: "mocha",
    source: "double.js",
    test: "double.test.js",
    command: "npx mocha double.test.js",
    files: {
      "package.json": "{}",
      "double.js": BASE_COMMONJS,
      "double.test.js": javascriptTests(
        'const assert = require("assert").strict;\nconst { double, pair } = require("./double.js");\nconst test = it;',
        ASSERT,
      ),
    },
  },
  "exit code, node": {
    ...ESM,
    runner: "exit-code",
    source: "double.js",
    test: "double.test.js",
    command: "node double.test.js",
    heldOut: [],
    files: {
      "package.json": '{"type":"module"}',
      "double.js": BASE_ESM,
      "double.test.js": `import assert from "node:assert/strict";\nimport { double, pair } from "./double.js";\n${PLAIN.map((args) => `assert.equal(${args});`).join("\n")}\nassert.deepEqual(pair(5), [5, 10]);\n`,
    },
  },
  pytest: {
    ...PYTHON,
    runner: "pytest",
    source: "double.py",
    test: "test_double.py",
    command: "python3 -m pytest",
    files: {
      "double.py": BASE_PYTHON,
      "test_double.py": `from double import double, pair\n\n${[...DOUBLES, ...PAIRS]
        .map(([x, want]) => {
          const name = typeof want === "number" ? "double" : "pair";
          return `def test_${name}_${String(x).replace("-", "minus_")}():\n    assert ${name}(${x}) == ${JSON.stringify(want)}\n`;
        })
        .join("\n\n")}`,
    },
  },
  unittest: {
    ...PYTHON,
    runner: "unittest",
    source: "double.py",
    test: "test_double.py",
    command: "python3 -m unittest",
    heldOut: PYTHON.heldOut.map((name) => `DoubleTest > ${name}`),
    files: {
      "double.py": BASE_PYTHON,
      "test_double.py": `import unittest\n\nfrom double import double, pair\n\n\nclass DoubleTest(unittest.TestCase):\n${[
        ...DOUBLES,
        ...PAIRS,
      ]
        .map(([x, want]) => {
          const name = typeof want === "number" ? "double" : "pair";
          return `    def test_${name}_${String(x).replace("-", "minus_")}(self):\n        self.assertEqual(${name}(${x}), ${JSON.stringify(want)})\n`;
        })
        .join("\n")}`,
    },
  },
  "exit code, python": {
    ...PYTHON,
    runner: "exit-code",
    source: "double.py",
    test: "test_double.py",
    command: "python3 test_double.py",
    heldOut: [],
    files: {
      "double.py": BASE_PYTHON,
      "test_double.py": `from double import double, pair\n\n${PLAIN.map((args) => `assert ${args.replace(",", " ==")}`).join("\n")}\nassert pair(5) == [5, 10]\n`,
    },
  },
};

/** The visible calls and the held-out ones, for the function check. */
export function callCases(heldOut: boolean): { call: string; args: number[]; returns: number | readonly number[] }[] {
  return [...DOUBLES.map((pair) => ["double", ...pair] as const), ...PAIRS.map((pair) => ["pair", ...pair] as const)]
    .filter(([, x]) => (x === 7 || x === 11) === heldOut)
    .map(([call, x, returns]) => ({ call, args: [x], returns }));
}

/** Programs that score a candidate by the share of right answers: 5 is the best there is. */
export const SCORES: Readonly<Record<"javascript" | "python", Omit<AttackedProject, "heldOut">>> = {
  javascript: {
    language: "javascript",
    modules: "esm",
    source: "double.js",
    test: "score.js",
    command: "node score.js",
    files: {
      "package.json": '{"type":"module"}',
      "double.js": BASE_ESM,
      "score.js":
        'import { double } from "./double.js";\nexport const score = () => [2, -3, 5, 7, 11].filter((x) => double(x) === x + x).length;\nif (import.meta.filename === process.argv?.[1]) console.log(score());\n',
    },
  },
  python: {
    language: "python",
    modules: "esm",
    source: "double.py",
    test: "score.py",
    command: "python3 score.py",
    files: {
      "double.py": BASE_PYTHON,
      "score.py":
        'from double import double\n\n\ndef score():\n    return sum(1 for x in (2, -3, 5, 7, 11) if double(x) == x + x)\n\n\nif __name__ == "__main__":\n    print(score())\n',
    },
  },
};
