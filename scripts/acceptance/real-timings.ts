import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Check } from "@pawl/core";
import { accept, DEFAULT_LIMITS, openSandbox, removeSnapshot, takeSnapshot } from "@pawl/verify";
import { twoSides } from "./power.ts";
import { MOST_PAIRS } from "./simulation.ts";

export interface RealTimings {
  /** Tests of a function against itself. */
  readonly nullTests: number;
  readonly falseAccepts: number;
  /** What each of them may do at most with probability `alpha`. */
  readonly alpha: number;
  readonly pairs: number;
  /** Standard deviation over the mean of the CPU times of one function. */
  readonly noise: number;
  /** The same program with a third of its rounds left out: tests, how many found it, and the CPU time it saves, as a share. */
  readonly gainTests: number;
  readonly found: number;
  readonly saved: number;
}

const ALPHA = 0.05;
const PROGRAM = (rounds: number): string => `let state = 1;
const words = [];
for (let round = 0; round < ${rounds}; round++) {
  state = (state * 48271) % 2147483647;
  words.push("w" + (state % 1000));
}
words.sort();
console.log(new Set(words).size);
`;
const ROUNDS = 30_000;

/**
 * Real CPU times of identical programs, each run in a fresh box, while other processes come and go: how often does the test say "better"?
 * Every test has a whole budget of ALPHA here; in a run the first one has half of it.
 */
export async function realTimings(nullTests: number, gainTests: number): Promise<RealTimings> {
  const root = mkdtempSync(join(tmpdir(), "pawl-timings-"));
  writeFileSync(join(root, "program.mjs"), PROGRAM(ROUNDS));
  const snapshot = await takeSnapshot(root);
  const sandbox = await openSandbox();
  const load = new BackgroundLoad();
  const { incumbent, challenger } = twoSides();
  const times: number[] = [];
  const shorter: number[] = [];
  let pairs = 0;
  const decide = async (challengerRounds: number): Promise<boolean> => {
    const confirm: Check["confirm"] = async ({ candidate }, signal) => {
      const isChallenger = candidate.id === challenger.candidate.id;
      const files = { "program.mjs": PROGRAM(isChallenger ? challengerRounds : ROUNDS) };
      const done = await sandbox.run({ snapshot, files }, { argv: ["node", "program.mjs"] }, DEFAULT_LIMITS, signal);
      if (done.exitCode !== 0) throw new Error(done.stderr);
      if (!isChallenger) times.push(done.cpuMs);
      else if (challengerRounds !== ROUNDS) shorter.push(done.cpuMs);
      const cost = { wallMs: done.wallMs, cpuMs: done.cpuMs };
      return { status: "passed", scores: { cpuMs: [done.cpuMs] }, feedback: [], cost, evidence: [] };
    };
    const check = { id: "cpu time", deterministic: false, screen: confirm, confirm, close: async () => {} };
    const options = { objective: "cpuMs", sign: -1, alpha: ALPHA, minGain: 0, maxPairs: MOST_PAIRS } as const;
    const unknown = { exact: false, earlier: { incumbent: [], challenger: [] } };
    const result = await accept(check, incumbent, challenger, { ...options, ...unknown }, new AbortController().signal);
    pairs += result.pairs.length;
    return result.decision === "better";
  };
  try {
    const falseAccepts = await countOf(nullTests, () => decide(ROUNDS));
    const nullPairs = pairs;
    const noise = deviation(times);
    const found = await countOf(gainTests, () => decide((ROUNDS * 2) / 3));
    const saved = 1 - mean(shorter) / mean(times);
    return { nullTests, falseAccepts, alpha: ALPHA, pairs: nullPairs, noise, gainTests, found, saved };
  } finally {
    load.stop();
    await removeSnapshot(snapshot);
    rmSync(root, { recursive: true });
  }
}

/** How many of so many decisions were a yes; two are made at a time, each of which is load for the other. */
async function countOf(wanted: number, decide: () => Promise<boolean>): Promise<number> {
  let [begun, yes] = [0, 0];
  const lane = async (): Promise<void> => {
    while (begun++ < wanted) yes += Number(await decide());
  };
  await Promise.all([lane(), lane()]);
  return yes;
}

/** Processes that work in bursts, so that the machine is now busy and now not. */
class BackgroundLoad {
  readonly #processes: readonly ChildProcess[];

  constructor() {
    const burst = (busy: number, idle: number): string =>
      `const work = () => { const end = performance.now() + ${busy}; while (performance.now() < end); setTimeout(work, ${idle}); }; work();`;
    this.#processes = [burst(300, 200), burst(1700, 1100)].map((program) =>
      spawn(process.execPath, ["--eval", program], { stdio: "ignore" }),
    );
  }

  stop(): void {
    for (const each of this.#processes) each.kill("SIGKILL");
  }
}

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1)) / middle;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
