import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import type { DoctorReport, EvolveResult, FixResult } from "@pawl/improve";
import { pawl, start, type Outcome } from "./fixture-pawl.ts";

const EXAMPLES = fileURLToPath(new URL("../../../examples/", import.meta.url));
const PROBLEM = fileURLToPath(new URL("../../worlds/code-evolve/bin-packing-weibull/", import.meta.url));

test("the npm library is repaired as its README says", async (t) => {
  if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
  if (await cannotRun(t)) return;
  await repair({
    example: "npm-library",
    tests: ["npm", "test"],
    before: { passed: 28, failed: 3 },
    file: "src/parse.js",
  });
});

test("the Python package is repaired as its README says", async (t) => {
  if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
  if (await cannotRun(t, "pytest")) return;
  await repair({
    example: "python-package",
    tests: ["python3", "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider"],
    before: { passed: 23, failed: 3 },
    file: "src/timesheet/weeks.py",
  });
});

test("the packing heuristic is improved as its README says, also on the lists held out", async (t) => {
  if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
  if (await cannotRun(t)) return;
  using project = copyOf("bin-packing");
  const scores = ["--score", "node score.js", "--held-out-score", "node score.js held-out.json"];
  const limits = ["--budget", "80", "--seed", "1"];
  const result = parse<EvolveResult>(await project.pawl("evolve", "heuristic.js", ...scores, ...limits, "--json"));
  assert.equal(result.status, "improved");
  assert.ok(result.score.after > result.score.before);
  assert.ok(result.score.heldOut !== null && result.score.heldOut.after > result.score.heldOut.before);
  assert.deepEqual(result.files, ["heuristic.js"]);
  assert.equal(project.changedFiles(), "");

  const score = async (...args: string[]): Promise<number> => {
    const { stdout } = await project.start(process.execPath, "score.js", ...args);
    return (JSON.parse(stdout) as { score: number }).score;
  };
  assert.equal(await score(), result.score.before);
  assert.equal((await project.pawl("apply")).code, 0);
  assert.equal(project.changedFiles(), " M heuristic.js\n");
  assert.deepEqual([await score(), await score("held-out.json")], [result.score.after, result.score.heldOut.after]);
});

test("the packing example is the problem of the same name, to the byte", () => {
  for (const file of readdirSync(PROBLEM))
    assert.deepEqual(readFileSync(join(EXAMPLES, "bin-packing", file)), readFileSync(join(PROBLEM, file)), file);
});

interface RepairExample {
  readonly example: string;
  readonly tests: readonly string[];
  readonly before: { readonly passed: number; readonly failed: number };
  readonly file: string;
}

/** What a user does: see the tests fail, fix, look at the patch, take it, see them pass. */
async function repair({ example, tests, before, file }: RepairExample): Promise<void> {
  using project = copyOf(example);
  assert.notEqual((await project.start(...tests)).code, 0);

  const result = parse<FixResult>(await project.pawl("fix", "--seed", "1", "--json"));
  assert.equal(result.status, "fixed");
  assert.deepEqual(result.files, [file]);
  assert.deepEqual(result.tests.before, before);
  assert.deepEqual(result.tests.after, { passed: before.passed + before.failed, failed: 0 });
  assert.ok(result.tests.heldOut !== null && result.tests.heldOut.passed > 0);
  assert.equal(result.tests.heldOut.failed, 0);
  assert.ok(result.evaluations.screened > 0 && result.evaluations.confirmed > 0);
  assert.notEqual(result.isolation, "none");
  assert.equal(project.changedFiles(), "");

  const diff = await project.pawl("diff");
  assert.deepEqual([diff.code, diff.stdout], [0, result.patch]);
  assert.equal((await project.pawl("apply")).code, 0);
  assert.equal(project.changedFiles(), ` M ${file}\n`);
  const after = await project.start(...tests);
  assert.equal(after.code, 0, after.stdout);
}

/** The document on stdout of a command that reached its goal. */
function parse<T>({ code, stdout, stderr }: Outcome): T {
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout) as T;
}

/** A copy of an example in a repository of its own, gone at the end of the block; experience learned there stays there. */
function copyOf(example: string): Disposable & {
  pawl(...args: string[]): Promise<Outcome>;
  start(...command: string[]): Promise<Outcome>;
  /** `git status --porcelain`: empty when the work tree is as it was. */
  changedFiles(): string;
} {
  const folder = mkdtempSync(join(tmpdir(), "pawl-example-"));
  const root = join(folder, example);
  const env = { XDG_CONFIG_HOME: join(folder, "config") };
  const ignored = /[\\/](?:node_modules|__pycache__|\.pytest_cache|\.pawl)$/;
  cpSync(join(EXAMPLES, example), root, { recursive: true, filter: (path) => !ignored.test(path) });
  const git = (...args: string[]): string =>
    execFileSync("git", ["-c", "user.name=test", "-c", "user.email=test@example.invalid", ...args], {
      cwd: root,
      encoding: "utf8",
    });
  git("init", "-q");
  git("add", "-A");
  git("commit", "-q", "-m", "as it is");
  return {
    pawl: (...args) => pawl(args, { cwd: root, env }),
    // A runner below a runner would report to the outer one.
    start: (...command) => start(["env", "-u", "NODE_TEST_CONTEXT", ...command], { cwd: root, env }),
    changedFiles: () => git("status", "--porcelain"),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Skips the test, with the reason, where no sandbox works or pytest is needed and missing. */
async function cannotRun(t: TestContext, needs?: "pytest"): Promise<boolean> {
  const { isolation, languages } = JSON.parse((await pawl(["doctor", "--json"])).stdout) as DoctorReport;
  const reasons = isolation.backends.map(({ name, reason }) => `${name}: ${reason}`);
  const python = languages.find(({ name }) => name === "python");
  if (isolation.best === "none") t.skip(`no sandbox works here: ${reasons.join("; ")}`);
  else if (needs === "pytest" && !/^pytest \d/.test(python?.detail ?? "")) t.skip("pytest not found");
  else return false;
  return true;
}
