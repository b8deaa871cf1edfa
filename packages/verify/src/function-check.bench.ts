/**
 * How many candidates a function check screens in a second, with and without hanging ones among them, and what a confirmation costs.
 * Run: node packages/verify/src/function-check.bench.ts
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Submission } from "@pawl/core";
import { FunctionCheck } from "./function-check.ts";
import { openSandbox } from "./open-sandbox.ts";
import { removeSnapshot, takeSnapshot } from "./snapshot.ts";
import type { FunctionCase } from "./wire.ts";

const CANDIDATES = 3000;
const AT_ONCE = 32;
const JAVASCRIPT = `export function merge(intervals) {
  const out = [];
  for (const [from, to] of [...intervals].sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
}
`;
const PYTHON = `def merge(intervals):
    out = []
    for start, end in sorted(intervals):
        if out and start <= out[-1][1]:
            out[-1][1] = max(out[-1][1], end)
        else:
            out.append([start, end])
    return out
`;
const PROGRAMS: Readonly<
  Record<string, { readonly text: string; readonly hang: [string, string]; readonly comment: string }>
> = {
  "main.mjs": { text: JAVASCRIPT, hang: ["return out", "for (;;); return out"], comment: "//" },
  "main.ts": {
    text: JAVASCRIPT.replace("(intervals)", "(intervals: [number, number][]): [number, number][]").replace(
      "out = []",
      "out: [number, number][] = []",
    ),
    hang: ["return out", "for (;;); return out"],
    comment: "//",
  },
  "main.py": { text: PYTHON, hang: ["    return out", "    while True: pass"], comment: "#" },
};
const CASES: readonly FunctionCase[] = [
  {
    call: "merge",
    args: [
      [
        [1, 3],
        [2, 6],
      ],
    ],
    returns: [[1, 6]],
  },
  {
    call: "merge",
    args: [
      [
        [1, 3],
        [3, 6],
      ],
    ],
    returns: [[1, 6]],
  },
  { call: "merge", args: [[]], returns: [] },
  {
    call: "merge",
    args: [
      [
        [5, 6],
        [1, 2],
      ],
    ],
    returns: [
      [1, 2],
      [5, 6],
    ],
  },
];

const root = mkdtempSync(join(tmpdir(), "pawl-bench-"));
for (const [path, { text }] of Object.entries(PROGRAMS)) writeFileSync(join(root, path), text);
const snapshot = await takeSnapshot(root);
const sandbox = await openSandbox();
const { signal } = new AbortController();
const submission = (path: string, text: string): Submission => ({
  candidate: { id: "", changes: [], parents: [], origin: { proposer: "", summary: "" } },
  files: { [path]: text },
});

for (const [path, { text, hang, comment }] of Object.entries(PROGRAMS)) {
  const check = new FunctionCheck({ sandbox, snapshot, judge: { module: path, cases: CASES } });
  const confirmations: number[] = [];
  for (let i = 0; i < 5; i++) confirmations.push((await check.confirm(submission(path, text), signal)).cost.cpuMs);
  console.log(`${path}: a confirmation takes ${Math.min(...confirmations).toFixed(0)} ms of CPU time (least of 5)`);
  for (const every of [Infinity, 50]) {
    const engineBefore = process.cpuUsage();
    const started = performance.now();
    let next = 0;
    let laneMs = 0;
    const worker = async (): Promise<void> => {
      while (next < CANDIDATES) {
        const number = next++;
        const variant =
          number % every === 7 ? text.replace(...hang) : number % 2 === 0 ? text : text.replace("<=", "<");
        const verdict = await check.screen(submission(path, `${variant}${comment} ${number}\n`), signal);
        laneMs += verdict.cost.cpuMs;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    const seconds = (performance.now() - started) / 1000;
    const engine = process.cpuUsage(engineBefore);
    const engineMs = (engine.user + engine.system) / 1000 / CANDIDATES;
    const what = every === Infinity ? "none hangs" : `one of ${every} hangs`;
    console.log(
      `${path}: ${(CANDIDATES / seconds).toFixed(0)} verdicts/s (${what}); CPU ms each: ${(laneMs / CANDIDATES).toFixed(2)} in the lane, ${engineMs.toFixed(2)} in the engine`,
    );
  }
  await check.close();
}
await removeSnapshot(snapshot);
rmSync(root, { recursive: true });
