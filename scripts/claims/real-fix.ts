import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { recordOf, Store, type RunEvent } from "@pawl/core";
import type { ReplayReport } from "@pawl/improve";
import type { ModelAnswer } from "@pawl/propose";
import { runPawl, type Ended, type Place } from "./kill-process.ts";

const EXAMPLE = fileURLToPath(new URL("../../examples/npm-library", import.meta.url));
/** A small context leaves room for short answers only, so that a small model ends in time. */
export const CONTEXT_TOKENS = 2048;
/** Enough for a few questions and their corrections; what a remote call may cost at most is counted in bytes, several times what it does cost. */
const TOKENS = { gguf: 10_000, http: 18_000 } as const;

/** One run of `pawl fix` with the real model, and its replay. */
export interface RealFixLine {
  readonly way: "gguf" | "http";
  readonly status: string;
  readonly seconds: number;
  readonly answers: number;
  readonly corrections: number;
  readonly tokens: number;
  /** Answers that became a candidate, and those that held no edit that applies, or an old one. */
  readonly candidates: number;
  readonly missed: number;
  /** Of the first answer; null when the way tells none. */
  readonly logProbability: number | null;
  /** Of the replay without the model. */
  readonly events: number;
  readonly identical: boolean;
}

export interface RealFix {
  readonly line: RealFixLine;
  /** What was answered, by request and question. */
  readonly texts: Readonly<Record<string, string>>;
}

export interface FixPlace extends Place, Disposable {
  readonly folder: string;
}

/** A copy of the example in which `model:small` is the model of this id. */
export function fixPlace(id: string, settings: object): FixPlace {
  const folder = mkdtempSync(join(tmpdir(), "pawl-real-fix-"));
  const project = join(folder, "project");
  cpSync(EXAMPLE, project, { recursive: true, filter: (path) => !/[\\/](?:node_modules|\.pawl)$/.test(path) });
  mkdirSync(join(folder, "temporary"), { mode: 0o777 });
  const small = { id: id.replace("{folder}", folder), contextTokens: CONTEXT_TOKENS, concurrency: 1, ...settings };
  writeFileSync(join(project, "pawl.config.mjs"), `export default ${JSON.stringify({ models: { small } })};\n`);
  return {
    folder,
    project,
    env: { TMPDIR: join(folder, "temporary"), XDG_CONFIG_HOME: join(folder, "config") },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Through the file itself. For the replay the file is gone, and node-llama-cpp cannot be found either. */
export async function fixWithFile(file: string, report: Report): Promise<RealFix> {
  using place = fixPlace("{folder}/model.gguf", {});
  const link = join(place.folder, "model.gguf");
  symlinkSync(file, link);
  return await fixAndReplay("gguf", place, report, async () => {
    rmSync(link);
    const env = { ...place.env, XDG_CACHE_HOME: join(place.folder, "nothing") };
    const { code, stderr } = await runPawl({ ...place, env }, fixArguments("gguf"));
    report("gguf: without the file no new run begins", code === 2, stderr);
    return { ...place, env };
  });
}

/** Over HTTP. For the replay the server is closed. */
export async function fixOverHttp(url: string, close: () => Promise<void>, report: Report): Promise<RealFix> {
  using place = fixPlace(url, { silenceSeconds: 600, paidAttempts: 1 });
  return await fixAndReplay("http", place, report, async () => {
    await close();
    const answers = await fetch(url).then(
      () => true,
      () => false,
    );
    report("http: nobody answers at the address any more", !answers, url);
    return place;
  });
}

type Report = (what: string, good: boolean, detail: string) => void;

function fixArguments(way: RealFixLine["way"]): string[] {
  const budget = `6,${TOKENS[way]}tok`;
  return ["fix", "src/parse.js", "--proposer", "model:small", "--budget", budget, "--seed", "1", "--json"];
}

async function fixAndReplay(
  way: RealFixLine["way"],
  place: FixPlace,
  report: Report,
  takeModelAway: () => Promise<Place>,
): Promise<RealFix> {
  const ended = await runPawl(place, fixArguments(way));
  const result = parsed<{ run: string; status: string; seconds: number }>(ended);
  report(`${way}: pawl fix runs to its end`, result !== null, ended.stderr.slice(-200));
  if (result === null) throw new Error(`pawl fix ended with ${ended.code}: ${ended.stderr}`);
  const before = eventsOf(place.project, result.run);
  const shown = await runPawl(place, ["show", result.run, "--all"]);
  const without = await takeModelAway();
  const replayed = await runPawl(without, ["replay", result.run, "--json"]);
  const replay = parsed<ReplayReport>(replayed);
  const fix = fixOf(way, result, before, replay);
  const { line } = fix;
  const { answers, corrections, candidates, events, logProbability } = line;
  report(`${way}: it asked and was answered`, answers > 2, `${answers} answers, ${corrections} of them corrections`);
  report(
    `${way}: its replay without the model gives identical events`,
    line.identical && eventsOf(place.project, result.run).length === before.length,
    `${events} events; ${JSON.stringify(replay?.differences ?? replayed.stderr)}`,
  );
  // Over HTTP this server tells none, as many do.
  report(
    `${way}: log-probabilities are on record as the way tells them`,
    way === "http" ? logProbability === null : logProbability !== null && logProbability <= 0,
    `${logProbability}`,
  );
  if (candidates > 0)
    report(
      `${way}: pawl show tells them of candidates`,
      shown.stdout.includes("log p") === (way === "gguf"),
      shown.stdout,
    );
  return fix;
}

function fixOf(
  way: RealFixLine["way"],
  { status, seconds }: { readonly status: string; readonly seconds: number },
  events: readonly RunEvent[],
  replay: ReplayReport | null,
): RealFix {
  const answered = events.flatMap((event) =>
    event.type === "answered" && event.data.value !== undefined ? [event.data] : [],
  );
  const values = answered.map(({ value }) => value as unknown as ModelAnswer);
  const count = (type: RunEvent["type"]): number => events.filter((event) => event.type === type).length;
  const line: RealFixLine = {
    way,
    status,
    seconds,
    answers: answered.length,
    corrections: answered.filter(({ name }) => name === "correction").length,
    tokens: answered.reduce((sum, { tokens }) => sum + tokens, 0),
    candidates: count("proposed"),
    missed: count("missed"),
    logProbability: values[0]?.meanLogProbability ?? null,
    events: replay?.events ?? 0,
    identical: replay?.identical === true && replay.differences.length === 0,
  };
  return {
    line,
    texts: Object.fromEntries(answered.map(({ n, name }, i) => [`${n} ${name}`, (values[i] as ModelAnswer).text])),
  };
}

function eventsOf(project: string, run: string): readonly RunEvent[] {
  const store = Store.open(join(project, ".pawl"), { create: false });
  try {
    return recordOf(store, run);
  } finally {
    store.close();
  }
}

function parsed<T>({ stdout }: Ended): T | null {
  try {
    return JSON.parse(stdout) as T;
  } catch {
    return null;
  }
}
