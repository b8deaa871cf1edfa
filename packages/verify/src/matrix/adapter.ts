import type { RunnerAdapter, SuiteContext, TestOutcome, TestReport, WarmSuite, RunRequest } from "../suites/types.ts";
import { contextIn, type VersionView } from "./view.ts";

/**
 * The project's suite, run once for each version of a dependency, as one suite: test `a.test.js > adds` becomes
 * `lodash@3.10.1: a.test.js > adds` and `lodash@4.17.21: a.test.js > adds`. What is asked of a suite (all of it passes, nothing that passed
 * fails now, some of it is held out) is then asked of every version, and failures name theirs. Each version has processes of its own.
 */
export function matrixAdapter(inner: RunnerAdapter, views: readonly VersionView[]): RunnerAdapter {
  return {
    id: inner.id,
    ...(inner.canCollectAll === undefined ? {} : { canCollectAll: inner.canCollectAll }),
    runClean: (context, request, signal) =>
      inEachVersion(views, request, (view, own) => inner.runClean(contextFor(inner, view, context), own, signal)),
    ...(inner.startWarm === undefined
      ? {}
      : { startWarm: (context, baseline, all) => startWarm(inner, views, context, baseline, all) }),
  };
}

/** `lodash@3.10.1: ` before a file or a test id. */
function prefix(view: VersionView): string {
  return `${view.label}: `;
}

async function inEachVersion(
  views: readonly VersionView[],
  request: RunRequest,
  run: (view: VersionView, request: RunRequest) => Promise<TestReport>,
): Promise<TestReport> {
  let all: TestReport | null = null;
  for (const view of views) {
    const start = prefix(view);
    const own = request.tests?.filter((id) => id.startsWith(start)).map((id) => id.slice(start.length));
    if (own?.length === 0 && request.tests?.length !== 0) continue;
    const report = withPrefix(start, await run(view, own === undefined ? request : { ...request, tests: own }));
    all = all === null ? report : merged(all, report);
    const failed = report.timedOut || report.tests.some((test) => test.status === "failed");
    if (request.stopAtFirstFailure === true && failed) break;
  }
  return all ?? { tests: [], errors: [], timedOut: false, complete: true, wallMs: 0, cpuMs: 0 };
}

function withPrefix(start: string, report: TestReport): TestReport {
  return {
    ...report,
    tests: report.tests.map((test): TestOutcome => ({ ...test, id: start + test.id, file: start + test.file })),
    errors: report.errors.map(({ file, message }) =>
      file === undefined ? { message: start + message } : { file: start + file, message },
    ),
  };
}

function merged(a: TestReport, b: TestReport): TestReport {
  const silence = Math.max(a.silenceMs ?? 0, b.silenceMs ?? 0);
  return {
    tests: [...a.tests, ...b.tests],
    errors: [...a.errors, ...b.errors],
    timedOut: a.timedOut || b.timedOut,
    complete: a.complete && b.complete,
    exitCode: (a.exitCode ?? 0) !== 0 ? (a.exitCode ?? null) : (b.exitCode ?? null),
    ...(silence > 0 ? { silenceMs: silence } : {}),
    wallMs: a.wallMs + b.wallMs,
    cpuMs: a.cpuMs + b.cpuMs,
  };
}

async function startWarm(
  inner: RunnerAdapter,
  views: readonly VersionView[],
  context: SuiteContext,
  baseline: TestReport,
  collectAll: boolean | undefined,
): Promise<WarmSuite | { readonly reason: string }> {
  const suites = new Map<VersionView, WarmSuite>();
  const close = async (): Promise<void> => {
    for (const suite of suites.values()) await suite.close();
  };
  for (const view of views) {
    const started = await inner.startWarm?.(contextFor(inner, view, context), ofVersion(view, baseline), collectAll);
    if (started === undefined || "reason" in started) {
      await close();
      return { reason: `${prefix(view)}${started?.reason ?? "no warm runner"}` };
    }
    suites.set(view, started);
  }
  return {
    run: (request, signal) =>
      inEachVersion(views, request, (view, own) => (suites.get(view) as WarmSuite).run(own, signal)),
    close,
  };
}

/** The part of a matrix report that one version made, with its own ids. */
export function ofVersion(view: VersionView, report: TestReport): TestReport {
  const start = prefix(view);
  const cut = (text: string): string => text.slice(start.length);
  return {
    ...report,
    tests: report.tests
      .filter((test) => test.id.startsWith(start))
      .map((test) => ({ ...test, id: cut(test.id), file: cut(test.file) })),
    errors: report.errors.flatMap(({ file, message }) => {
      if (file?.startsWith(start)) return [{ file: cut(file), message }];
      return file === undefined && message.startsWith(start) ? [{ message: cut(message) }] : [];
    }),
  };
}

/** An assignment in the line itself must not hide the version; Python's adapters see to that by themselves. */
function contextFor(inner: RunnerAdapter, view: VersionView, context: SuiteContext): SuiteContext {
  const seen = contextIn(view, context);
  if (inner.id === "pytest" || inner.id === "unittest") return seen;
  const argv = seen.command.argv.map((word) => word.replace(/\bPYTHONPATH=/g, 'PYTHONPATH="$PYTHONPATH:"'));
  return { ...seen, command: { ...seen.command, argv } };
}
