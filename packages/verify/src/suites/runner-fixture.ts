import assert from "node:assert/strict";
import { existsSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { openSandbox } from "../open-sandbox.ts";
import { removeSnapshot, takeSnapshot } from "../snapshot.ts";
import { discoverTests } from "./discover.ts";
import { writeProject } from "./fixture-project.ts";
import type { RunnerAdapter, SuiteContext, TestReport, WarmSuite } from "./types.ts";

/** For tests: a project that one of the JavaScript runners tests, and what the runner must say about it. */
export interface RunnerFixture {
  readonly adapter: RunnerAdapter;
  readonly files: Readonly<Record<string, string>>;
  /** Status by id of every test of the base. */
  readonly base: Readonly<Record<string, string>>;
  /** Files that do not load. */
  readonly broken: readonly string[];
  /** Commands that must all report the same. */
  readonly commands: readonly string[];
  /** The file that candidates change. */
  readonly source: string;
  /** Id of a test of `sign`, one of `add` in the same file, and lines that `add`'s test executes and does not execute. */
  readonly sign: string;
  readonly add: string;
  readonly addLines: { readonly executed: readonly number[]; readonly not: readonly number[] };
}

const LIMIT = { timeoutMs: 120_000 };
let sandbox: ReturnType<typeof openSandbox> | undefined;

/** Packages that a runner needs and does not bring. */
const PEERS: Readonly<Record<string, readonly string[]>> = { vitest: ["vite"] };

/** The node_modules folder with the runner: in the folder PAWL_TEST_RUNNERS names, or the repository's own. */
function packagesWith(runner: string): string | { readonly missing: string } {
  const home = process.env["PAWL_TEST_RUNNERS"] ?? fileURLToPath(new URL("../../../../", import.meta.url));
  const packages = join(home, "node_modules");
  const missing = [runner, ...(PEERS[runner] ?? [])].find((name) => !existsSync(join(packages, name, "package.json")));
  return missing === undefined ? packages : { missing };
}

/** Opens a project that has the runner among its dependencies; null (and the test is skipped) where the package is missing. */
export async function openRunnerProject(
  t: TestContext,
  runner: string,
  files: Readonly<Record<string, string>>,
  command?: string,
): Promise<SuiteContext | null> {
  const packages = packagesWith(runner);
  if (typeof packages !== "string") {
    t.skip(`${packages.missing} not found`);
    return null;
  }
  const root = writeProject(files);
  symlinkSync(packages, join(root, "node_modules"));
  const snapshot = await takeSnapshot(root);
  t.after(async () => {
    await removeSnapshot(snapshot);
    rmSync(root, { recursive: true, force: true });
  });
  sandbox ??= openSandbox({ unsafe: true });
  return { sandbox: await sandbox, snapshot, command: discoverTests(root, command).command };
}

/** Status by test id. */
export function statuses(report: TestReport): Record<string, string> {
  return Object.fromEntries(report.tests.map(({ id, status }) => [id, status]));
}

/** Registers the tests that every JavaScript runner's adapter must pass. */
export function testRunner(fixture: RunnerFixture): void {
  const { adapter, files, base, broken, source, sign, add } = fixture;
  const text = files[source] as string;
  const edit = (from: string, to: string): Readonly<Record<string, string>> => {
    assert.ok(text.includes(from));
    return { [source]: text.replace(from, to) };
  };
  const wrong = () => edit("a + b", "a - b");
  const hang = () => edit("if (x < 0)", "for (;;);\n  if (x < 0)");
  const unreadable = () => edit("a + b", "a + ");

  test(`${adapter.id}: every command reports every test`, async (t) => {
    for (const command of fixture.commands) {
      const context = await openRunnerProject(t, adapter.id, files, command);
      if (context === null) return;
      const report = await adapter.runClean(context, { files: {}, ...LIMIT });
      assert.ok(report.complete, `${command}: ${JSON.stringify(report.errors)}`);
      assert.deepEqual(statuses(report), base, command);
      assert.deepEqual([...new Set(report.errors.map(({ file }) => file))], broken, command);
    }
  });

  test(`${adapter.id}: a clean run tells what failed, and which lines ran`, async (t) => {
    const context = await openRunnerProject(t, adapter.id, files);
    if (context === null) return;
    const report = await adapter.runClean(context, { files: wrong(), trace: [source], ...LIMIT });
    const failure = report.tests.find(({ id }) => id === add);
    assert.equal(failure?.status, "failed");
    assert.match(failure.message ?? "", /\S/);
    assert.deepEqual([failure.expected, failure.actual], ["3", "-1"]);
    assert.equal(failure.stack?.[0]?.path, failure.file);
    assert.ok((failure.stack[0].line ?? 0) > 1);
    checkLines(failure.hits?.[source], fixture);
  });

  test(`${adapter.id}: clean runs that do not end well`, async (t) => {
    const context = await openRunnerProject(t, adapter.id, files);
    if (context === null) return;
    const late = await adapter.runClean(context, { files: hang(), timeoutMs: 3000 });
    assert.deepEqual([late.timedOut, late.complete], [true, false]);
    const dead = await adapter.runClean(context, {
      files: edit("if (x < 0)", 'process.kill(process.pid, "SIGKILL");\n  if (x < 0)'),
      ...LIMIT,
    });
    assert.notEqual(statuses(dead)[sign], "passed");
    assert.ok(!dead.complete || dead.errors.length > broken.length);
    const exited = await adapter.runClean(context, {
      files: edit("if (x < 0)", "process.exit(0);\n  if (x < 0)"),
      ...LIMIT,
    });
    assert.notEqual(statuses(exited)[sign], "passed");
    const unread = await adapter.runClean(context, { files: unreadable(), ...LIMIT });
    assert.equal(statuses(unread)[add], undefined);
    assert.ok(
      unread.errors.some(({ message }) => /SyntaxError|PARSE_ERROR|Unexpected|Transform failed|Expected/.test(message)),
    );
  });

  test(`${adapter.id}: a command without the runner is not complete, and says so`, async (t) => {
    const context = await openRunnerProject(t, adapter.id, files, `false && ${adapter.id}`);
    if (context === null) return;
    const report = await adapter.runClean(context, { files: {}, ...LIMIT });
    assert.deepEqual([report.complete, report.tests, report.errors.length], [false, [], 1]);
    assert.match(report.errors[0]?.message ?? "", /ended before it reported/);
    const warm = await adapter.startWarm?.(context, report);
    assert.ok(warm !== undefined && "reason" in warm);
    assert.match(warm.reason, /0 times, not once/);
  });

  test(`${adapter.id}: a warm process judges each candidate as if it were alone`, async (t) => {
    // A file that never loads keeps mocha from starting at all, so it is left out here.
    const loading = Object.fromEntries(Object.entries(files).filter(([path]) => !broken.includes(path)));
    const context = await openRunnerProject(t, adapter.id, loading);
    if (context === null) return;
    const clean = await adapter.runClean(context, { files: {}, ...LIMIT });
    const warm = await adapter.startWarm?.(context, clean);
    assert.ok(warm !== undefined && !("reason" in warm), JSON.stringify(warm));
    t.after(() => warm.close());
    await checkWarm(warm, clean, fixture, { wrong: wrong(), hang: hang(), unreadable: unreadable(), text });
  });
}

async function checkWarm(
  warm: WarmSuite,
  clean: TestReport,
  fixture: RunnerFixture,
  candidates: Readonly<Record<"wrong" | "hang" | "unreadable", Record<string, string>>> & { readonly text: string },
): Promise<void> {
  const { source, sign, add } = fixture;
  const same = async () => assert.deepEqual(statuses(await warm.run({ files: {}, ...LIMIT })), statuses(clean));
  await same();
  const wrong = await warm.run({ files: candidates.wrong, ...LIMIT });
  assert.deepEqual(statuses(wrong), { ...statuses(clean), [add]: "failed" });
  await same();

  const traced = await warm.run({ files: {}, tests: [add], trace: [source], ...LIMIT });
  assert.deepEqual(statuses(traced), { [add]: "passed" });
  checkLines(traced.tests[0]?.hits?.[source], fixture);
  const untraced = await warm.run({ files: candidates.wrong, tests: [add, sign], ...LIMIT });
  assert.deepEqual(statuses(untraced), { [add]: "failed", [sign]: "passed" });
  assert.equal(untraced.tests[0]?.hits, undefined);

  const unreadable = await warm.run({ files: candidates.unreadable, ...LIMIT });
  assert.equal(statuses(unreadable)[add], undefined);
  assert.ok(unreadable.errors.length > 0);
  await same();

  // A new file beside the changed one, gone again afterwards.
  const extension = source.slice(source.lastIndexOf("."));
  const helper = `${dirname(source)}/helper${extension}`;
  const esm = candidates.text.includes("export ");
  const load = esm
    ? `import { plus } from "./helper${extension}";\n`
    : `const { plus } = require("./helper${extension}");\n`;
  const plus = esm ? "export const plus = (a, b) => a + b;\n" : "exports.plus = (a, b) => a + b;\n";
  const split = { [source]: load + candidates.text.replace("a + b", "plus(a, b)"), [helper]: plus };
  assert.deepEqual(statuses(await warm.run({ files: split, ...LIMIT })), statuses(clean));
  const unhelped = await warm.run({ files: { [source]: split[source] as string }, ...LIMIT });
  assert.notEqual(statuses(unhelped)[add], "passed");

  const late = await warm.run({ files: candidates.hang, timeoutMs: 3000 });
  assert.deepEqual([late.timedOut, late.complete], [true, false]);
  await same();
}

function checkLines(hits: readonly number[] | undefined, { addLines }: RunnerFixture): void {
  for (const line of addLines.executed) assert.ok(hits?.includes(line), `line ${line} in ${hits?.join(" ")}`);
  for (const line of addLines.not) assert.ok(!hits?.includes(line), `line ${line} not in ${hits?.join(" ")}`);
}
