import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
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

function gitAt(folder: string, ...args: string[]): string {
  return execFileSync("git", args, { cwd: folder, encoding: "utf8" });
}

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

test("a result of two changes is two commits, and each says what it alone repairs", (t) => {
  const parts = Object.entries(SOURCES).map(([path, text], i) => {
    const end = text.indexOf("\n") + 1;
    const hunk = { path, line: 1, start: 0, end, text: (RESULT[path as keyof typeof RESULT] as string).slice(0, end) };
    return { hunks: [hunk], repairs: [`${path} > test ${i}`] };
  });
  const project = place(t, { changes: parts });
  const { git, root, state } = project;
  commitAll(project);
  const { branch, commit, commits } = branchRun(state, "fix-1");
  assert.deepEqual(
    commits.map((each) => each.subject),
    ["Fix: a.js:1 export const a = 2;", "Fix: lib/b.js:1 export const b = 2;"],
  );
  assert.equal(git("rev-list", "--count", `HEAD..${branch}`).trim(), "2");
  assert.deepEqual(git("diff", "--name-only", `${commit}~`, commit).trim(), "lib/b.js");
  assert.equal(git("show", `${commit}~:a.js`), RESULT["a.js"]);
  assert.equal(git("show", `${commit}:lib/b.js`), RESULT["lib/b.js"]);
  const first = git("log", "-1", "--format=%b", `${commit}~`);
  assert.match(first, /Part 1 of 2.*alone repairs 1 of 2 visible failing tests.*a\.js > test 0.*1 of them still fail/s);
  assert.doesNotMatch(first, /lib\/b\.js > test 1/);
  assert.match(git("log", "-1", "--format=%b", commit), /lib\/b\.js > test 1.*no visible test fails any more/s);
  assert.equal(git("status", "--porcelain"), "");
  assert.equal(readFileSync(join(root, "a.js"), "utf8"), SOURCES["a.js"]);
});

test("no hook of the person's runs for a branch, and a commit that git would sign is said to be unsigned", (t) => {
  const project = place(t);
  const { git, root, state } = project;
  commitAll(project);
  for (const hook of ["pre-commit", "commit-msg", "post-commit", "post-index-change", "reference-transaction"]) {
    writeFileSync(join(root, ".git/hooks", hook), `#!/bin/sh\ntouch "${root}/ran-${hook}"\n`);
    chmodSync(join(root, ".git/hooks", hook), 0o755);
  }
  git("config", "commit.gpgSign", "true");
  git("config", "gpg.program", "false");
  const { commit, unsigned } = branchRun(state, "fix-1");
  assert.equal(unsigned, true);
  assert.doesNotMatch(git("-c", "core.hooksPath=/dev/null", "cat-file", "-p", commit), /gpgsig/);
  assert.deepEqual(
    readdirSync(root).filter((name) => name.startsWith("ran-")),
    [],
  );
});

test("line ends that git converts do not count as a change", (t) => {
  const project = place(t);
  const { git, root, state } = project;
  writeFileSync(join(root, ".gitattributes"), "*.js text\n");
  commitAll(project);
  assert.equal(git("show", "HEAD:lib/b.js"), SOURCES["lib/b.js"].replaceAll("\r\n", "\n"));
  const { commit } = branchRun(state, "fix-1");
  assert.equal(git("show", `${commit}:lib/b.js`), RESULT["lib/b.js"].replaceAll("\r\n", "\n"));
});

test("a linked work tree gets its branch from its own HEAD", (t) => {
  const project = place(t);
  const { git, root, state } = project;
  commitAll(project);
  const side = join(root, "../side");
  git("worktree", "add", "-q", side, "-b", "side");
  renameSync(root, `${root}-main`);
  gitAt(`${root}-main`, "worktree", "repair");
  // The record names the project by its path: the work tree takes the place of it.
  renameSync(side, root);
  gitAt(`${root}-main`, "worktree", "repair", root);
  gitAt(
    root,
    "-c",
    "user.name=t",
    "-c",
    "user.email=t@example.invalid",
    "commit",
    "-q",
    "--allow-empty",
    "-m",
    "on the side",
  );
  const { commit } = branchRun(state, "fix-1");
  assert.equal(gitAt(root, "log", "-1", "--format=%s", `${commit}~`).trim(), "on the side");
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
  git("branch", "pawl");
  assert.throws(() => branchRun(state, "fix-1"), { message: /branch 'pawl' exists/, todo: /--name/ });
  git("branch", "-D", "pawl");
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
