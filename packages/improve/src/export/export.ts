import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson, sha256, UsageError, type Store } from "@pawl/core";
import { openExisting, readRun, type ProjectRecord, type RecordedRun } from "../record.ts";
import { attemptsOf, type Attempt } from "./attempts.ts";
import { cardOf, cardPage, textsOf, type DataCard } from "./card.ts";
import { goalOf, type Goal } from "./goal.ts";
import { allowList, headerLicence, isAllowed, licenceOf } from "./licence.ts";
import { asStandard, EXPORT_FORMATS, rowsOf, type ExportFormat, type ExportTask, type Row } from "./rows.ts";
import { schemaOf, type Shape } from "./schema.ts";
import { findSecrets, redact } from "./secrets.ts";
import { DEFAULT_SHARES, SPLIT_NAMES, splitOf, type Split, type SplitShares } from "./splits.ts";
import { promptOf } from "./texts.ts";

export interface ExportOptions {
  /** Folder of the store. */
  readonly state: string;
  readonly format: ExportFormat;
  /** Names of runs; default all of them. */
  readonly runs?: readonly string[];
  /** Folder to write to: new, empty, or of an earlier export. */
  readonly out: string;
  readonly shape?: Shape;
  /** SPDX identifiers that are allowed, `permissive`, `unknown`; default the permissive ones. */
  readonly licences?: readonly string[];
  /** Replace secrets instead of leaving the row out. */
  readonly redact?: boolean;
  /** Take failures as failures that were only screened. */
  readonly screened?: boolean;
  readonly shares?: SplitShares;
  /** Rows per task, and completions of a group. */
  readonly perTask?: number;
  /** Characters of code in a prompt. */
  readonly promptCharacters?: number;
}

export interface ExportReport extends DataCard {
  readonly out: string;
  readonly files: readonly string[];
}

const PER_TASK = 16;
const PROMPT_CHARACTERS = 48_000;
const CARD = "card.json";
const PAGE = "README.md";
const SCHEMA = "schema.json";

/** Writes verified data of recorded runs for a trainer: one JSONL file per split, and a data card. The same runs give the same bytes. */
export function exportRuns(options: ExportOptions): ExportReport {
  const { format, out, shape = "conversational", shares = DEFAULT_SHARES } = options;
  if (!EXPORT_FORMATS.includes(format))
    throw new UsageError({
      what: `there is no export format '${format}'`,
      where: "--format",
      todo: `Choose one of: ${EXPORT_FORMATS.join(", ")}.`,
    });
  if (shape === "standard" && format === "corrections")
    throw new UsageError({
      what: "corrections have several turns, which the standard shape cannot hold",
      where: "--shape standard",
      todo: "Leave --shape out.",
    });
  demandOurs(out);
  const filters: DataCard["filters"] = {
    licences: [...allowList(options.licences)].sort(),
    secrets: options.redact === true ? "redacted" : "left out",
    screenedFailures: options.screened ?? false,
    perTask: options.perTask ?? PER_TASK,
    promptCharacters: options.promptCharacters ?? PROMPT_CHARACTERS,
  };
  const leftOut = new Counter();
  const store = openExisting(options.state);
  try {
    const runs = runsOf(store, options.runs);
    const tasks = tasksOf(store, runs, filters, leftOut);
    const rows: { row: Row; split: Split }[] = [];
    const seen = new Set<string>();
    for (const task of tasks) {
      for (const made of rowsOf(format, task, filters.perTask)) {
        const row = withoutSecrets(made, filters, leftOut);
        if (row === null) continue;
        const key = sha256(canonicalJson(textsOf(row) as string[]) + String(row["label"]));
        if (seen.has(key)) leftOut.add("duplicate rows");
        else if (namesHeldOut(row, task.goal)) leftOut.add("rows with the name of a held-out test");
        else rows.push({ row: shape === "standard" ? asStandard(row) : row, split: splitOf(task.id, shares) });
        seen.add(key);
      }
    }
    const known = { format, shape, runs: runs.map((run) => run.id), leftOut: leftOut.counts(), filters };
    const card = cardOf(rows, known);
    return { ...card, out, files: write(out, rows, card) };
  } finally {
    store.close();
  }
}

/** Recorded runs in the order in which they were started. */
function runsOf(store: Store, wanted: readonly string[] | undefined): readonly RecordedRun[] {
  const all = store
    .runs()
    .map(({ id }) => id)
    .reverse();
  for (const id of wanted ?? [])
    if (!all.includes(id))
      throw new UsageError({ what: `there is no run '${id}'`, where: store.path, todo: "`pawl runs` lists them." });
  return all.filter((id) => wanted?.includes(id) ?? true).map((id) => readRun(store, id));
}

/** Attempts by prompt. Runs over the same code with the same goal are one task; those that were shown other tests have prompts of their own. */
function tasksOf(
  store: Store,
  runs: readonly RecordedRun[],
  filters: DataCard["filters"],
  leftOut: Counter,
): readonly ExportTask[] {
  const tasks = new Map<string, ExportTask & { attempts: Attempt[] }>();
  for (const run of runs) {
    const { project } = run;
    const goal = project === null ? null : goalOf(run, project);
    if (project === null || goal === null) {
      leftOut.add("runs that ended before they had read the project");
      continue;
    }
    const licence = licenceOf(project.root);
    if (!allowedFor(project, licence, filters.licences)) {
      leftOut.add(`runs under licence ${licence}`);
      continue;
    }
    const { text, shown } = promptOf(goal, project.sources, filters.promptCharacters);
    if (showsHeldOut(run, project, goal, shown)) {
      leftOut.add("runs whose files show held-out tests");
      continue;
    }
    const id = sha256(
      canonicalJson({ command: run.command, goal: goal.identity, sources: { ...project.sources } }),
    ).slice(0, 16);
    const key = canonicalJson([id, [...goal.verify.tests], [...goal.heldOut]]);
    const { command } = run;
    const first = { id, prompt: text, goal, root: project.root, command, tree: project.tree, licence, attempts: [] };
    const task = tasks.get(key) ?? first;
    tasks.set(key, task);
    for (const attempt of attemptsOf(store, run, project, goal)) {
      if (attempt.good === null) leftOut.add(`candidates nobody can judge: ${unjudgedReason(attempt)}`);
      else if (attempt.stage === "screened" && !filters.screenedFailures)
        leftOut.add("failures that were only screened");
      else if (!attempt.files.every((path) => shown.has(path)))
        leftOut.add("candidates in files that have no room in the prompt");
      else task.attempts.push(attempt);
    }
  }
  return [...tasks.values()].map((task) => ({ ...task, attempts: onceEach(task.attempts, leftOut) }));
}

function unjudgedReason(attempt: Attempt): string {
  if (attempt.stage === "screened") return "passed a screening and was not confirmed";
  return attempt.gains.length > 0 ? "not shown to be better or worse" : "held-out tests were not opened for it";
}

/** The same patch once, by its best verdict; a patch that was confirmed as right and as wrong is in no row. */
function onceEach(attempts: readonly Attempt[], leftOut: Counter): readonly Attempt[] {
  const byPatch = Map.groupBy(attempts, (attempt) => attempt.patch);
  return [...byPatch.values()].flatMap((same) => {
    const confirmed = same.filter((each) => each.stage === "confirmed");
    const counted = confirmed.length > 0 ? confirmed : same;
    if (new Set(counted.map((each) => each.good)).size > 1) {
      leftOut.add("patches with verdicts that contradict each other");
      return [];
    }
    for (let i = 1; i < same.length; i++) leftOut.add("duplicate candidates");
    return [counted.find((each) => each.chosen) ?? (counted[0] as Attempt)];
  });
}

/** The project's licence, and that of every file which states its own. */
function allowedFor(project: ProjectRecord, licence: string, allowed: readonly string[]): boolean {
  const own = Object.values(project.sources).flatMap((text) => headerLicence(text) ?? []);
  return [licence, ...own].every((each) => isAllowed(each, allowed));
}

/** Only where tests may be edited are they among the sources. */
function showsHeldOut(run: RecordedRun, project: ProjectRecord, goal: Goal, shown: ReadonlySet<string>): boolean {
  if (run.config["editTests"] !== true) return false;
  const titles = goal.heldOut.map((id) => id.slice(id.lastIndexOf(" > ") + 1).replace(/^> /, ""));
  return [...shown].some((path) => titles.some((title) => (project.sources[path] ?? "").includes(title)));
}

function namesHeldOut(row: Row, goal: Goal): boolean {
  return textsOf(row).some((text) => goal.heldOut.some((id) => mentions(text, id)));
}

/** The name with no further name in front of or behind it: `a > b` is not mentioned by `a > b > c`. */
function mentions(text: string, id: string): boolean {
  for (let at = text.indexOf(id); at !== -1; at = text.indexOf(id, at + 1)) {
    const after = text.slice(at + id.length, at + id.length + 3);
    if (!/^[\w]/.test(after) && after !== " > ") return true;
  }
  return false;
}

function withoutSecrets(row: Row, filters: DataCard["filters"], leftOut: Counter): Row | null {
  const hasSecret = [...textsOf(row), ...row.pawl.answers].some((text) => findSecrets(text).length > 0);
  if (!hasSecret) return row;
  leftOut.add(filters.secrets === "redacted" ? "rows with redacted secrets (kept)" : "rows with secrets");
  return filters.secrets === "redacted" ? (redacted(row) as Row) : null;
}

function redacted(value: unknown): unknown {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map(redacted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redacted(inner)]));
}

/** Nobody's files are overwritten: only an empty folder, or one that an export made. */
function demandOurs(out: string): void {
  if (!existsSync(out)) return;
  const ours = new Set([CARD, PAGE, SCHEMA, ...SPLIT_NAMES.map((split) => `${split}.jsonl`)]);
  if (!statSync(out).isDirectory())
    throw new UsageError({ what: "there is a file of that name", where: out, todo: "Name another folder with --out." });
  const names = readdirSync(out);
  if (names.length === 0 || (names.includes(CARD) && names.every((name) => ours.has(name)))) return;
  throw new UsageError({
    what: "the folder holds other files",
    where: out,
    todo: "Name a new or an empty folder with --out.",
  });
}

function write(
  out: string,
  rows: readonly { readonly row: Row; readonly split: Split }[],
  card: DataCard,
): readonly string[] {
  mkdirSync(out, { recursive: true });
  const files: string[] = [];
  for (const split of SPLIT_NAMES) {
    const name = `${split}.jsonl`;
    const lines = rows.filter((each) => each.split === split).map(({ row }) => `${JSON.stringify(row)}\n`);
    rmSync(join(out, name), { force: true });
    if (lines.length === 0) continue;
    writeFileSync(join(out, name), lines.join(""));
    files.push(name);
  }
  writeFileSync(join(out, CARD), `${JSON.stringify(card, null, 2)}\n`);
  writeFileSync(join(out, PAGE), cardPage(card));
  const schema = { $schema: "https://json-schema.org/draft/2020-12/schema", ...schemaOf(card.format, card.shape) };
  writeFileSync(join(out, SCHEMA), `${JSON.stringify(schema, null, 2)}\n`);
  return [...files, CARD, PAGE, SCHEMA];
}

class Counter {
  readonly #counts = new Map<string, number>();

  add(reason: string): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
  }

  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
