import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { BROKEN_SUM, LAUNCHER, makeProject, pawl, start, type Outcome } from "./fixture-pawl.ts";
import { hasSandbox, refused } from "./fixture-refused.ts";

const MODULE = '{ "type": "module", "scripts": { "test": "node --test" } }\n';

test("no test command", (t) =>
  refused(t, { "notes.txt": "nothing to run\n" }, ["fix"], { code: 2, what: /no test command/i, todo: /--test/ }));

test("no failing test", (t) =>
  refused(t, { ...BROKEN_SUM, "sum.js": "export const sum = (v) => v.reduce((a, b) => a + b, 0);\n" }, ["fix"], {
    code: 2,
    what: /nothing to fix: all 3 tests pass/,
    todo: /add a test/i,
  }));

test("a syntax error in the target", (t) =>
  refused(t, { ...BROKEN_SUM, "sum.js": "export function sum(values) {\n  return (\n" }, ["fix"], {
    code: 2,
    what: /syntax error/,
    where: /sum\.js/,
  }));

test("a test suite that hangs", (t) =>
  refused(
    t,
    { ...BROKEN_SUM, "sum.test.js": 'import { test } from "node:test";\ntest("never ends", () => { for (;;); });\n' },
    ["fix", "--test-timeout", "2"],
    { code: 2, what: /did not end within 2 s/ },
  ));

test("a path outside of the project, a path that is not there, a path that is a test", async (t) => {
  await refused(t, BROKEN_SUM, ["fix", "/etc/passwd"], { code: 2, what: /no source file/, where: /passwd/ });
  await refused(t, BROKEN_SUM, ["fix", "nowhere.js"], { code: 2, what: /no source file/, where: /nowhere\.js/ });
  await refused(t, BROKEN_SUM, ["fix", "sum.test.js"], { code: 2, what: /tests are not edited/, todo: /--edit-tests/ });
});

test("a score command that prints nothing, no number, or ends with an error", async (t) => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ["", /printed nothing/],
    ["console.log(NaN);", /"NaN", not a finite number/],
    ['console.log("fine");', /"fine", not a finite number/],
    ["process.exit(7);", /exit code 7/],
  ];
  for (const [score, what] of cases) {
    const files = { "package.json": MODULE, "n.js": "export const n = 3;\n", "score.js": `${score}\n` };
    await refused(t, files, ["evolve", "n.js", "--score", "node score.js"], { code: 2, what, where: /node score\.js/ });
  }
});

test("a file to evolve that is not there", (t) =>
  refused(t, { "package.json": MODULE }, ["evolve", "n.js", "--score", "echo 1"], {
    code: 2,
    what: /no such file/,
    where: /n\.js/,
  }));

test("a corrupt store is reported, left as it is, and never written to", async () => {
  using project = makeProject({ ...BROKEN_SUM, ".pawl/pawl.db": "this is no database\n".repeat(500) });
  const bytes = readFileSync(join(project.root, ".pawl/pawl.db"));
  for (const args of [["runs"], ["show"], ["fix"], ["doctor", "--run", "fix-1"]]) {
    const { code, stderr } = await pawl(args, { cwd: project.root, env: project.env });
    assert.equal(code, 3, `${args.join(" ")}: ${stderr}`);
    assert.match(stderr, /the store is damaged/);
    assert.match(stderr, /Nothing was changed in it/);
  }
  assert.deepEqual(readFileSync(join(project.root, ".pawl/pawl.db")), bytes);
});

test("files that changed since the run started are not overwritten by apply", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  using project = makeProject(BROKEN_SUM);
  const options = { cwd: project.root, env: project.env };
  const fixed = await pawl(["fix", "--json"], options);
  assert.equal(fixed.code, 0, fixed.stdout + fixed.stderr);
  const mine = `${BROKEN_SUM["sum.js"]}// my own words\n`;
  writeFileSync(join(project.root, "sum.js"), mine);
  const applied = await pawl(["apply"], options);
  assert.equal(applied.code, 2);
  assert.match(applied.stderr, /changed after the run had started; nothing was written/);
  assert.match(applied.stderr, /where: sum\.js/);
  assert.equal(readFileSync(join(project.root, "sum.js"), "utf8"), mine);
  const patch = await pawl(["diff"], options);
  assert.match(patch.stdout, /^\+.*total \+= value/m, "the result is still there");
});

test("fix --apply on a dirty work tree changes the lines of the patch and leaves everything of yours", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  using project = makeProject({ ...BROKEN_SUM, "notes.txt": "one\n", ".gitignore": "build/\n" });
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.invalid", ...args], {
      cwd: project.root,
      encoding: "utf8",
    });
  git("init", "-q");
  git("add", "-A");
  git("commit", "-q", "-m", "start");
  const mine = `${BROKEN_SUM["sum.js"]}\n// not committed yet\n`;
  const files = {
    "sum.js": mine,
    "notes.txt": "two\n",
    "new.js": "// not known to git\n",
    "build/out.js": "// built\n",
  };
  mkdirSync(join(project.root, "build"));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(project.root, path), text);
  git("add", "notes.txt");
  const { code, stdout, stderr } = await pawl(["fix", "--apply", "--json"], { cwd: project.root, env: project.env });
  assert.equal(code, 0, stdout + stderr);
  assert.deepEqual((JSON.parse(stdout) as { applied: string[] }).applied, ["sum.js"]);
  const now = Object.keys(files).map((path) => readFileSync(join(project.root, path), "utf8"));
  assert.deepEqual(now, [mine.replace("-= value", "+= value"), ...Object.values(files).slice(1)]);
  assert.equal(git("diff", "--cached", "--name-only"), "notes.txt\n", "the index is as it was");
});

test("fix --apply on files that are edited meanwhile reports the result and leaves the edit alone", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  using project = makeProject(BROKEN_SUM);
  const mine = `${BROKEN_SUM["sum.js"]}// typed while pawl was running\n`;
  const { code, stdout } = await pawl(["fix", "--apply", "--json"], {
    cwd: project.root,
    env: project.env,
    onStderr: (_child, said) => {
      if (said.includes("searching")) writeFileSync(join(project.root, "sum.js"), mine);
    },
  });
  const report = JSON.parse(stdout) as { status: string; patch: string; applied: string[]; error: { what: string } };
  assert.deepEqual([code, report.status, report.applied], [2, "fixed", []]);
  assert.match(report.patch, /total \+= value/);
  assert.match(report.error.what, /nothing was written/);
  assert.equal(readFileSync(join(project.root, "sum.js"), "utf8"), mine);
});

/** Runs a shell script in a mount namespace of its own, in which `$PLACE` is a small memory disk with the project on it. */
async function onSmallDisk(t: TestContext, megabytes: number, script: string): Promise<Outcome | null> {
  if (!hasSandbox) {
    t.skip("no sandbox works here");
    return null;
  }
  const unshare = ["unshare", "--mount", ...(process.getuid?.() === 0 ? [] : ["--map-root-user"])];
  using project = makeProject(BROKEN_SUM);
  const mount = 'mount -t tmpfs -o size="$SIZE" tmpfs "$PLACE"';
  const env = {
    ...project.env,
    SIZE: `${megabytes}m`,
    PLACE: join(project.root, "..", "config"),
    FROM: project.root,
    NODE: process.execPath,
    PAWL: LAUNCHER,
  };
  const prepare = `set -e; mkdir -p "$PLACE"; ${mount}; cp -r "$FROM"/. "$PLACE"; cd "$PLACE"`;
  const probe = spawnSync(unshare[0] as string, [...unshare.slice(1), "sh", "-c", `${prepare}`], {
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  if (probe.status !== 0) {
    t.skip(`no mount namespace: ${probe.stderr.trim() || "unshare not found"}`);
    return null;
  }
  const whole = `${prepare}; export XDG_CONFIG_HOME=/nonexistent/pawl; pawl() { "$NODE" "$PAWL" "$@"; }; set +e\n${script}`;
  return await start([...unshare, "sh", "-c", whole], { env });
}

test("a full disk: exit code 3, and what was stored before can be read afterwards", async (t) => {
  const outcome = await onSmallDisk(
    t,
    2,
    `pawl fix --json > /dev/null 2> /dev/null; echo "first $?"
     dd if=/dev/zero of=filler bs=4k 2> /dev/null
     pawl fix > out 2>&1; echo "full $?"
     pawl fix 2>&1 > /dev/null | grep -a 'pawl:'
     rm -f filler
     pawl runs --json; echo "runs $?"
     pawl doctor --run fix-1 > /dev/null; echo "doctor $?"
     pawl diff fix-1 | grep -c '^+.*total += value'`,
  );
  if (outcome === null) return;
  assert.match(outcome.stdout, /^first 0$/m, outcome.stderr);
  assert.match(outcome.stdout, /^full 3$/m, outcome.stdout);
  assert.match(outcome.stdout, /pawl: (the disk is full|the store cannot be read or written)/);
  assert.match(outcome.stdout, /^runs 0$/m);
  assert.match(outcome.stdout, /^doctor 0\n1$/m, "the first run is whole and its patch is there");
});

test("a read-only project: exit code 3 with a way out, and --state elsewhere works", async (t) => {
  const outcome = await onSmallDisk(
    t,
    8,
    `mkdir .pawl; mount -o remount,ro "$PLACE"
     pawl fix --json; echo "read-only $?"
     pawl fix --state "$FROM/.elsewhere" --json > /dev/null 2>&1; echo "elsewhere $?"
     pawl apply --state "$FROM/.elsewhere"; echo "apply $?"
     grep -c 'total -= value' sum.js`,
  );
  if (outcome === null) return;
  assert.match(outcome.stdout, /^read-only 3$/m, outcome.stdout + outcome.stderr);
  assert.match(outcome.stdout, /not writable/);
  assert.match(outcome.stdout, /--state <folder>/);
  assert.match(outcome.stdout, /^elsewhere 0$/m);
  assert.match(outcome.stdout, /^apply 3\n1$/m, outcome.stdout + outcome.stderr);
  assert.match(outcome.stderr, /pawl: the folder is on a read-only file system/);
});
