import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Sandbox } from "../sandbox.ts";
import { openSandbox } from "../open-sandbox.ts";
import { removeSnapshot, takeSnapshot } from "../snapshot.ts";
import { discoverTests } from "./discover.ts";
import type { SuiteContext } from "./types.ts";

let sandbox: Promise<Sandbox> | null = null;

/** For tests: writes a small project into a temporary folder; returns its absolute path. */
export function writeProject(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "pawl-fixture-")));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** For tests: a project with its context, in the sandbox of this machine; everything is removed when the scope is left. */
export async function openProject(
  files: Readonly<Record<string, string>>,
  testCommand?: string,
): Promise<{ readonly root: string; readonly context: SuiteContext } & AsyncDisposable> {
  const root = writeProject(files);
  const snapshot = await takeSnapshot(root);
  const { command } = discoverTests(root, testCommand);
  sandbox ??= openSandbox({ unsafe: true });
  const context = { sandbox: await sandbox, snapshot, command };
  return {
    root,
    context,
    async [Symbol.asyncDispose]() {
      await removeSnapshot(snapshot);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** For tests and benchmarks: ten tests over one source file with a fault; the variants are wrong but for the last, which is right. */
export function tenTestProject(language: "javascript" | "python"): {
  readonly files: Readonly<Record<string, string>>;
  readonly command: string;
  readonly source: string;
  readonly broken: string;
  readonly variants: readonly string[];
} {
  const python = language === "python";
  const make = (sum: string, product: string) =>
    python
      ? `def add(a, b):\n    return ${sum}\n\n\ndef multiply(a, b):\n    total = 0\n    for _ in range(b):\n        total = ${product}\n    return total\n`
      : `export function add(a, b) {\n  return ${sum};\n}\n\nexport function multiply(a, b) {\n  let total = 0;\n  for (let i = 0; i < b; i++) total = ${product};\n  return total;\n}\n`;
  const cases = [0, 1, 2, 3, 4];
  const tests = python
    ? [
        "from calc import add, multiply",
        ...cases.flatMap((n) => [
          `def test_add_${n}():\n    assert add(${n}, ${n}) == ${2 * n}`,
          `def test_multiply_${n}():\n    assert multiply(${n}, ${n}) == ${n * n}`,
        ]),
      ]
    : [
        'import { test } from "node:test";\nimport assert from "node:assert/strict";\nimport { add, multiply } from "../calc.js";',
        ...cases.flatMap((n) => [
          `test("add ${n}", () => assert.equal(add(${n}, ${n}), ${2 * n}));`,
          `test("multiply ${n}", () => assert.equal(multiply(${n}, ${n}), ${n * n}));`,
        ]),
      ];
  return {
    files: {
      [python ? "tests/test_calc.py" : "test/calc.test.js"]: `${tests.join("\n\n")}\n`,
      ...(!python && { "package.json": '{"type":"module"}' }),
    },
    command: python ? "python3 -m pytest" : "node --test",
    source: python ? "calc.py" : "calc.js",
    broken: make("a - b", "total + a"),
    variants: [
      make("a * b", "total + a"),
      make("b - a", "total + a"),
      make("a + b", "total - a"),
      make("a + b", "total + a"),
    ],
  };
}
