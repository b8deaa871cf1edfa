import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { canonicalJson, EXIT, isOrdered, Rng, Store, type RunEvent } from "@pawl/core";
import { checkRun, doctor, patchOf } from "@pawl/improve";
import { killedAfter, runPawl, type Place } from "./kill-process.ts";

const EXAMPLES = fileURLToPath(new URL("../../examples", import.meta.url));
const DATA = new URL("../../docs/data/kill.json", import.meta.url);
/** Every example is tried with as many seeds. */
const SEEDS = 2;

/** What docs/reliability.md shows. */
export interface KillFigures {
  readonly kills: number;
  readonly runs: number;
  /** What was the last thing on record when the kill came, and how often. */
  readonly moments: Readonly<Record<string, number>>;
  /** Events or kept patches that were on record before a kill and changed or gone afterwards. */
  readonly lost: number;
  /** `resume` said no, although the run was not finished. */
  readonly refused: number;
  /** What `pawl doctor --run` found, after any kill and at the end. */
  readonly problems: number;
  /** Runs whose replay was not identical. */
  readonly differing: number;
  /** Processes of a killed run that lived on. */
  readonly survivors: number;
  /** Killed runs that decided everything, and came to every verdict, as the same run does without a kill. */
  readonly sameAsUnkilled: number;
}

type Counts = { -readonly [K in keyof KillFigures]: KillFigures[K] extends number ? number : Record<string, number> };

interface Subject {
  readonly example: string;
  readonly args: readonly string[];
  /** What it decides when it is left alone, and how many milliseconds it takes then. */
  readonly alone: { readonly decisions: readonly string[]; readonly milliseconds: number };
}

/**
 * Claim: killed with SIGKILL at random moments, a run goes on with `pawl resume` each time; every event that was on record stays as it was,
 * to the byte; no process survives; the final record is consistent, and its replay gives identical events.
 */
export async function claimKill(quick: boolean): Promise<void> {
  const wanted = quick ? 4 : 100;
  const rng = Rng.of("kill");
  const counts: Counts = {
    kills: 0,
    runs: 0,
    moments: {},
    lost: 0,
    refused: 0,
    problems: 0,
    differing: 0,
    survivors: 0,
    sameAsUnkilled: 0,
  };
  const subjects = await subjectsHere(quick ? 1 : SEEDS, counts);
  while (counts.kills < wanted) {
    const subject = subjects[counts.runs % subjects.length] as Subject;
    await killedRun(counts, subject, () =>
      counts.kills < wanted ? 100 + rng.int(Math.ceil(subject.alone.milliseconds)) : null,
    );
  }
  const { kills, runs, lost, refused, problems, differing, survivors, sameAsUnkilled } = counts;
  const good = lost + refused + problems + differing + survivors === 0;
  if (!quick) writeFileSync(DATA, `${JSON.stringify(counts, null, 2)}\n`);
  const moments = Object.entries(counts.moments).map(([type, times]) => `${type} ${times}`);
  process.stdout.write(
    `last on record when killed: ${moments.join(", ")}\n` +
      `${good ? "HOLDS" : "DOES NOT HOLD"}: ${kills} kills over ${runs} runs: ${lost} lost, ${refused} refused, ${problems} problems in records, ` +
      `${differing} replays that differ, ${survivors} surviving processes; ${sameAsUnkilled} of ${runs} decide as without a kill\n`,
  );
  if (!good) process.exitCode = 1;
}

/** The examples this machine can run, each with some seeds; every one is run once and left alone. */
async function subjectsHere(seeds: number, counts: Counts): Promise<readonly Subject[]> {
  const python = (await doctor()).languages.find(({ name }) => name === "python");
  const examples: readonly (readonly [string, readonly string[]])[] = [
    ["npm-library", ["fix"]],
    ["bin-packing", ["evolve", "heuristic.js", "--score", "node score.js", "--budget", "60"]],
    ...(/^pytest \d/.test(python?.detail ?? "") ? [["python-package", ["fix"]] as const] : []),
  ];
  const subjects: Subject[] = [];
  for (let seed = 1; seed <= seeds; seed++)
    for (const [example, words] of examples) {
      const args = [...words, "--seed", String(seed), "--json"];
      const folder = mkdtempSync(join(tmpdir(), "pawl-alone-"));
      const place = prepare(folder, example);
      const started = performance.now();
      await runPawl(place, args);
      const milliseconds = performance.now() - started;
      const decisions = decisionsOf(read(place.project, counts, report(example, args)).events);
      subjects.push({ example, args, alone: { decisions, milliseconds } });
      rmSync(folder, { recursive: true, force: true });
    }
  return subjects;
}

function report(example: string, args: readonly string[]): (text: string) => void {
  return (text) => void process.stdout.write(`${example}: pawl ${args.join(" ")}: ${text}\n`);
}

/** One run that is killed until `patience` has no more kills, then finished, replayed, and compared with the one that was left alone. */
async function killedRun(counts: Counts, subject: Subject, patience: () => number | null): Promise<void> {
  const { example, args, alone } = subject;
  const folder = mkdtempSync(join(tmpdir(), "pawl-kill-"));
  const say = report(example, args);
  try {
    const place = prepare(folder, example);
    const known = await killedAndResumed(place, args, counts, patience, say);
    counts.runs += 1;
    const replay = await runPawl(place, ["replay", "--json"]);
    if (replay.code !== 0 || (JSON.parse(replay.stdout) as { identical: boolean }).identical !== true) {
      counts.differing += 1;
      say(`its replay differs: ${replay.stdout}${replay.stderr}`);
    }
    const parting = firstDifference(decisionsOf(known.events), alone.decisions);
    if (parting === null) counts.sameAsUnkilled += 1;
    else say(`left alone, it decides otherwise: ${parting}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts the run and resumes it after every kill until it is finished. Returns what is on record then. */
async function killedAndResumed(
  place: Place,
  args: readonly string[],
  counts: Counts,
  patience: () => number | null,
  say: (text: string) => void,
): Promise<Known> {
  let known: Known = { id: null, events: [], patches: new Map() };
  for (;;) {
    const command = known.id === null ? args : ["resume", known.id, "--json"];
    const milliseconds = patience();
    const ended = await (milliseconds === null ? runPawl(place, command) : killedAfter(place, command, milliseconds));
    if (ended.killed) counts.kills += 1;
    counts.survivors += ended.survivors.length;
    for (const survivor of ended.survivors) say(`lives on: ${survivor}`);
    const now = read(place.project, counts, say);
    const changed = differencesBetween(known, now);
    counts.lost += changed.length;
    for (const what of changed) say(what);
    known = now;
    if (ended.killed) {
      const moment = now.events.at(-1)?.type ?? "nothing";
      counts.moments[moment] = (counts.moments[moment] ?? 0) + 1;
    }
    if (now.events.some((event) => event.type === "finished")) return now;
    if (ended.killed) continue;
    if (ended.code === EXIT.interrupted) {
      say("paused by a signal from outside of this claim; resumed");
      continue;
    }
    counts.refused += 1;
    say(`${command.join(" ")} ended with ${ended.code}: ${ended.stdout}${ended.stderr}`);
    return now;
  }
}

/** A copy of the example; temporary files and what is learned stay beside it, so that what a killed run leaves can be found. */
function prepare(folder: string, example: string): Place {
  const project = join(folder, "project");
  const ignored = /[\\/](?:node_modules|__pycache__|\.pytest_cache|\.pawl)$/;
  cpSync(join(EXAMPLES, example), project, { recursive: true, filter: (path) => !ignored.test(path) });
  const temporary = join(folder, "temporary");
  mkdirSync(temporary, { mode: 0o777 });
  return { project, env: { TMPDIR: temporary, XDG_CONFIG_HOME: join(folder, "config") } };
}

/** What is on record of a run. */
interface Known {
  readonly id: string | null;
  readonly events: readonly RunEvent[];
  /** Of every candidate that was kept, by its id. */
  readonly patches: ReadonlyMap<string, string>;
}

/** Reads a copy of the store, so that the next command, and not this one, has to recover what the killed one left. */
function read(project: string, counts: Counts, say: (text: string) => void): Known {
  const nothing: Known = { id: null, events: [], patches: new Map() };
  const state = join(project, "..", "copy");
  rmSync(state, { recursive: true, force: true });
  if (!existsSync(join(project, ".pawl/pawl.db"))) return nothing;
  cpSync(join(project, ".pawl"), state, { recursive: true });
  const store = Store.open(state, { create: false });
  try {
    const id = store.runs()[0]?.id ?? null;
    if (id === null) return nothing;
    const events = store.events(id);
    const { problems } = checkRun(state, id);
    counts.problems += problems.length;
    for (const problem of problems) say(`${problem.what} (${problem.where})`);
    const kept = events.flatMap((event) =>
      event.type === "confirmed" && event.data.kept ? [event.data.candidate] : [],
    );
    return { id, events, patches: new Map(kept.map((candidate) => [candidate, patchOf(state, id, candidate)])) };
  } finally {
    store.close();
  }
}

/** Every recorded event has to be there afterwards, at its place and unchanged to the byte, times and costs included. */
function differencesBetween(before: Known, after: Known): readonly string[] {
  const text = (event: RunEvent | undefined): string => canonicalJson(event ?? null);
  return [
    ...before.events
      .filter((event, i) => text(event) !== text(after.events[i]))
      .map((event) => `event ${event.seq} ('${event.type}') changed or is gone`),
    ...[...before.patches]
      .filter(([candidate, patch]) => after.patches.get(candidate) !== patch)
      .map(([candidate]) => `the patch of candidate ${candidate.slice(0, 8)} changed or is gone`),
  ];
}

/**
 * Every proposal, verdict and decision, and the result; without what the run was told and what it read of the machine (its folder, times of
 * the baseline, how far random edits came in the same time).
 */
function decisionsOf(events: readonly RunEvent[]): readonly string[] {
  return events.flatMap((event) => {
    if (!isOrdered(event) || event.type === "started" || event.type === "observed") return [];
    const data = event.type === "finished" ? { outcome: event.data.outcome, best: event.data.best } : event.data;
    return [canonicalJson({ type: event.type, data })];
  });
}

function firstDifference(some: readonly string[], others: readonly string[]): string | null {
  const i = some.findIndex((text, n) => text !== others[n]);
  if (i < 0 && some.length === others.length) return null;
  return `${some[i]} but ${others[i]}`;
}
