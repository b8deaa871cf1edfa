import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Target } from "@pawl/core";
import { speed, type SpeedResult } from "@pawl/improve";
import { accept, LOG_CPU, openSandbox, removeSnapshot, SpeedCheck, takeSnapshot, type Sandbox } from "@pawl/verify";
import { loadSpeedCorpus, type SpeedTask } from "@pawl/worlds";

/**
 * Claim: without a model, at least half of the functions of the code-speed world get a confirmed speed-up, the geometric mean over all of
 * them (1 for those without) is at least 1.6, and 10,000 fresh random inputs for each accepted function show no change of behaviour.
 * Beside it: random edits under the same number of evaluations, and every function against itself. Margins set on 2026-11-25, before
 * the first run.
 */
export const MARGINS = { share: 0.5, geometricMean: 1.6, changes: 0 } as const;

const RESULTS = new URL("../../docs/data/speed.json", import.meta.url);
const BUDGET = { evaluations: 80, seconds: 180 };
const QUICK_BUDGET = { evaluations: 10, seconds: 60 };
const FRESH_CALLS = 10_000;
const CALLS_AT_ONCE = 2000;
const MOST_FURTHER = 4;
/** Functions at the same time: CPU time is read from outside, and false accepts under background load are measured (docs/acceptance.md). */
const AT_ONCE = 2;
const NULL_PAIRS = 40;
const NULL_ALPHA = 0.05;

export interface SpeedLine {
  readonly id: string;
  readonly language: SpeedTask["language"];
  readonly split: SpeedTask["split"];
  readonly status: SpeedResult["status"];
  /** Time before over time after; 1 when nothing was confirmed. */
  readonly ratio: number;
  readonly interval: readonly [number, number] | null;
  readonly growth: SpeedResult["growth"];
  readonly change: string;
  readonly screened: number;
  readonly seconds: number;
  /** Calls compared after the run, and how many of them differ. */
  readonly fresh: { readonly calls: number; readonly changes: number };
  /** The same number of evaluations spent on random edits. */
  readonly random: { readonly status: SpeedResult["status"]; readonly ratio: number };
  /** Whether the function was taken for a faster one than itself. */
  readonly nullDecision: string;
}

export async function claimSpeed(quick: boolean): Promise<void> {
  const sandbox = await openSandbox({ unsafe: true });
  const tasks = loadSpeedCorpus().filter((_, i) => !quick || i % 15 === 0);
  const lines: SpeedLine[] = quick ? [] : earlier();
  const queue = tasks.filter(({ id }) => !lines.some((line) => line.id === id)).values();
  const work = async (): Promise<void> => {
    for (const task of queue) await take(task);
  };
  const take = async (task: SpeedTask): Promise<void> => {
    const line = await measured(task, sandbox, quick);
    lines.push(line);
    const order = (one: SpeedLine): number => tasks.findIndex((each) => each.id === one.id);
    lines.sort((a, b) => order(a) - order(b));
    const { id, split, status, ratio, change, screened, seconds, fresh, random, nullDecision } = line;
    process.stdout.write(
      `${split} ${id}: ${status} ${ratio.toFixed(2)} (${screened} evaluations, ${Math.round(seconds)} s; ${fresh.changes} changes on ${fresh.calls} calls; random ${quick ? "not asked" : random.ratio.toFixed(2)}; itself ${nullDecision}) ${change}\n`,
    );
    if (!quick) save(lines);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const { confirmed, share, mean, changes, randomConfirmed, randomMean, falseAccepts } = summaryOf(lines);
  process.stdout.write(
    `confirmed: ${confirmed} of ${lines.length} (${Math.round(100 * share)} %), geometric mean ${mean.toFixed(2)}, changes ${changes}; ` +
      (quick
        ? "random edits and null tests: not asked in short form\n"
        : `random edits: ${randomConfirmed}, geometric mean ${randomMean.toFixed(2)}; faster than itself: ${falseAccepts} of ${lines.length}\n`),
  );
  if (!quick && (share < MARGINS.share || mean < MARGINS.geometricMean || changes > MARGINS.changes))
    process.exitCode = 1;
}

export function summaryOf(lines: readonly SpeedLine[]) {
  const confirmed = lines.filter((line) => line.status === "faster").length;
  const geometric = (ratios: readonly number[]): number =>
    Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / Math.max(1, ratios.length));
  return {
    confirmed,
    share: confirmed / Math.max(1, lines.length),
    mean: geometric(lines.map((line) => line.ratio)),
    changes: lines.reduce((sum, line) => sum + line.fresh.changes, 0),
    randomConfirmed: lines.filter((line) => line.random.status === "faster").length,
    randomMean: geometric(lines.map((line) => line.random.ratio)),
    falseAccepts: lines.filter((line) => line.nullDecision === "better").length,
  };
}

/** A full run that was interrupted goes on: delete the file to measure anew. */
function earlier(): SpeedLine[] {
  try {
    const lines = JSON.parse(readFileSync(RESULTS, "utf8")) as SpeedLine[];
    return lines.length < loadSpeedCorpus().length ? lines : [];
  } catch {
    return [];
  }
}

function save(lines: readonly SpeedLine[]): void {
  mkdirSync(new URL(".", RESULTS), { recursive: true });
  writeFileSync(RESULTS, `${JSON.stringify(lines, null, 1)}\n`);
}

async function measured(task: SpeedTask, sandbox: Sandbox, quick: boolean): Promise<SpeedLine> {
  const root = mkdtempSync(join(tmpdir(), "pawl-claim-speed-"));
  writeFileSync(join(root, task.file), task.source);
  writeFileSync(join(root, "package.json"), '{"type":"module"}');
  const common = {
    root,
    target: `${task.file}#${task.call}`,
    examples: task.examples,
    family: task.family,
    seed: 1,
    unsafe: true,
  };
  try {
    const result = await speed({ ...common, budget: quick ? QUICK_BUDGET : BUDGET });
    const faster = result.status === "faster";
    const control = { evaluations: result.evaluations.screened, seconds: 3 * BUDGET.seconds };
    const random = quick ? null : await speed({ ...common, budget: control, proposer: "random" });
    const after = await afterwards(task, root, sandbox, faster ? patched(task.source, result.patch) : null, quick);
    return {
      id: task.id,
      language: task.language,
      split: task.split,
      status: result.status,
      ratio: faster ? result.cpu.ratio : 1,
      interval: faster ? result.cpu.interval : null,
      growth: result.growth,
      change: faster ? addedLines(result.patch) : "",
      screened: result.evaluations.screened,
      seconds: result.seconds,
      ...after,
      random: { status: random?.status ?? "not-faster", ratio: random?.status === "faster" ? random.cpu.ratio : 1 },
    };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The accepted text on fresh calls, and the function against itself (with a comment more, so that it is another candidate). */
async function afterwards(
  task: SpeedTask,
  root: string,
  sandbox: Sandbox,
  text: string | null,
  quick: boolean,
): Promise<Pick<SpeedLine, "fresh" | "nullDecision">> {
  const signal = new AbortController().signal;
  const snapshot = await takeSnapshot(root);
  try {
    const measured = { sandbox, snapshot, module: task.file, call: task.call };
    const check = new SpeedCheck({ measured, examples: task.examples, family: task.family, constants: [], seed: 7 });
    await check.prepare(signal);
    let [calls, changes] = [0, 0];
    const wanted = quick ? CALLS_AT_ONCE : FRESH_CALLS;
    // Where slow calls are left out, further parts make up for them.
    const parts = text === null ? 0 : (MOST_FURTHER * wanted) / CALLS_AT_ONCE;
    const files = { [task.file]: text as string };
    for (let part = 0; part < parts && calls < wanted; part++) {
      const fresh = await check.compareFresh(files, `claim-${part}`, CALLS_AT_ONCE, signal);
      calls += fresh.calls;
      if (fresh.difference !== null) changes++;
    }
    if (quick) return { fresh: { calls, changes }, nullDecision: "not asked" };
    const { base } = new Target({ [task.file]: task.source }, snapshot.hash);
    const comment = task.file.endsWith(".py") ? "# the same\n" : "// the same\n";
    const same = { candidate: base, files: { [task.file]: comment + task.source } };
    const options = {
      objective: LOG_CPU,
      sign: -1 as const,
      minGain: 0,
      alpha: NULL_ALPHA,
      maxPairs: NULL_PAIRS,
      exact: false,
    };
    const { decision } = await accept(
      check,
      { candidate: base, files: {} },
      same,
      { ...options, earlier: { incumbent: [], challenger: [] } },
      signal,
    );
    return { fresh: { calls, changes }, nullDecision: decision };
  } finally {
    await removeSnapshot(snapshot);
  }
}

/** Applies a unified diff of one file. */
function patched(source: string, patch: string): string {
  const lines = source.split("\n");
  const out: string[] = [];
  let at = 0;
  for (const line of patch.split("\n")) {
    const hunk = /^@@ -(\d+)(?:,(\d+))? \+/.exec(line);
    if (hunk !== null) {
      const start = hunk[2] === "0" ? Number(hunk[1]) : Number(hunk[1]) - 1;
      while (at < start) out.push(lines[at++] as string);
    } else if (/^(diff|---|\+\+\+|\\)/.test(line)) continue;
    else if (line.startsWith("+")) out.push(line.slice(1));
    else if (line.startsWith("-")) at++;
    else if (line.startsWith(" ")) out.push(lines[at++] as string);
  }
  return [...out, ...lines.slice(at)].join("\n");
}

function addedLines(patch: string): string {
  return patch
    .split("\n")
    .filter((line) => line.startsWith("+") && !line.startsWith("+++"))
    .map((line) => line.slice(1).trim())
    .join(" ⏎ ")
    .slice(0, 160);
}
