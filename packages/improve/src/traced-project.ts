import { UsageError } from "@pawl/core";
import { Languages } from "@pawl/propose";
import {
  adapterFor,
  classifyFiles,
  discoverTests,
  openSandbox,
  removeSnapshot,
  runBaseline,
  takeSnapshot,
  TestSuiteCheck,
  type Isolation,
  type TestReport,
} from "@pawl/verify";
import { copiedFiles, type RunOptions } from "./options.ts";
import { readSources } from "./suspects.ts";

export interface LookOptions extends Pick<
  RunOptions,
  "root" | "exclude" | "include" | "jobs" | "isolation" | "unsafe" | "signal"
> {
  /** Test command; default: found in the project. */
  readonly test?: string;
  readonly onPhase?: (phase: string) => void;
}

/** The project's sources, and what each of its tests executes. */
export interface TracedProject {
  readonly languages: Languages;
  /** Files that Pawl can read, by path: no tests. */
  readonly sources: Readonly<Record<string, string>>;
  /** With `hits`, messages and stacks. Tests that are neither passed nor failed for certain are left out. */
  readonly report: TestReport;
  readonly testLine: string;
  readonly isolation: Isolation;
}

/** Copies the project and reads its sources; runs nothing. Tests are told from sources by the test command where there is one, else by their names. */
export async function readProject(
  options: LookOptions,
): Promise<{ readonly languages: Languages; readonly sources: Readonly<Record<string, string>> }> {
  const languages = await Languages.load();
  const found = discovery(options);
  const snapshot = await takeSnapshot(found?.root ?? options.root, copiedFiles(options));
  try {
    const { source } = classifyFiles(snapshot, found?.runner ?? "exit-code");
    const { sources } = readSources(snapshot, source, languages);
    return { languages, sources };
  } finally {
    await removeSnapshot(snapshot);
  }
}

function discovery({ root, test }: LookOptions): ReturnType<typeof discoverTests> | null {
  try {
    return discoverTests(root, test);
  } catch (error) {
    if (error instanceof UsageError && test === undefined) return null;
    throw error;
  }
}

/** Runs the tests and records which lines each of them executes. Nothing is kept of it. */
export async function traceProject(options: LookOptions): Promise<TracedProject> {
  const { signal, onPhase = () => {} } = options;
  const found = discoverTests(options.root, options.test);
  const sandbox = await openSandbox({
    ...(options.isolation === undefined ? {} : { prefer: options.isolation }),
    unsafe: options.unsafe ?? false,
  });
  const snapshot = await takeSnapshot(found.root, copiedFiles(options));
  try {
    const languages = await Languages.load();
    const { source } = classifyFiles(snapshot, found.runner);
    const { sources } = readSources(snapshot, source, languages);
    const context = { sandbox, snapshot, command: found.command };
    const adapter = adapterFor(found.runner);
    onPhase(`running the tests: ${found.line}`);
    const baseline = await runBaseline(context, adapter, signal === undefined ? {} : { signal });
    onPhase("recording what each test executes");
    const { check, baseline: settled } = await TestSuiteCheck.create(context, adapter, {
      lanes: options.jobs ?? 1,
      baseline,
      sources: Object.keys(sources),
      ...(signal === undefined ? {} : { signal }),
    });
    try {
      const traced = await check.trace({}, Object.keys(sources), signal);
      const said = new Map(baseline.report.tests.map((each) => [each.id, each]));
      const certain = new Map([
        ...settled.failing.map((id) => [id, "failed"] as const),
        ...settled.passing.map((id) => [id, "passed"] as const),
      ]);
      const tests = traced.tests.flatMap((each) => {
        const status = certain.get(each.id);
        return status === undefined ? [] : [{ ...said.get(each.id), ...each, status }];
      });
      return {
        languages,
        sources,
        report: { ...traced, tests },
        testLine: found.line,
        isolation: sandbox.isolation,
      };
    } finally {
      await check.close();
    }
  } finally {
    await removeSnapshot(snapshot);
  }
}
