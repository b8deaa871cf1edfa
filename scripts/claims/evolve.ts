import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { BasinHopping } from "@pawl/propose";
import { Rng } from "@pawl/core";
import type { EvolveResult } from "@pawl/improve";
import { EVOLVE_PROBLEMS, packingProblem, type Baseline, type EvolveProblem } from "@pawl/worlds";

/**
 * Claims, each with the command a user would type, no model, and one core (`--jobs 1`):
 * circle packing, n = 26: an exactly valid sum of radii of at least 2.6359 within 600 s from every seed (the aim beyond: 2.635983 within 200 s);
 * bin packing and the tour: from every seed the result beats the start (best fit; nearest neighbour) on held-out instances;
 * sorting networks: no claim, reported.
 * Margins set on 2026-11-25, before the first full run.
 */
export const MARGINS = { packing: { score: 2.6359, seconds: 600, aim: 2.635983, aimSeconds: 200 } } as const;

const PAWL = fileURLToPath(new URL("../../packages/cli/bin/pawl.cjs", import.meta.url));
const RESULTS = new URL("../../docs/data/evolve.json", import.meta.url);

interface Plan {
  readonly problem: string;
  readonly options: readonly string[];
  readonly seeds: readonly number[];
}

const PACKING_GOAL = ["--goal", String(MARGINS.packing.aim), "--budget", `${MARGINS.packing.seconds}s`];
const PLANS: readonly Plan[] = [
  { problem: "circle-packing", options: PACKING_GOAL, seeds: [1, 2, 3, 4, 5] },
  { problem: "bin-packing-weibull", options: ["--budget", "150,10m"], seeds: [1, 2, 3] },
  { problem: "bin-packing-uniform", options: ["--budget", "150,10m"], seeds: [1, 2, 3] },
  { problem: "tour", options: ["--budget", "150,10m"], seeds: [1, 2, 3] },
  { problem: "sorting-network", options: ["--search", "map-elites", "--budget", "150s"], seeds: [1, 2, 3] },
];
/** Short forms of the same, of a few seconds each; they show that the commands work. */
const QUICK: readonly Plan[] = [
  { problem: "circle-packing", options: ["--budget", "8s", "--no-baselines"], seeds: [1] },
  { problem: "bin-packing-weibull", options: ["--budget", "20,15s", "--no-baselines"], seeds: [1] },
  { problem: "tour", options: ["--budget", "15,10s", "--no-baselines"], seeds: [1] },
  { problem: "sorting-network", options: ["--budget", "10,5s", "--no-baselines"], seeds: [1] },
];

export interface EvolveLine {
  readonly problem: string;
  readonly title: string;
  readonly command: string;
  readonly seed: number;
  readonly result: Omit<EvolveResult, "run" | "patch">;
  /** Seconds of the run at the first kept score of at least the margin, and at the end of the search. */
  readonly times: { readonly margin: number | null; readonly search: number };
  /** Known methods, computed by the worlds package. */
  readonly known: readonly Baseline[];
  readonly bestKnown: number | null;
}

export interface EvolveData {
  readonly lines: readonly EvolveLine[];
  /** Circle packing by the same local solver from random starts only, as many solves as seconds allow: what the hopping adds. */
  readonly restarts: { readonly seconds: number; readonly solves: number; readonly score: number } | null;
}

export async function claimEvolve(quick: boolean): Promise<void> {
  const lines: EvolveLine[] = [];
  for (const { problem: id, options, seeds } of quick ? QUICK : PLANS) {
    const problem = EVOLVE_PROBLEMS.find((each) => each.id === id) as EvolveProblem;
    for (const seed of seeds) {
      const line = await runOnce(problem, options, seed, quick);
      lines.push(line);
      const { score, seconds, baselines } = line.result;
      const beside = baselines.map((each) => `, ${each.name} ${each.score}`).join("");
      const held = score.heldOut === null ? "" : `, held out ${score.heldOut.before} to ${score.heldOut.after}`;
      process.stdout.write(
        `${id}, seed ${seed}: ${score.before} to ${score.after}, searched ${line.times.search} s of ${seconds} s${held}${beside}\n`,
      );
      if (!quick) save({ lines, restarts: null });
    }
  }
  if (quick) return;
  const restarts = await randomRestarts(MARGINS.packing.aimSeconds);
  process.stdout.write(`circle-packing, random restarts for ${restarts.seconds} s: ${restarts.score}\n`);
  save({ lines, restarts });
  if (!lines.every(isReached)) process.exitCode = 1;
}

/** Whether a line keeps its claim; a line without a claim does. */
export function isReached({ problem, result, times }: EvolveLine): boolean {
  const { heldOut, after } = result.score;
  const { packing } = MARGINS;
  if (problem === "circle-packing")
    return after >= packing.score && times.margin !== null && times.margin <= packing.seconds;
  return heldOut === null || heldOut.after > heldOut.before;
}

async function runOnce(
  problem: EvolveProblem,
  options: readonly string[],
  seed: number,
  quick: boolean,
): Promise<EvolveLine> {
  const folder = mkdtempSync(join(tmpdir(), "pawl-evolve-"));
  try {
    cpSync(problem.directory, folder, { recursive: true });
    const { heldOut, constraints } = problem;
    const own = [
      ...problem.editable,
      "--score",
      problem.scoreFunction ?? problem.score,
      ...(heldOut === undefined ? [] : ["--held-out-score", heldOut.command]),
      ...(constraints === undefined ? [] : ["--problem", constraints]),
      ...options,
    ];
    const { result, times } = await pawl(folder, ["evolve", ...own, "--jobs", "1", "--seed", String(seed)]);
    const { run: _run, patch: _patch, ...rest } = result;
    return {
      problem: problem.id,
      title: problem.title,
      command: `pawl evolve ${own.map((each) => (each.includes(" ") ? `"${each}"` : each)).join(" ")}`,
      seed,
      result: rest,
      times,
      known: quick ? [] : await problem.baselines(),
      bestKnown: problem.bestKnown ?? null,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the command and reads the two times off its progress. */
function pawl(cwd: string, args: readonly string[]): Promise<{ result: EvolveResult; times: EvolveLine["times"] }> {
  return new Promise((resolve, reject) => {
    const stdio = ["ignore", "pipe", "pipe"] as ["ignore", "pipe", "pipe"];
    const child = spawn(process.execPath, [PAWL, ...args, "--json", "--plain"], { cwd, stdio });
    let margin: number | null = null;
    let search: number | null = null;
    let out = "";
    let errors = "";
    child.stdout.on("data", (data: Buffer) => (out += data.toString()));
    createInterface({ input: child.stderr }).on("line", (line) => {
      errors = `${errors}${line}\n`.slice(-2000);
      const seconds = secondsOf(line);
      if (Number(/; best (\S+) \(from/.exec(line)?.[1] ?? Number.NaN) >= MARGINS.packing.score) margin ??= seconds;
      if (/\] (?:the same budget|measuring the result)/.test(line)) search ??= seconds;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code !== 0 && code !== 1) return reject(new Error(`pawl ${args.join(" ")} ended with ${code}:\n${errors}`));
      const result = JSON.parse(out) as EvolveResult;
      resolve({ result, times: { margin, search: search ?? result.seconds } });
    });
  });
}

/** The time of a line of progress: `[evolve-1 38 s] …` or `[evolve-1 1 min 5 s] …`. */
function secondsOf(line: string): number {
  const [, minutes, seconds] = /^\[\S+ (?:(\d+) min )?([\d.]+) s\]/.exec(line) ?? [];
  return 60 * Number(minutes ?? 0) + Number(seconds ?? Number.NaN);
}

async function randomRestarts(seconds: number): Promise<NonNullable<EvolveData["restarts"]>> {
  const problem = await packingProblem();
  const started = process.cpuUsage();
  const used = (): number => {
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1e6;
  };
  let score = 0;
  let solves = 0;
  while (used() < seconds) {
    const search = new BasinHopping({ problem, rng: Rng.of("claim", "restarts", solves++) });
    search.hop();
    score = Math.max(score, search.best?.objective ?? 0);
  }
  return { seconds, solves, score };
}

function save(data: EvolveData): void {
  mkdirSync(new URL(".", RESULTS), { recursive: true });
  writeFileSync(RESULTS, `${JSON.stringify(data, null, 1)}\n`);
}
