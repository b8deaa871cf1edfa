// Prints how many candidates per second one warm process of vitest, jest and mocha judges against a ten-test suite.
// Run: node packages/verify/src/suites/script-runner.bench.ts [vitest|jest|mocha]
import { performance } from "node:perf_hooks";
import { test } from "node:test";
import { adapterFor } from "./adapters.ts";
import { openRunnerProject, statuses } from "./runner-fixture.ts";

const CANDIDATES = 300;
const NUMBERS = [0, 1, 2, 3, 4];
const ASSERTIONS = NUMBERS.flatMap((n) => [
  `  it("adds ${n}", () => assert.equal(add(${n}, ${n}), ${2 * n}));`,
  `  it("multiplies ${n}", () => assert.equal(multiply(${n}, ${n}), ${n * n}));`,
]).join("\n");
const RUNNERS = [
  [
    "vitest",
    'import { describe, it } from "vitest";\nimport assert from "node:assert";\nimport { add, multiply } from "../calc.js";',
  ],
  ["jest", 'const assert = require("node:assert");\nconst { add, multiply } = require("../calc.js");'],
  ["mocha", 'const assert = require("node:assert");\nconst { add, multiply } = require("../calc.js");'],
] as const;

for (const [runner, head] of RUNNERS.filter(([name]) => (process.argv[2] ?? name) === name)) {
  const esm = runner === "vitest";
  const calc = (sum: string) =>
    `${esm ? "export " : "exports.add = add;\nexports.multiply = multiply;\n"}function add(a, b) {\n  return ${sum};\n}\n\n${esm ? "export " : ""}function multiply(a, b) {\n  return a * b;\n}\n`;
  const files = {
    "package.json": JSON.stringify({ type: esm ? "module" : "commonjs", scripts: { test: runner } }),
    "calc.js": calc("a - b"),
    "test/calc.test.js": `${head}\ndescribe("calc", () => {\n${ASSERTIONS}\n});\n`,
  };
  void test(runner, async (t) => {
    const context = await openRunnerProject(t, runner, files);
    if (context === null) return;
    const adapter = adapterFor(runner);
    const clean = await adapter.runClean(context, { files: {}, timeoutMs: 60_000 });
    const begin = performance.now();
    const warm = await adapter.startWarm?.(context, clean);
    if (warm === undefined || "reason" in warm) throw new Error(warm?.reason);
    const startMs = performance.now() - begin;
    let cpuMs = 0;
    const started = performance.now();
    for (let n = 0; n < CANDIDATES; n++) {
      const right = n % 3 === 0;
      const report = await warm.run({
        files: { "calc.js": calc(right ? `a + b + 0 * ${n}` : `a + b * ${n + 2}`) },
        timeoutMs: 60_000,
      });
      cpuMs += report.cpuMs;
      const passed = Object.values(statuses(report)).filter((status) => status === "passed").length;
      if (passed !== (right ? 10 : 6)) throw new Error(`candidate ${n}: ${JSON.stringify(report)}`);
    }
    const perSecond = (CANDIDATES * 1000) / (performance.now() - started);
    console.log(
      `${runner}: ${perSecond.toFixed(0)} verdicts/s in one warm process, ${(cpuMs / CANDIDATES).toFixed(1)} ms CPU each; warm start ${startMs.toFixed(0)} ms; clean run ${clean.wallMs.toFixed(0)} ms; box: ${context.sandbox.isolation}`,
    );
    await warm.close();
  });
}
