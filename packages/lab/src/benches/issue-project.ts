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
  type TestReport,
} from "@pawl/verify";
import { writeHidden, writeRepoIssue, type RepoIssue } from "@pawl/worlds";
import { Remembered } from "./remembered.ts";

const NO_CHANGES: ChangedFiles = {};

/** For a run with the hidden tests, and for a second one where the first was cut short: it may have been the machine's load. */
const HIDDEN_TIMEOUTS_MS = [60_000, 180_000] as const;

/** To be given back, as far as it was opened. */
interface Held {
  readonly folder: string;
  readonly snapshots: ProjectSnapshot[];
  check?: TestSuiteCheck;
}

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
 * what was executed is remembered, since the tests repeat. What a fault of the machine left without an answer is tried once more, and not remembered.
 */
export class IssueProject {
  readonly issue: RepoIssue;
  readonly parts: IssueParts;
  readonly #held: Held;
  readonly #check: TestSuiteCheck;
  /** The same without the tests that passed before. */
  readonly #failingOnly: TestSuiteCheck;
  readonly #judge: SuiteContext;
  readonly #adapter: RunnerAdapter;
  readonly #verdicts = new Remembered<Verdict>(saysSomething);
  readonly #confirmed = new Remembered<Verdict>(saysSomething);
  readonly #hidden = new Remembered<boolean | null>((answer) => answer !== null);
  readonly #expected = new Remembered<readonly string[]>();

  private constructor(
    issue: RepoIssue,
    opened: {
      readonly parts: IssueParts;
      readonly held: Held;
      readonly check: TestSuiteCheck;
      readonly judge: SuiteContext;
      readonly adapter: RunnerAdapter;
    },
  ) {
    this.issue = issue;
    this.parts = opened.parts;
    this.#held = opened.held;
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
    const held: Held = { folder: mkdtempSync(join(tmpdir(), "pawl-lab-")), snapshots: [] };
    try {
      return await IssueProject.#openIn(held, issue, sandbox, languages, signal);
    } catch (error) {
      await giveBack(held);
      throw error;
    }
  }

  static async #openIn(
    held: Held,
    issue: RepoIssue,
    sandbox: Sandbox,
    languages: Languages,
    signal: AbortSignal,
  ): Promise<IssueProject> {
    const [shown, whole] = [join(held.folder, "shown"), join(held.folder, "whole")];
    writeRepoIssue(issue, shown);
    writeRepoIssue(issue, whole);
    writeHidden(issue, whole);
    const found = discoverTests(shown);
    const adapter = adapterFor(found.runner);
    const take = async (root: string): Promise<ProjectSnapshot> => {
      const taken = await takeSnapshot(root);
      held.snapshots.push(taken);
      return taken;
    };
    const [snapshot, withHidden] = [await take(shown), await take(whole)];
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
    held.check = check;
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
      held,
      check,
      judge: { sandbox, snapshot: withHidden, command: found.command },
      adapter,
    });
  }

  /** The visible tests' word; without `regressions` only that of the tests that failed. */
  screen(candidate: Candidate, signal: AbortSignal, regressions = true): Promise<Verdict> {
    const check = regressions ? this.#check : this.#failingOnly;
    const submission = { candidate, files: this.parts.target.filesOf(candidate) };
    return this.#verdicts.get(`${regressions} ${candidate.id}`, () =>
      askedTwice(() => check.screen(submission, signal)),
    );
  }

  /** The visible tests' word in a fresh box. */
  confirm(candidate: Candidate, signal: AbortSignal): Promise<Verdict> {
    const submission = { candidate, files: this.parts.target.filesOf(candidate) };
    // It passed before: when there is not enough time now, the machine may have been busy.
    const isFinal = (verdict: Verdict): boolean => saysSomething(verdict) && verdict.status !== "timeout";
    return this.#confirmed.get(candidate.id, () => askedTwice(() => this.#check.confirm(submission, signal), isFinal));
  }

  /**
   * Whether the hidden tests pass, in a fresh box: for reports, never for decisions. Null where the machine gave no answer. Throws a MachineError
   * when they do not run to their end and pass on the repaired tree.
   */
  passesHidden(candidate: Candidate, signal: AbortSignal): Promise<boolean | null> {
    return this.#hidden.get(candidate.id, async () => {
      const expected = await this.#expected.get("repaired tree", () => this.#hiddenOfRepaired(signal));
      const report = await this.#runHidden(this.parts.target.filesOf(candidate), signal);
      if (report === null) return null;
      const passing = new Set(this.#hiddenPassing(report));
      // What is cut short twice is so by the candidate.
      return report.complete && expected.every((id) => passing.has(id));
    });
  }

  close(): Promise<void> {
    return giveBack(this.#held);
  }

  /** The tests every candidate is judged by: none may be missing because the run was cut short. */
  async #hiddenOfRepaired(signal: AbortSignal): Promise<readonly string[]> {
    const report = await this.#runHidden(this.issue.fixed, signal);
    const passing = report === null ? [] : this.#hiddenPassing(report);
    if (report?.complete === true && passing.length > 0) return passing;
    throw new MachineError({
      what: `the hidden tests do not ${report?.complete === true ? "pass" : "run to their end"} on the repaired tree`,
      where: this.issue.id,
      todo: "Run them by hand: a tool they need may be missing on this machine, or it may be too busy.",
    });
  }

  /** Null when the machine failed. */
  async #runHidden(files: ChangedFiles, signal: AbortSignal): Promise<TestReport | null> {
    let last: TestReport | null = null;
    for (const timeoutMs of HIDDEN_TIMEOUTS_MS) {
      try {
        last = await this.#adapter.runClean(this.#judge, { files, timeoutMs }, signal);
      } catch {
        signal.throwIfAborted();
        last = null;
      }
      if (last?.complete === true) break;
    }
    return last;
  }

  #hiddenPassing({ tests }: TestReport): readonly string[] {
    return tests.filter(({ file, status }) => file in this.issue.hidden && status === "passed").map(({ id }) => id);
  }
}

async function giveBack({ folder, snapshots, check }: Held): Promise<void> {
  await check?.close();
  for (const snapshot of snapshots) await removeSnapshot(snapshot);
  rmSync(folder, { recursive: true, force: true });
}

/** A fault of the machine says nothing about a candidate. */
function saysSomething({ status }: Verdict): boolean {
  return status !== "infrastructure";
}

async function askedTwice(ask: () => Promise<Verdict>, isFinal = saysSomething): Promise<Verdict> {
  const verdict = await ask();
  return isFinal(verdict) ? verdict : ask();
}
