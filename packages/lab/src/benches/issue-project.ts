import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MachineError, Target, type Candidate, type ChangedFiles, type Verdict } from "@pawl/core";
import {
  CodeIndex,
  lineScores,
  suspiciousness,
  type Languages,
  type LineScores,
  type Suspiciousness,
} from "@pawl/propose";
import {
  adapterFor,
  classifyFiles,
  discoverTests,
  removeSnapshot,
  runBaseline,
  takeSnapshot,
  TestSuiteCheck,
  type ProjectSnapshot,
  type RunnerAdapter,
  type Sandbox,
  type SuiteContext,
} from "@pawl/verify";
import { writeHidden, writeRepoIssue, type RepoIssue } from "@pawl/worlds";

const NO_CHANGES: ChangedFiles = {};

/** Known of a repository before anything is tried: what an arm may look at. Nothing here knows the hidden tests or the truth. */
export interface IssueParts {
  readonly target: Target;
  readonly languages: Languages;
  readonly sources: Readonly<Record<string, string>>;
  readonly index: CodeIndex;
  /** Ochiai by the visible tests. */
  readonly scores: LineScores;
  /** The same with stacks, messages and a floor, as `pawl fix` uses it. */
  readonly suspiciousness: Suspiciousness;
  /** Visible tests that fail. */
  readonly failing: readonly string[];
}

/**
 * A repository of the world repo-issue, opened once for all arms and seeds: its tests are run and traced once, its warm runner is shared, and
 * what was executed is remembered, since the tests repeat.
 */
export class IssueProject {
  readonly issue: RepoIssue;
  readonly parts: IssueParts;
  readonly #folder: string;
  readonly #snapshots: readonly ProjectSnapshot[];
  readonly #check: TestSuiteCheck;
  /** The same without the tests that passed before. */
  readonly #failingOnly: TestSuiteCheck;
  readonly #judge: SuiteContext;
  readonly #adapter: RunnerAdapter;
  readonly #verdicts = new Map<string, Promise<Verdict>>();
  readonly #confirmed = new Map<string, Promise<Verdict>>();
  readonly #hidden = new Map<string, Promise<boolean>>();
  #expected: Promise<readonly string[]> | null = null;

  private constructor(
    issue: RepoIssue,
    opened: {
      readonly parts: IssueParts;
      readonly folder: string;
      readonly snapshots: readonly ProjectSnapshot[];
      readonly check: TestSuiteCheck;
      readonly judge: SuiteContext;
      readonly adapter: RunnerAdapter;
    },
  ) {
    this.issue = issue;
    this.parts = opened.parts;
    this.#folder = opened.folder;
    this.#snapshots = opened.snapshots;
    this.#check = opened.check;
    this.#failingOnly = opened.check.forTests({ failing: opened.parts.failing, passing: [] });
    this.#judge = opened.judge;
    this.#adapter = opened.adapter;
  }

  static async open(
    issue: RepoIssue,
    sandbox: Sandbox,
    languages: Languages,
    signal: AbortSignal,
  ): Promise<IssueProject> {
    const folder = mkdtempSync(join(tmpdir(), "pawl-lab-"));
    try {
      return await IssueProject.#openIn(folder, issue, sandbox, languages, signal);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  static async #openIn(
    folder: string,
    issue: RepoIssue,
    sandbox: Sandbox,
    languages: Languages,
    signal: AbortSignal,
  ): Promise<IssueProject> {
    const [shown, whole] = [join(folder, "shown"), join(folder, "whole")];
    writeRepoIssue(issue, shown);
    writeRepoIssue(issue, whole);
    writeHidden(issue, whole);
    const found = discoverTests(shown);
    const adapter = adapterFor(found.runner);
    const snapshot = await takeSnapshot(shown);
    const withHidden = await takeSnapshot(whole);
    const sources = Object.fromEntries(
      classifyFiles(snapshot, found.runner)
        .source.map((path) => [path, issue.files[path] as string] as const)
        .filter(([path, text]) => languages.of(path)?.parse(text, path)),
    );
    const context = { sandbox, snapshot, command: found.command };
    const baseline = await runBaseline(context, adapter, { signal });
    const { check } = await TestSuiteCheck.create(context, adapter, {
      lanes: 1,
      baseline,
      sources: Object.keys(sources),
      signal,
    });
    const { tests } = await check.trace(NO_CHANGES, Object.keys(sources), signal);
    const failing = new Set(baseline.failing);
    const messages = new Map(baseline.report.tests.map((each) => [each.id, each]));
    const failed = tests.filter(({ id }) => failing.has(id)).map((each) => ({ ...messages.get(each.id), ...each }));
    const traces = tests
      .filter(({ status }) => status !== "skipped")
      .map(({ id, hits = {} }) => ({ passed: !failing.has(id), hits }));
    const evidence = {
      traces,
      stacks: failed.map(({ stack = [] }) => stack),
      words: failed.flatMap(({ id, message = "" }) => [id, message]),
    };
    return new IssueProject(issue, {
      parts: {
        target: new Target(sources, snapshot.hash),
        languages,
        sources,
        index: CodeIndex.of(languages, sources),
        scores: lineScores(traces),
        suspiciousness: suspiciousness(sources, evidence, (path) => languages.of(path)),
        failing: baseline.failing,
      },
      folder,
      snapshots: [snapshot, withHidden],
      check,
      judge: { sandbox, snapshot: withHidden, command: found.command },
      adapter,
    });
  }

  /** The visible tests' word; without `regressions` only that of the tests that failed. */
  screen(candidate: Candidate, signal: AbortSignal, regressions = true): Promise<Verdict> {
    const check = regressions ? this.#check : this.#failingOnly;
    return remembered(this.#verdicts, `${regressions} ${candidate.id}`, async () => {
      const submission = { candidate, files: this.parts.target.filesOf(candidate) };
      const verdict = await check.screen(submission, signal);
      return verdict.status === "infrastructure" ? check.screen(submission, signal) : verdict;
    });
  }

  /** The visible tests' word in a fresh box. */
  confirm(candidate: Candidate, signal: AbortSignal): Promise<Verdict> {
    return remembered(this.#confirmed, candidate.id, () =>
      this.#check.confirm({ candidate, files: this.parts.target.filesOf(candidate) }, signal),
    );
  }

  /** Whether the hidden tests pass, in a fresh box: for reports, never for decisions. */
  passesHidden(candidate: Candidate, signal: AbortSignal): Promise<boolean> {
    return remembered(this.#hidden, candidate.id, async () => {
      const expected = await (this.#expected ??= this.#hiddenPassing(this.issue.fixed, signal));
      if (expected.length === 0)
        throw new MachineError({
          what: "the hidden tests do not pass on the repaired tree",
          where: this.issue.id,
          todo: "Run them by hand: a tool they need may be missing on this machine.",
        });
      const passing = new Set(await this.#hiddenPassing(this.parts.target.filesOf(candidate), signal));
      return expected.every((id) => passing.has(id));
    });
  }

  async close(): Promise<void> {
    await this.#check.close();
    for (const snapshot of this.#snapshots) await removeSnapshot(snapshot);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #hiddenPassing(files: ChangedFiles, signal: AbortSignal): Promise<readonly string[]> {
    const { tests } = await this.#adapter.runClean(this.#judge, { files, timeoutMs: HIDDEN_TIMEOUT_MS }, signal);
    return tests.filter(({ file, status }) => file in this.issue.hidden && status === "passed").map(({ id }) => id);
  }
}

const HIDDEN_TIMEOUT_MS = 60_000;

/** Failures are not remembered: an interruption says nothing about a candidate. */
function remembered<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  made.catch(() => known.delete(key));
  return made;
}
