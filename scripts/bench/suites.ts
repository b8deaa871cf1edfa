import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Target, type Submission } from "@pawl/core";
import { adapterFor, discoverTests, openSandbox, removeSnapshot, takeSnapshot, TestSuiteCheck } from "@pawl/verify";

export interface SuiteRow {
  readonly runner: string;
  readonly screenedPerSecond: number;
  /** Of the box and of the engine. */
  readonly cpuMsPerVerdict: number;
  readonly cpuMsPerConfirmation: number;
  /** Why it is not measured: a runner that is not installed, no warm runner. */
  readonly missing?: string;
}

const LANES = 2;
const CONFIRMATIONS = 5;
const NUMBERS = [0, 1, 2, 3, 4];
const SUITES = {
  pytest: { command: "python3 -m pytest", style: "python" },
  unittest: { command: "python3 -m unittest", style: "unittest" },
  "node:test": { command: "node --test", style: "module", head: 'import { test } from "node:test";' },
  vitest: { command: "vitest run", style: "module", head: 'import { test } from "vitest";' },
  jest: { command: "jest", style: "commonjs", head: "" },
  mocha: { command: "mocha", style: "module", head: "const test = globalThis.it;" },
} as const;

/** Ten tests over one file with a fault, by every runner; each candidate is another text, three of four are wrong. */
export async function benchSuites(count: number): Promise<readonly SuiteRow[]> {
  const sandbox = await openSandbox({ unsafe: true });
  const rows: SuiteRow[] = [];
  for (const [runner, suite] of Object.entries(SUITES)) {
    const { files, source, variant } = projectOf(suite);
    const root = writeProject(files);
    const { command, runner: id } = discoverTests(root, suite.command);
    const snapshot = await takeSnapshot(root);
    try {
      rows.push({ runner, ...(await benchSuite({ sandbox, snapshot, command }, id, source, variant, count)) });
    } catch (error) {
      rows.push({ ...NOTHING, runner, missing: (error as Error).message.split("\n")[0] ?? "" });
    } finally {
      await removeSnapshot(snapshot);
      rmSync(root, { recursive: true, force: true });
    }
  }
  return rows;
}

const NOTHING = { screenedPerSecond: 0, cpuMsPerVerdict: 0, cpuMsPerConfirmation: 0 };

async function benchSuite(
  context: Parameters<typeof TestSuiteCheck.create>[0],
  id: Parameters<typeof adapterFor>[0],
  source: string,
  variant: (index: number) => string,
  count: number,
): Promise<Omit<SuiteRow, "runner">> {
  const signal = new AbortController().signal;
  const { check, coldReason } = await TestSuiteCheck.create(context, adapterFor(id), { lanes: LANES });
  try {
    if (coldReason !== null) return { ...NOTHING, missing: coldReason };
    const { base } = new Target({ [source]: variant(0) }, context.snapshot.hash);
    const submissionOf = (index: number): Submission => ({
      candidate: { ...base, id: `candidate-${index}` },
      files: { [source]: variant(index) },
    });
    let cpu = 0;
    let next = 1;
    const worker = async (last: number): Promise<void> => {
      while (next < last) {
        const index = next++;
        const verdict = await check.screen(submissionOf(index), signal);
        cpu += verdict.cost.cpuMs;
        const wanted = index % 4 === 0 ? "passed" : "failed";
        if (verdict.status !== wanted) throw new Error(`candidate ${index} ${verdict.status}, should have ${wanted}`);
      }
    };
    const run = (last: number) => Promise.all(Array.from({ length: LANES }, () => worker(last)));
    await run(next + 16);
    cpu = 0;
    const first = next;
    const engine = process.cpuUsage();
    const started = performance.now();
    await run(first + count);
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(engine);
    let confirming = 0;
    for (let i = 1; i <= CONFIRMATIONS; i++)
      confirming += (await check.confirm(submissionOf(4 * i), signal)).cost.cpuMs;
    return {
      screenedPerSecond: count / seconds,
      cpuMsPerVerdict: (cpu + (user + system) / 1000) / count,
      cpuMsPerConfirmation: confirming / CONFIRMATIONS,
    };
  } finally {
    await check.close();
  }
}

function projectOf(suite: (typeof SUITES)[keyof typeof SUITES]): {
  readonly files: Readonly<Record<string, string>>;
  readonly source: string;
  /** Every fourth is right, but for the base. */
  readonly variant: (index: number) => string;
} {
  const python = suite.style === "python" || suite.style === "unittest";
  const source = python ? "calc.py" : "calc.js";
  const variant = (index: number): string => {
    const sum = index > 0 && index % 4 === 0 ? `a + b + 0 * ${index}` : `a - b - ${index}`;
    if (python) return `def add(a, b):\n    return ${sum}\n\n\ndef multiply(a, b):\n    return a * b\n`;
    const text = `function add(a, b) {\n  return ${sum};\n}\n\nfunction multiply(a, b) {\n  return a * b;\n}\n`;
    return text + (suite.style === "module" ? "export { add, multiply };\n" : "module.exports = { add, multiply };\n");
  };
  const fails = "throw new Error('wrong')";
  const tests = NUMBERS.flatMap((n) =>
    [
      [`add`, 2 * n],
      [`multiply`, n * n],
    ].map(([name, wanted]) =>
      python
        ? `def test_${name}_${n}():\n    assert ${name}(${n}, ${n}) == ${wanted}\n`
        : `test("${name} ${n}", () => { if (${name}(${n}, ${n}) !== ${wanted}) ${fails}; });`,
    ),
  );
  if (python) {
    const load = "from calc import add, multiply\n\n";
    const group = "import unittest\n\n\nclass Calc(unittest.TestCase):\n";
    const methods = tests.map((text) => text.replace("()", "(self)").replaceAll(/^(?=.)/gm, "    "));
    const text = suite.style === "python" ? load + tests.join("\n") : load + group + methods.join("\n");
    return { source, variant, files: { [source]: variant(0), "test_calc.py": text } };
  }
  const isModule = suite.style === "module";
  const load = isModule
    ? 'import { add, multiply } from "../calc.js";'
    : 'const { add, multiply } = require("../calc.js");';
  const files = {
    "package.json": JSON.stringify({ type: suite.style }),
    [source]: variant(0),
    "test/calc.test.js": [suite.head, load, ...tests, ""].join("\n"),
    ...(suite.command === "mocha" && { ".mocharc.json": '{"spec":"test/*.test.js"}' }),
  };
  return { source, variant, files };
}

/** In a temporary folder, with the repository's own packages as its dependencies. */
function writeProject(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "pawl-bench-")));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const packages = fileURLToPath(new URL("../../node_modules", import.meta.url));
  if (existsSync(packages)) symlinkSync(packages, join(root, "node_modules"));
  return root;
}
