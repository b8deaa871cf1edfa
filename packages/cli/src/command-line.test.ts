import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { CLUSTERS, STAGES, STATUSES } from "@pawl/lab";
import { searchIds } from "@pawl/search";
import { COMMANDS } from "./command-table.ts";
import { bashCompletion } from "./completion/bash.ts";
import { fishCompletion } from "./completion/fish.ts";
import { zshCompletion } from "./completion/zsh.ts";
import { makeProject, pawl } from "./fixture-pawl.ts";
import { version } from "./version.ts";

test("--help lists every command and the exit codes", async () => {
  const { code, stdout, stderr } = await pawl(["--help"]);
  assert.deepEqual([code, stderr], [0, ""]);
  for (const { name } of COMMANDS) assert.match(stdout, new RegExp(`^  ${name} `, "m"));
  assert.match(stdout, /130 interrupted/);
});

test("pawl alone, pawl help and pawl --help say the same", async () => {
  const [alone, help, flag] = await Promise.all([pawl([]), pawl(["help"]), pawl(["--help"])]);
  assert.equal(alone.stdout, flag.stdout);
  assert.equal(help.stdout, flag.stdout);
  assert.deepEqual([alone.code, help.code], [0, 0]);
});

test("--version prints the package's version", async () => {
  const { code, stdout } = await pawl(["--version"]);
  assert.deepEqual([code, stdout], [0, `${version()}\n`]);
});

for (const { name, options, examples } of COMMANDS) {
  test(`${name} --help has its flags and two or three examples`, async () => {
    const { code, stdout } = await pawl([name, "--help"]);
    assert.equal(code, 0);
    for (const { flags } of options) assert.ok(stdout.includes(flags.split(" ")[0] as string), flags);
    for (const { line } of examples) assert.ok(stdout.includes(line), line);
    assert.ok(examples.length >= 2 && examples.length <= 3);
  });
}

test("the searches the help offers are those there are", () => {
  const offered = COMMANDS.find(({ name }) => name === "fix")?.options.find(({ flags }) =>
    flags.startsWith("--search"),
  );
  const ids = searchIds().map(({ id }) => id);
  assert.deepEqual([...((offered?.complete ?? []) as readonly string[])].sort(), [...ids].sort());
});

test("the clusters, stages and states the help of lab offers are those there are", () => {
  const offered = (flag: string): readonly string[] =>
    (COMMANDS.find(({ name }) => name === "lab")?.options.find(({ flags }) => flags.startsWith(flag))?.complete ??
      []) as readonly string[];
  assert.deepEqual(offered("--cluster"), CLUSTERS);
  assert.deepEqual(offered("--stage"), STAGES);
  assert.deepEqual(
    [...offered("--status")].sort(),
    ["built", ...STATUSES.map((status) => status.replaceAll(" ", "-"))].sort(),
  );
});

test("the lab is loaded by nobody but its own command", async () => {
  const hook = `import { registerHooks } from "node:module";
    registerHooks({ resolve(name, context, next) {
      if (name.startsWith("@pawl/lab")) throw new Error("the lab was loaded");
      return next(name, context);
    } });`;
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}` };
  using project = makeProject({});
  const options = { cwd: project.root, env: { ...project.env, ...env } };
  for (const args of [["--help"], ["lab", "--help"], ["completion", "bash"]])
    assert.equal((await pawl(args, options)).code, 0, args.join(" "));
  assert.match((await pawl(["fix"], options)).stderr, /no test command/i);
  assert.match((await pawl(["lab", "list"], options)).stderr, /the lab was loaded/);
});

test("mistakes end with exit code 2, say what is wrong, and suggest", async (t) => {
  if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
  const cases: readonly (readonly [readonly string[], RegExp, RegExp])[] = [
    [["fxi"], /unknown command 'fxi'/, /Did you mean fix\?/],
    [["help", "fxi"], /unknown command 'fxi'/, /Did you mean fix\?/],
    [["fxi", "--help"], /unknown command 'fxi'/, /Did you mean fix\?/],
    [["lib"], /unknown command 'lib'/, /Did you mean lab\?/],
    [["lab"], /missing required argument 'what'/, /pawl lab --help/],
    [["lab", "lst"], /Allowed choices are list, run, report/, /pawl lab --help/],
    [["lab", "list", "--seeds", "3"], /--seeds belongs to 'pawl lab run'/, /Leave it out/],
    [["lab", "list", "dgm"], /'pawl lab list' takes no systems/, /Leave them out/],
    [["lab", "list", "--cluster", "code-agent"], /there is no cluster 'code-agent'/, /Did you mean code-agents/],
    [["lab", "list", "--status", "done"], /there is no status 'done'/, /not-reproduced/],
    [["lab", "run"], /no system was named/, /pawl lab list/],
    [["lab", "run", "swe-serch"], /there is no system 'swe-serch'/, /Did you mean swe-search/],
    [["lab", "run", "all", "--seeds", "0"], /cannot read '0'/, /at least 1/],
    [["fix", "--tset", "x"], /unknown option '--tset'/, /Did you mean --test\?/],
    [["fix", "--test"], /'--test <command>' argument missing/, /pawl fix --help/],
    [["show", "a", "b"], /too many arguments/, /pawl show --help/],
    [["evolve", "--score", "x"], /missing required argument 'files'/, /pawl evolve --help/],
    [["evolve", "a.js"], /score command is needed/, /--score "node score.js"/],
    [["fix", "--budget", "lots"], /cannot read the budget 'lots'/, /200.*5m/],
    [["fix", "--budget", "0"], /cannot read the budget '0'/, /200.*5m/],
    [["fix", "--seed", "-1"], /cannot read '-1'/, /at least 0/],
    [["fix", "--jobs", "0"], /cannot read '0'/, /at least 1/],
    [["fix", "--held-out", "0.9"], /cannot read '0.9'/, /from 0 to 0.5/],
    [["fix", "--isolation", "docker"], /Allowed choices are bubblewrap/, /pawl fix --help/],
    [["matrix", "x", "--unsafe-no-sandbox"], /unknown option '--unsafe-no-sandbox'/, /pawl matrix --help/],
    [["completion", "tcsh"], /Allowed choices are bash, zsh, fish/, /pawl completion --help/],
    [["reset"], /nothing was named/, /--project/],
    [["improve"], /there is no pawl.config.ts/, /export default/],
    [["runs"], /no runs here/, /pawl fix/],
    [["resume"], /no runs here/, /pawl fix/],
  ];
  using project = makeProject({});
  for (const [args, what, todo] of cases) {
    const { code, stdout, stderr } = await pawl(args, { cwd: project.root, env: project.env });
    assert.deepEqual([code, stdout], [2, ""], args.join(" "));
    assert.match(stderr.split("\n")[0] as string, what);
    assert.match(stderr, /what to do: /);
    assert.match(stderr, todo);
  }
});

test("with --json a mistake is one JSON document on stdout and nothing on stderr", async () => {
  using project = makeProject({});
  for (const args of [["fxi"], ["fix", "--tset"], ["fix", "--budget", "lots"], ["runs"], ["diff", "fix-9"]]) {
    const { code, stdout, stderr } = await pawl([...args, "--json"], { cwd: project.root, env: project.env });
    const report = JSON.parse(stdout) as { error: Record<string, unknown>; exitCode: number };
    assert.deepEqual([code, stderr, report.exitCode], [2, "", 2]);
    assert.deepEqual(Object.keys(report.error), ["what", "where", "todo"]);
    assert.equal(typeof report.error["what"], "string");
    assert.equal(typeof report.error["todo"], "string");
  }
});

test("--json after -- is an argument", async () => {
  const { code, stdout } = await pawl(["show", "--", "a", "--json"]);
  assert.deepEqual([code, stdout], [2, ""]);
});

test("a reader that stops reading is no error", async () => {
  const done = spawnSync("sh", ["-c", '"$0" "$1" --help | head -1', process.execPath, pawlPath()], {
    encoding: "utf8",
  });
  assert.deepEqual([done.status, done.stderr], [0, ""]);
});

test("the completion scripts parse, and bash completes commands, flags and values", async (t) => {
  await pawl(["completion", "bash"]).then(({ stdout }) => assert.equal(stdout, bashCompletion()));
  execFileSync("bash", ["-n"], { input: bashCompletion() });
  const complete = (...words: readonly string[]): string =>
    execFileSync(
      "bash",
      [
        "-c",
        'eval "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _pawl; echo "${COMPREPLY[*]}"',
        "bash",
        bashCompletion(),
        ...words,
      ],
      { encoding: "utf8" },
    ).trim();
  assert.equal(complete("pawl", "re"), "resume replay reset");
  assert.equal(complete("pawl", "fix", "--iso"), "--isolation");
  assert.equal(complete("pawl", "fix", "--isolation", "b"), "bubblewrap");
  assert.equal(complete("pawl", "completion", ""), "bash zsh fish");
  assert.equal(complete("pawl", "help", "ev"), "evolve");
  for (const [shell, script] of [
    ["zsh", zshCompletion()],
    ["fish", fishCompletion()],
  ] as const) {
    await t.test(shell, (inner) => {
      if (spawnSync(shell, ["--version"]).error !== undefined) return inner.skip(`${shell} not found`);
      // From a file: older versions of fish refuse to check what comes in on stdin.
      using folder = makeProject({ pawl: script });
      const { status, stderr } = spawnSync(shell, ["-n", join(folder.root, "pawl")], { encoding: "utf8" });
      assert.deepEqual([status, stderr], [0, ""]);
    });
  }
});

function pawlPath(): string {
  return new URL("../bin/pawl.cjs", import.meta.url).pathname;
}
