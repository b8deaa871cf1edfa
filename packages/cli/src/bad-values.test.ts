import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { BROKEN_SUM, makeProject, pawl } from "./fixture-pawl.ts";
import { fingerprint, hasSandbox, refused } from "./fixture-refused.ts";

test("an empty value is not taken for a missing one", async (t) => {
  for (const args of [
    ["fix", "--test", ""],
    ["fix", "--state", " "],
    ["evolve", "sum.js", "--score", ""],
  ])
    await refused(t, BROKEN_SUM, args, { code: 2, what: /the value of --\w+ is empty/, where: /^--/ });
});

test("a test command and a score command that are not there", async (t) => {
  await refused(t, BROKEN_SUM, ["fix", "--test", "no-such-runner --all"], { code: 2, what: /no-such-runner/ });
  await refused(t, BROKEN_SUM, ["evolve", "sum.js", "--score", "no-such-program"], {
    code: 2,
    what: /no-such-program: not found/,
  });
});

test("a flag that would do nothing is refused", async (t) => {
  for (const command of [["fix"], ["agent", "improve"], ["run-fragment", "sum.js"]])
    await refused(t, BROKEN_SUM, [...command, "--isolation", "none"], {
      code: 2,
      what: /no protection/,
      todo: /--unsafe-no-sandbox/,
    });
  await refused(t, BROKEN_SUM, ["fix", "--proposer", "self:3fa9", "--agent-env", "KEY"], {
    code: 2,
    what: /'self:3fa9' is no coding agent/,
    where: /--agent-env/,
  });
  for (const views of [
    ["--tree", "--bugs"],
    ["--all", "--tree"],
    ["--all", "--bugs"],
  ])
    await refused(t, BROKEN_SUM, ["show", ...views], { code: 2, what: /one way at a time/, where: /pawl show --/ });
});

test("a file where the folder of the runs should be", async (t) => {
  for (const state of ["sum.js", "sum.js/deeper"]) {
    for (const command of [["fix"], ["runs"], ["show"], ["resume", "fix-1"], ["apply"]]) {
      if (command[0] !== "fix" && state !== "sum.js") continue;
      await refused(t, BROKEN_SUM, [...command, "--state", state], {
        code: 2,
        what: /kept in a folder, and this is a file/,
        where: /sum\.js/,
        todo: /--state <folder>/,
      });
    }
  }
});

test("a source file in another encoding is refused, not rewritten", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  using project = makeProject(BROKEN_SUM);
  writeFileSync(
    join(project.root, "sum.js"),
    Buffer.concat([Buffer.from(BROKEN_SUM["sum.js"] as string), Buffer.from("// caf\xe9\n", "latin1")]),
  );
  const before = fingerprint(project.root);
  for (const args of [
    ["fix", "--apply"],
    ["evolve", "sum.js", "--score", "echo 1", "--apply"],
  ]) {
    const { code, stderr } = await pawl(args, { cwd: project.root, env: project.env });
    assert.equal(code, 2, stderr);
    assert.match(stderr, /not encoded in UTF-8\n {2}where: sum\.js/);
  }
  assert.equal(fingerprint(project.root), before);
});

test("runs and candidates that are not there, runs that are finished, and nothing kept", async (t) => {
  if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
  if (!hasSandbox) return t.skip("no sandbox works here");
  using project = makeProject(BROKEN_SUM);
  const options = { cwd: project.root, env: project.env };
  const fixed = await pawl(["fix", "--json"], options);
  assert.equal(fixed.code, 0, fixed.stderr + fixed.stdout);
  const unkept = await pawl(["fix", "--budget", "1", "--seed", "3", "--search", "random", "--json"], options);
  assert.equal((JSON.parse(unkept.stdout) as { patch: string }).patch, "", "one random edit is no repair");
  const before = fingerprint(project.root);
  const cases: readonly (readonly [readonly string[], RegExp, RegExp])[] = [
    ...["show", "diff", "apply", "branch", "resume", "replay", "stop"].map(
      (command) => [[command, "fix-9"], /there is no run 'fix-9'/, /fix-1/] as const,
    ),
    [["doctor", "--run", "fix-9"], /there is no run 'fix-9'/, /fix-1/],
    [["diff", "fix-1", "--candidate", "zz"], /no candidate of run fix-1 begins with 'zz'/, /pawl show fix-1/],
    [["resume", "fix-1"], /run fix-1 is finished/, /pawl show fix-1/],
    [["apply", "fix-2"], /has kept no candidate/, /pawl show fix-2/],
    [["branch", "fix-1"], /no git repository/, /pawl apply/],
  ];
  for (const [args, what, todo] of cases) {
    const { code, stdout, stderr } = await pawl(args, options);
    assert.deepEqual([code, stdout], [2, ""], args.join(" "));
    assert.match(stderr.split("\n")[0] as string, what);
    assert.match(stderr.slice(stderr.indexOf("what to do:")), todo);
  }
  assert.equal(fingerprint(project.root), before);
  const applied = await pawl(["apply", "fix-1"], options);
  assert.deepEqual([applied.code, applied.stdout], [0, "Written: sum.js\n"]);
  const again = await pawl(["apply", "fix-1"], options);
  assert.deepEqual([again.code, again.stdout], [0, "Nothing to write: the result is there already.\n"]);
});

test("a run that somebody works on is not resumed a second time, and its record is not disturbed", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  const slow =
    'import { test } from "node:test";\ntest("slow", async () => {\n  await new Promise((go) => setTimeout(go, 300));\n  throw new Error("always");\n});\n';
  const variants = Array.from({ length: 40 }, (_, n) => `export const c${n} = ${n} < 3 ? ${n} + 1 : ${n} - 1;\n`);
  using project = makeProject({
    "package.json": BROKEN_SUM["package.json"] as string,
    "sum.js": variants.join(""),
    "sum.test.js": `import "./sum.js";\n${slow}`,
  });
  const options = { cwd: project.root, env: project.env };
  let second: Promise<readonly (number | null)[]> | null = null;
  const first = await pawl(["fix"], {
    ...options,
    onStderr: (_child, said) => {
      if (second !== null || !said.includes("searching")) return;
      second = (async () => {
        const resumed = await pawl(["resume"], options);
        assert.match(resumed.stderr, /is being worked on by process \d+/);
        assert.match(resumed.stderr, /pawl stop fix-1/);
        const stopped = await pawl(["stop"], options);
        return [resumed.code, stopped.code];
      })();
    },
  });
  assert.equal(first.code, 130, first.stderr);
  assert.deepEqual(await second, [2, 0]);
  const whole = await pawl(["doctor", "--run", "fix-1"], options);
  assert.equal(whole.code, 0, whole.stdout);
});
