import { cpus } from "node:os";
import { UsageError, type ChangedFiles, type Check } from "@pawl/core";
import { Languages } from "@pawl/propose";
import {
  adapterFor,
  coverageOf,
  discoverTests,
  matrixAdapter,
  openSandbox,
  removeSnapshot,
  runBaseline,
  takeSnapshot,
  TestSuiteCheck,
  type Baseline,
  type Discovery,
  type Isolation,
  type ProjectSnapshot,
  type RunnerAdapter,
  type Sandbox,
  type SuiteContext,
  type TestReport,
  type VersionViews,
} from "@pawl/verify";
import type { SelfProposerOptions } from "./self-agent/self-proposer.ts";
import type { AgentFiles } from "./self-agent/workspace.ts";
import { editablePaths } from "./editable-paths.ts";
import { notesOn } from "./fix-notes.ts";
import { judgedTests, placesIn, type FixPlan } from "./fix-plan.ts";
import { gitState } from "./git-state.ts";
import { namesOf, openMatrix } from "./matrix-views.ts";
import { demandFiles, ignoredNote, missedIgnored } from "./ignored-files.ts";
import { planNewFiles, screensNewFilesClean } from "./new-files.ts";
import type { FixOptions } from "./options.ts";
import { asksOutside } from "./outside-proposers.ts";
import type { LiveProject } from "./run-frame.ts";
import { readStaticChecks, withStaticChecks } from "./static-checks.ts";
import { splitTests } from "./split.ts";
import { beyondReach, demandReadable, findSuspects, readSources } from "./suspects.ts";

const NO_CHANGES: ChangedFiles = {};
const DEFAULT_HELD_OUT = 0.2;
const DEFAULT_TEST_TIMEOUT_SECONDS = 300;

/** The live side of a `fix` run: the snapshot, the sandbox and the check. */
export class FixEnvironment implements LiveProject {
  readonly snapshot: ProjectSnapshot;
  readonly languages: Languages;
  readonly #options: FixOptions;
  readonly sandbox: Sandbox;
  readonly #discovery: Discovery;
  readonly #adapter: RunnerAdapter;
  readonly #views: VersionViews | null;
  #check: TestSuiteCheck | null = null;

  private constructor(
    options: FixOptions,
    discovery: Discovery,
    snapshot: ProjectSnapshot,
    sandbox: Sandbox,
    languages: Languages,
    views: VersionViews | null,
  ) {
    this.#options = options;
    this.#discovery = discovery;
    this.snapshot = snapshot;
    this.sandbox = sandbox;
    this.languages = languages;
    this.#views = views;
    const adapter = adapterFor(discovery.runner);
    this.#adapter = views === null ? adapter : matrixAdapter(adapter, views.views);
  }

  /** Finds the test command, opens the sandbox and copies the project. Throws before anything is recorded when one of them cannot be had. */
  static async open(options: FixOptions): Promise<FixEnvironment> {
    const discovery = discoverTests(options.root, options.test);
    const sandbox = await openSandbox({
      ...(options.isolation === undefined ? {} : { prefer: options.isolation }),
      unsafe: options.unsafe ?? false,
    });
    const snapshot = await takeSnapshot(discovery.root, options);
    try {
      const { matrix, signal } = options;
      const languages = await Languages.load();
      const views = matrix === undefined ? null : await openMatrix(matrix, discovery, snapshot, sandbox, { signal });
      return new FixEnvironment(options, discovery, snapshot, sandbox, languages, views);
    } catch (error) {
      await removeSnapshot(snapshot);
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#check?.close();
    await this.#views?.[Symbol.asyncDispose]();
    await removeSnapshot(this.snapshot);
  }

  get isolation(): Isolation {
    return this.sandbox.isolation;
  }

  /** Runs the tests, splits them, and finds out which lines to suspect. `onPhase` is told what is going on. */
  async plan(seed: number, onPhase: (phase: string) => void): Promise<FixPlan> {
    const { heldOut = DEFAULT_HELD_OUT, signal } = this.#options;
    onPhase(`running the tests: ${this.#discovery.line}`);
    const timeoutMs = (this.#options.testTimeout ?? DEFAULT_TEST_TIMEOUT_SECONDS) * 1000;
    const context = this.#context();
    const adapter = this.#adapter;
    const { sources: all, unreadable } = readSources(
      this.snapshot,
      editablePaths(this.snapshot, this.#discovery.runner, this.#options),
      this.languages,
    );
    const named = Object.values(unreadable)[0];
    if (named !== undefined && (this.#options.paths ?? []).length > 0) throw named;
    const once = await runBaseline(context, adapter, { timeoutMs, ...(signal === undefined ? {} : { signal }) });
    demandReadable(unreadable, once.report);
    this.#demandFailure(once);
    // Files that do not load say more than a failing test that happens to name something.
    demandFiles(missedIgnored({ ...once.report, tests: [] }, this.snapshot), once);
    onPhase("starting warm test runners");
    const created = await TestSuiteCheck.create(context, adapter, {
      lanes: this.#lanes(),
      baseline: once,
      sources: Object.keys(all),
      ...(signal === undefined ? {} : { signal }),
    });
    const { coldReason } = created;
    this.#check = created.check;
    this.#demandFailure(created.baseline);
    onPhase("checking types");
    const { notes: staticNotes, ...statics } = await readStaticChecks(this.sandbox, this.snapshot, signal);
    const versionNames = this.#views === null ? null : await namesOf(this.#views, context, signal);
    onPhase("looking for the fault");
    const report = withMessages(await created.check.trace(NO_CHANGES, Object.keys(all), signal), once.report);
    const beyond = beyondReach(report, created.baseline.failing, Object.keys(all));
    const failing = created.baseline.failing.filter((id) => !beyond.includes(id));
    const baseline: Baseline = { ...created.baseline, failing, beyond };
    const split = splitTests(failing, baseline.passing, heldOut, seed);
    const closed = new Set([...split.heldOut, ...beyond]);
    const visible = { ...report, tests: report.tests.filter((test) => !closed.has(test.id)) };
    const suspects = findSuspects(all, visible, new Set(split.failing), this.languages, this.#options.issue);
    const coverage = placesIn(baseline.passing, coverageOf(visible, Object.keys(suspects.sources)));
    this.#check = created.check.forTests(judgedTests({ baseline, split, coverage }));
    return {
      root: this.snapshot.root,
      tree: this.snapshot.hash,
      git: gitState(this.snapshot.root),
      testLine: this.#discovery.line,
      isolation: this.isolation,
      baseline,
      split,
      coverage,
      ...suspects,
      statics,
      ...(asksOutside(this.#options.proposer ?? "syntax")
        ? {
            newFiles: planNewFiles(
              this.snapshot.files,
              Object.keys(suspects.sources),
              this.#discovery.runner,
              this.#options.editTests ?? false,
            ),
          }
        : {}),
      ...(versionNames === null ? {} : { versionNames }),
      window: coldReason === null ? 8 : this.#lanes(),
      notes: notesOn({
        ...(suspects.issue === undefined ? {} : { issue: suspects.issue }),
        staticNotes,
        left: Object.keys(unreadable),
        leftOut: this.#discovery.leftOut,
        beyond,
        report,
        flaky: baseline.flaky,
        ignored: ignoredNote(missedIgnored(once.report, this.snapshot)),
        coldReason,
      }),
    };
  }

  /** The check of a plan, made now or for a run that is resumed. */
  async check(plan: FixPlan): Promise<TestSuiteCheck> {
    if (this.#check === null) {
      const { signal } = this.#options;
      const created = await TestSuiteCheck.create(this.#context(), this.#adapter, {
        lanes: this.#lanes(),
        holdOut: () => plan.split.heldOut,
        baseline: plan.baseline,
        sources: Object.keys(plan.sources),
        ...(signal === undefined ? {} : { signal }),
      });
      this.#check = created.check.forTests(judgedTests(plan));
    }
    return this.#check;
  }

  /** What candidates are judged by: the tests, then the types. */
  async judge(plan: FixPlan): Promise<Check> {
    const suite = await this.check(plan);
    const tests = plan.newFiles === undefined ? suite : screensNewFilesClean(suite);
    return plan.statics === undefined ? tests : withStaticChecks(tests, plan.statics, this.sandbox, this.snapshot);
  }

  /** What an evolved agent needs to work on the project: its own box, and somebody who judges its candidates. */
  evolvedAgent(files: AgentFiles, check: Check): NonNullable<SelfProposerOptions["engaged"]> {
    return { files, sandbox: this.sandbox, check };
  }

  #demandFailure({ failing, passing, flaky }: Baseline): void {
    if (failing.length > 0) return;
    if (this.#options.issue !== undefined)
      throw new UsageError({
        what: `no test fails, so nothing shows the fault that the issue reports: all ${passing.length} tests pass`,
        where: this.#discovery.line,
        todo: "Write a test that shows it, and run this again: a repair is judged by tests, and Pawl does not make them from an issue's text. `pawl locate` needs none.",
      });
    const differing = flaky.length > 0 ? ` (${flaky.length} flaky: ${flaky.slice(0, 3).join(", ")})` : "";
    throw new UsageError({
      what: `there is nothing to fix: all ${passing.length} tests pass${differing}`,
      where: this.#discovery.line,
      todo: "Add a test that shows the fault, or name another test command with --test.",
    });
  }

  #context(): SuiteContext {
    return { sandbox: this.sandbox, snapshot: this.snapshot, command: this.#discovery.command };
  }

  #lanes(): number {
    return this.#options.jobs ?? Math.max(1, cpus().length);
  }
}

/** Warm runs may say less about a failure than the clean one: take its messages and stacks. */
function withMessages(traced: TestReport, clean: TestReport): TestReport {
  const known = new Map(clean.tests.map((test) => [test.id, test]));
  return { ...traced, tests: traced.tests.map((test) => ({ ...known.get(test.id), ...test })) };
}
