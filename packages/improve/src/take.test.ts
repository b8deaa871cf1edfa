import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { applyRun } from "./apply.ts";
import { branchRun } from "./branch.ts";
import { place, RESULT, SOURCES, type Place } from "./fixture-recorded-run.ts";

function commitAll({ git, root }: Place): void {
  if (!existsSync(join(root, ".git"))) git("init", "-q", "-b", "main");
  git("config", "user.name", "t");
  git("config", "user.email", "t@example.invalid");
  git("add", "-A");
  git("commit", "-q", "-m", "start");
}

test("apply writes every file of the patch, keeps their modes, and has nothing to do the second time", (t) => {
  const project = place(t);
  const { root, state } = project;
  chmodSync(join(root, "a.js"), 0o777);
  assert.deepEqual(applyRun(state, "fix-1").files, ["a.js", "lib/b.js"]);
  assert.deepEqual([project.read("a.js"), project.read("lib/b.js")], Object.values(RESULT));
  assert.equal(statSync(join(root, "a.js")).mode & 0o777, 0o777);
  assert.deepEqual(applyRun(state, "fix-1").files, []);
  assert.deepEqual(readdirSync(root).sort(), ["a.js", "lib"]);
});

test("one changed, missing or unreadable file of two, and nothing is written", (t) => {
  const project = place(t);
  const { root, state } = project;
  writeFileSync(join(root, "lib/b.js"), `${SOURCES["lib/b.js"]}// mine\n`);
  assert.throws(() => applyRun(state, "fix-1"), { message: /changed after the run had started.*lib\/b\.js/ });
  rmSync(join(root, "lib/b.js"));
  assert.throws(() => applyRun(state, "fix-1"), { message: /is not there any more.*lib\/b\.js/ });
  mkdirSync(join(root, "lib/b.js"));
  assert.throws(() => applyRun(state, "fix-1"), { name: "UsageError" });
  assert.equal(project.read("a.js"), SOURCES["a.js"]);
});

test("bytes that are no UTF-8 count as a change: they would be lost", (t) => {
  const project = place(t);
  const { root, state } = project;
  const latin = Buffer.from(SOURCES["lib/b.js"], "latin1");
  writeFileSync(join(root, "lib/b.js"), latin);
  assert.throws(() => applyRun(state, "fix-1"), { name: "UsageError" });
  assert.deepEqual(readFileSync(join(root, "lib/b.js")), latin);
  assert.equal(project.read("a.js"), SOURCES["a.js"]);
});

test("what fails halfway leaves every file as it was and nothing beside it", (t) => {
  const project = place(t);
  const { root, state } = project;
  // The second file cannot be staged, because something is in the way.
  const inTheWay = `lib/.b.js.${process.pid}.pawl`;
  mkdirSync(join(root, inTheWay));
  assert.throws(() => applyRun(state, "fix-1"), { code: "EEXIST" });
  rmSync(join(root, inTheWay), { recursive: true });
  assert.deepEqual([project.read("a.js"), project.read("lib/b.js")], Object.values(SOURCES));
  assert.deepEqual(readdirSync(root, { recursive: true }).sort(), ["a.js", "lib", "lib/b.js"]);
});

test("a link stays a link; one that leads out of the project is not followed", (t) => {
  const project = place(t);
  const { root, state } = project;
  mkdirSync(join(root, "real"));
  writeFileSync(join(root, "real/b.js"), SOURCES["lib/b.js"]);
  rmSync(join(root, "lib/b.js"));
  symlinkSync("../real/b.js", join(root, "lib/b.js"));
  applyRun(state, "fix-1");
  assert.ok(lstatSync(join(root, "lib/b.js")).isSymbolicLink());
  assert.equal(project.read("real/b.js"), RESULT["lib/b.js"]);

  const other = place(t);
  const outside = join(other.root, "../outside.js");
  writeFileSync(outside, SOURCES["lib/b.js"]);
  rmSync(join(other.root, "lib/b.js"));
  symlinkSync(outside, join(other.root, "lib/b.js"));
  assert.throws(() => applyRun(other.state, "fix-1"), { message: /leads out of the project/ });
  assert.deepEqual([readFileSync(outside, "utf8"), other.read("a.js")], [SOURCES["lib/b.js"], SOURCES["a.js"]]);
});

test("a branch holds the result as one commit, and leaves HEAD, index and work tree alone, dirty and detached too", (t) => {
  const project = place(t);
  const { git, root, state } = project;
  commitAll(project);
  git("checkout", "-q", "--detach");
  writeFileSync(join(root, "a.js"), "// half typed\n");
  writeFileSync(join(root, "new.js"), "// staged\n");
  git("add", "new.js");
  const before = [git("status", "--porcelain"), git("rev-parse", "HEAD")];
  const { branch, commit } = branchRun(state, "fix-1");
  assert.equal(branch, "pawl/fix-1");
  assert.deepEqual([git("status", "--porcelain"), git("rev-parse", "HEAD")], before);
  assert.equal(git("show", "pawl/fix-1:lib/b.js"), RESULT["lib/b.js"]);
  assert.equal(git("show", "pawl/fix-1:a.js"), RESULT["a.js"]);
  assert.deepEqual(git("diff", "--name-only", "HEAD", commit).trim().split("\n"), ["a.js", "lib/b.js"]);
  assert.match(git("log", "-1", "--format=%B", commit), /^Fix: one to two/);
});

test("what stands in the way of a branch is said, and no branch is made", (t) => {
  const project = place(t);
  const { git, root, state } = project;
  assert.throws(() => branchRun(state, "fix-1"), { message: /is no git repository/, todo: /pawl apply/ });
  git("init", "-q", "-b", "main");
  assert.throws(() => branchRun(state, "fix-1"), { message: /no commit yet/, todo: /pawl apply/ });
  commitAll(project);
  assert.throws(() => branchRun(state, "fix-1", "a b"), { message: /cannot be the name of a branch/ });
  assert.throws(() => branchRun(state, "fix-1", "main"), { message: /branch 'main' exists/, todo: /--name/ });
  writeFileSync(join(root, "a.js"), "export const a = 7;\n");
  git("commit", "-q", "-a", "-m", "another");
  assert.throws(() => branchRun(state, "fix-1"), {
    message: /does not fit the last commit.*a\.js/,
    todo: /pawl apply/,
  });
  assert.equal(git("branch", "--format=%(refname:short)").trim(), "main");
});

test("without a name for the commit, git's own remedy is told", (t) => {
  const project = place(t);
  commitAll(project);
  project.git("config", "user.name", "");
  project.git("config", "user.useConfigOnly", "true");
  assert.throws(() => branchRun(project.state, "fix-1"), { message: /whose commit/, todo: /git config user\.name/ });
});
