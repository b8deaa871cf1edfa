import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyRun, fix } from "@pawl/improve";
import { Languages, LOCALISERS } from "@pawl/propose";
import { adapterFor, discoverTests, openSandbox, removeSnapshot, runBaseline, takeSnapshot } from "@pawl/verify";
import { loadRepoIssues, writeHidden, writeRepoIssue, type FaultLocation, type RepoIssue } from "@pawl/worlds";
import { IssueProject } from "../../packages/lab/src/benches/issue-project.ts";

/**
 * Claims, set on 2026-11-26 before the first run, over the issues of the world repo-issue. A place is a function, method or top-level
 * constant; it counts as found in the first k when one of the faulty places is there.
 * 1. With a helpful text, search+sbfl has the place in its first five for at least 80 % of the issues, and in the first for 50 %.
 * 2. With a misleading text, search+sbfl still has it in the first five for at least 60 %, and for at least 15 points more than search alone.
 * 3. union has the file in its first five at least as often as bm25 and as repo-map, whichever the text.
 * 4. `fix` with 60 evaluations, no model: with a helpful text at least 5 points more issues end with the hidden tests passing than
 *    without a text; with a misleading one at most 5 points fewer.
 */
export const MARGINS = {
  helpfulTop5: 0.8,
  helpfulTop1: 0.5,
  misleadingTop5: 0.6,
  testsAgainstMisleading: 0.15,
  unionGain: 0,
  helpfulGain: 0.05,
  misleadingLoss: 0.05,
} as const;

export const RESOLVE_EVALUATIONS = 60;
const SEED = 1;
const QUICK_ISSUES = 2;
const RESULTS = new URL("../../docs/data/localise.json", import.meta.url);

export const TEXTS = ["helpful", "misleading"] as const;
export type IssueText = (typeof TEXTS)[number];

/** Where one localiser ranks the faults of an issue. */
export interface LocaliseLine {
  readonly id: string;
  readonly text: IssueText;
  readonly localiser: string;
  /** 1-based ranks of the faulty file and place that come first, and of those that come last; null when not ranked at all. */
  readonly file: number | null;
  readonly place: number | null;
  readonly allFiles: number | null;
  readonly allPlaces: number | null;
  readonly linesRead: number | null;
}

/** What `fix` made of an issue. */
export interface ResolveLine {
  readonly id: string;
  readonly text: IssueText | "none";
  /** A patch passes the visible tests, those held back included. */
  readonly visible: boolean;
  readonly hidden: boolean;
  readonly evaluations: number;
  readonly seconds: number;
}

export interface LocaliseResults {
  readonly issues: readonly {
    readonly id: string;
    readonly language: string;
    readonly weak: boolean;
    readonly files: number;
  }[];
  readonly lines: readonly LocaliseLine[];
  readonly resolve: readonly ResolveLine[];
}

/** Issues that are on record are not measured again, so an interrupted run goes on where it was; remove the file to begin anew. */
export async function claimLocalise(quick: boolean): Promise<void> {
  const issues = loadRepoIssues().filter(({ failing }, i) => failing.length > 0 && (!quick || i % 9 === 0));
  const wanted = quick ? issues.slice(0, QUICK_ISSUES) : issues;
  const known: LocaliseResults =
    !quick && existsSync(RESULTS)
      ? (JSON.parse(readFileSync(RESULTS, "utf8")) as LocaliseResults)
      : { issues: [], lines: [], resolve: [] };
  const lines = [...known.lines];
  const resolve = [...known.resolve];
  const save = (): void => {
    if (quick) return;
    const about = wanted.map(({ id, language, weak, files }) => ({
      id,
      language,
      weak,
      files: Object.keys(files).length,
    }));
    const results: LocaliseResults = { issues: about, lines, resolve };
    mkdirSync(new URL(".", RESULTS), { recursive: true });
    writeFileSync(RESULTS, `${JSON.stringify(results, null, 1)}\n`);
  };
  for (const issue of wanted) {
    if (lines.some(({ id }) => id === issue.id)) continue;
    lines.push(...(await locateAll(issue)));
    const found = lines.filter(({ id, localiser }) => id === issue.id && localiser === "search+sbfl");
    process.stdout.write(
      `${issue.id}: ${found.map(({ text, place }) => `${text} ${place ?? "not found"}`).join(", ")}\n`,
    );
    save();
  }
  for (const issue of byTurns(wanted))
    for (const text of ["none", ...TEXTS] as const) {
      if (resolve.some((line) => line.id === issue.id && line.text === text)) continue;
      const line = await resolveOne(issue, text);
      resolve.push(line);
      const said = line.hidden ? "resolved" : line.visible ? "over-fitted" : "not resolved";
      process.stdout.write(`${issue.id}, ${text}: ${said} (${line.evaluations} evaluations, ${line.seconds} s)\n`);
      save();
    }
}

/** The first issue of each repository, then the second …: a run cut short has something of all. */
function byTurns(issues: readonly RepoIssue[]): readonly RepoIssue[] {
  const turnOf = new Map<string, number>();
  return issues
    .map((issue) => {
      const turn = turnOf.get(issue.repo) ?? 0;
      turnOf.set(issue.repo, turn + 1);
      return { issue, turn };
    })
    .sort((a, b) => a.turn - b.turn)
    .map(({ issue }) => issue);
}

async function locateAll(issue: RepoIssue): Promise<readonly LocaliseLine[]> {
  const project = await IssueProject.open(
    issue,
    await openSandbox(),
    await Languages.load(),
    new AbortController().signal,
  );
  try {
    const { index, scores } = project.parts;
    return TEXTS.flatMap((text) =>
      LOCALISERS.map((localiser): LocaliseLine => {
        const found = localiser.locate({ index, issue: issue.issue[text], scores });
        const files = issue.truth.map(({ path }) => rankOf(found.files, (each) => each.path === path));
        const places = issue.truth.map((fault) => rankOf(found.methods, ({ definition }) => holds(definition, fault)));
        return {
          id: issue.id,
          text,
          localiser: localiser.id,
          file: first(files),
          place: first(places),
          allFiles: last(files),
          allPlaces: last(places),
          linesRead: found.linesRead,
        };
      }),
    );
  } finally {
    await project.close();
  }
}

function holds(definition: { path: string; line: number; endLine: number }, fault: FaultLocation): boolean {
  return definition.path === fault.path && definition.line <= fault.line && fault.endLine <= definition.endLine;
}

function rankOf<T>(items: readonly T[], is: (item: T) => boolean): number | null {
  const at = items.findIndex(is);
  return at === -1 ? null : at + 1;
}

function first(ranks: readonly (number | null)[]): number | null {
  const known = ranks.filter((rank) => rank !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function last(ranks: readonly (number | null)[]): number | null {
  return ranks.some((rank) => rank === null) ? null : Math.max(...(ranks as number[]));
}

/** As a person would: `fix --issue` on the repository, its patch applied; then the hidden tests. */
async function resolveOne(issue: RepoIssue, text: ResolveLine["text"]): Promise<ResolveLine> {
  const started = performance.now();
  const folder = mkdtempSync(join(tmpdir(), "pawl-claims-"));
  const root = join(folder, "project");
  const before = process.env["XDG_CONFIG_HOME"];
  // What one run learns must not help the next.
  process.env["XDG_CONFIG_HOME"] = join(folder, "config");
  try {
    writeRepoIssue(issue, root);
    const { run, status, evaluations } = await fix({
      root,
      budget: { evaluations: RESOLVE_EVALUATIONS },
      seed: SEED,
      ...(text === "none" ? {} : { issue: issue.issue[text] }),
    });
    const visible = status === "fixed";
    if (visible) await applyRun(join(root, ".pawl"), run);
    return {
      id: issue.id,
      text,
      visible,
      hidden: visible && (await passesHidden(issue, root)),
      evaluations: evaluations.screened,
      seconds: Math.round((performance.now() - started) / 100) / 10,
    };
  } finally {
    if (before === undefined) delete process.env["XDG_CONFIG_HOME"];
    else process.env["XDG_CONFIG_HOME"] = before;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function passesHidden(issue: RepoIssue, root: string): Promise<boolean> {
  writeHidden(issue, root);
  const { command, runner } = discoverTests(root);
  const snapshot = await takeSnapshot(root);
  try {
    const { report } = await runBaseline({ sandbox: await openSandbox(), snapshot, command }, adapterFor(runner));
    const hidden = report.tests.filter(({ file }) => file in issue.hidden);
    return hidden.length > 0 && report.errors.length === 0 && hidden.every(({ status }) => status === "passed");
  } finally {
    await removeSnapshot(snapshot);
  }
}
