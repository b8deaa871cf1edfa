import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { BROKEN_SUM, LAUNCHER, makeProject, pawl } from "./fixture-pawl.ts";
import { hasSandbox } from "./fixture-refused.ts";

/** Tests that are still running when whoever looks on goes away. */
const ENDLESS = { "check.sh": "sleep 60\n" };

test("a run whose stderr nobody reads any more goes on and reports", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  using project = makeProject(BROKEN_SUM);
  const { code, stdout } = await pawl(["fix", "--held-out", "0", "--json"], {
    cwd: project.root,
    env: project.env,
    onStderr: (child) => child.stderr?.destroy(),
  });
  assert.equal(code, 0, stdout);
  assert.equal((JSON.parse(stdout) as { status: string }).status, "fixed");
});

test("a terminal that is closed pauses the run: exit code 130, and it can be resumed", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  if (spawnSync("script", ["--version"]).error !== undefined) return t.skip("script not found");
  using project = makeProject(ENDLESS);
  // As an interactive shell does: it hands the hangup on. It outlives its terminal to write down how Pawl ended.
  const run = `'${process.execPath}' '${LAUNCHER}' fix --test 'sh check.sh'`;
  const line = `${run} & pawl=$!; trap 'kill -HUP $pawl' HUP; wait $pawl; wait $pawl; echo $? > '${project.root}/../code'`;
  const terminal = spawn("script", ["-qec", line, "/dev/null"], {
    cwd: project.root,
    env: { ...process.env, ...project.env, TERM: "xterm" },
  });
  let said = "";
  const died = new Promise((resolve) => terminal.once("exit", resolve));
  terminal.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    if (said.includes("running the tests")) terminal.kill("SIGKILL");
  });
  await died;
  const codeFile = join(project.root, "../code");
  for (let tries = 0; tries < 600 && !existsSync(codeFile); tries++) await sleep(50);
  assert.equal(readFileSync(codeFile, "utf8").trim(), "130", said);
  const runs = await pawl(["runs", "--json"], { cwd: project.root });
  assert.equal((JSON.parse(runs.stdout) as { runs: { state: string }[] }).runs[0]?.state, "paused");
});

test("what nobody caught is a bug in Pawl and is reported as one", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  using project = makeProject(ENDLESS);
  const hook =
    "setInterval(() => { if (process.listenerCount('uncaughtException') > 0) throw new Error('unforeseen') }, 50)";
  const { code, stdout, stderr } = await pawl(["fix", "--test", "sh check.sh", "--json"], {
    cwd: project.root,
    env: { ...project.env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}` },
  });
  assert.equal(code, 70, stderr);
  const report = JSON.parse(stdout) as { error: { what: string; stack: string }; exitCode: number };
  assert.deepEqual([report.error.what, report.exitCode], ["Pawl itself failed: unforeseen", 70]);
});
