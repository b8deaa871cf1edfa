import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Target, type Submission } from "@pawl/core";
import { FunctionCheck, openSandbox, removeSnapshot, takeSnapshot } from "@pawl/verify";

export interface FunctionRow {
  readonly language: string;
  readonly screenedPerSecond: number;
  /** Of the box and of the engine. */
  readonly cpuMsPerVerdict: number;
  readonly cpuMsPerConfirmation: number;
}

const SOURCES = {
  "clamp.js": (low: number) =>
    `export function clamp(x, low, high) {\n  if (x < low) return low + ${low};\n  return x > high ? high : x;\n}\n`,
  "clamp.py": (low: number) =>
    `def clamp(x, low, high):\n    if x < low:\n        return low + ${low}\n    return high if x > high else x\n`,
} as const;
const CASES = [
  { call: "clamp", args: [5, 0, 10], returns: 5 },
  { call: "clamp", args: [-5, 0, 10], returns: 0 },
  { call: "clamp", args: [50, 0, 10], returns: 10 },
];

/** Screened verdicts per second on two lanes, and CPU of a clean confirmation, for a small function; every candidate is another text. */
export async function benchFunctions(count: number): Promise<readonly FunctionRow[]> {
  const signal = new AbortController().signal;
  const sandbox = await openSandbox({ unsafe: true });
  const rows: FunctionRow[] = [];
  for (const [module, source] of Object.entries(SOURCES)) {
    const folder = mkdtempSync(join(tmpdir(), "pawl-bench-"));
    writeFileSync(join(folder, module), source(1));
    const snapshot = await takeSnapshot(folder);
    const { base } = new Target({ [module]: source(1) }, snapshot.hash);
    const check = new FunctionCheck({ sandbox, snapshot, judge: { module, cases: CASES }, lanes: 2 });
    const submissionOf = (i: number): Submission => ({
      candidate: { ...base, id: `candidate-${i}` },
      files: { [module]: source(i + 2) },
    });
    try {
      await Promise.all(Array.from({ length: 50 }, (_, i) => check.screen(submissionOf(i), signal)));
      const engine = process.cpuUsage();
      const started = performance.now();
      const verdicts = await Promise.all(
        Array.from({ length: count }, (_, i) => check.screen(submissionOf(100 + i), signal)),
      );
      const seconds = (performance.now() - started) / 1000;
      const { user, system } = process.cpuUsage(engine);
      const inBoxes = verdicts.reduce((sum, verdict) => sum + verdict.cost.cpuMs, 0);
      let cpu = 0;
      const confirmations = 10;
      for (let i = 0; i < confirmations; i++) cpu += (await check.confirm(submissionOf(i), signal)).cost.cpuMs;
      rows.push({
        language: module.endsWith(".js") ? "JavaScript" : "Python",
        screenedPerSecond: count / seconds,
        cpuMsPerVerdict: (inBoxes + (user + system) / 1000) / count,
        cpuMsPerConfirmation: cpu / confirmations,
      });
    } finally {
      await check.close();
      await removeSnapshot(snapshot);
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return rows;
}
