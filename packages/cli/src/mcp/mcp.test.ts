import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { BROKEN_SUM, DOUBLES, LAUNCHER, makeProject } from "../fixture-pawl.ts";

const GOOD = (BROKEN_SUM["sum.js"] as string).replace("-=", "+=");
const WORSE = (BROKEN_SUM["sum.js"] as string).replace("total -= value", "total = 0");
const PATIENCE = { timeout: 300_000, resetTimeoutOnProgress: true };

async function connect(project: { readonly root: string; readonly env: Readonly<Record<string, string>> }) {
  const client = new Client({ name: "test", version: "1" });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [LAUNCHER, "mcp"],
    cwd: project.root,
    env: { ...(process.env as Record<string, string>), ...project.env },
    stderr: "inherit",
  });
  await client.connect(transport);
  const call = async (name: string, input: Record<string, unknown> = {}, options: Record<string, unknown> = {}) => {
    const result = await client.callTool({ name, arguments: input }, undefined, { ...PATIENCE, ...options });
    const [content] = result.content as { text: string }[];
    const said = content?.text ?? "";
    return { failed: result.isError === true, said, value: result.isError === true ? result : JSON.parse(said) };
  };
  return { client, call };
}

describe("pawl mcp, as a process, spoken to by the SDK's client", () => {
  test("an agent finds out what fails, has changes judged, and takes the result as it was asked to", async () => {
    using project = makeProject(BROKEN_SUM);
    const git = (...args: string[]): string => execFileSync("git", args, { cwd: project.root, encoding: "utf8" });
    git("init", "-q");
    // The project's own, for this machine may have none.
    git("config", "user.name", "a");
    git("config", "user.email", "a@example.org");
    git("add", ".");
    git("commit", "-q", "-m", "start");
    const { client, call } = await connect(project);
    try {
      const tools = (await client.listTools()).tools.map((tool) => tool.name).sort();
      assert.deepEqual(tools, [
        "accept",
        "list_targets",
        "read_feedback",
        "start_run",
        "stop_run",
        "submit_candidate",
        "watch_run",
      ]);
      const targets = (await call("list_targets")).value;
      assert.deepEqual(targets.editable, ["sum.js"]);
      assert.equal(targets.failing.length, 2);
      assert.match(targets.failing[0].message, /-7 !== 7/);

      const phases: string[] = [];
      const started = await call(
        "start_run",
        {},
        { onprogress: (each: { message?: string }) => phases.push(each.message ?? "") },
      );
      assert.equal(started.value.state, "waiting for a change", started.said);
      assert.match(started.value.task, /sum\.js/);
      assert.ok(phases.some((phase) => phase.startsWith("running the tests")));
      const { run } = started.value;

      const early = await call("accept", { run, as: "apply" });
      assert.ok(early.failed && /has kept no change/.test(early.said));
      const worse = (await call("submit_candidate", { run, files: { "sum.js": WORSE } })).value;
      assert.deepEqual([worse.kept, worse.status], [false, "failed"]);
      assert.equal(worse.failing.length, 2);
      const forbidden = await call("submit_candidate", { run, files: { "sum.test.js": "" } });
      assert.ok(forbidden.failed && /not among the files that may change/.test(forbidden.said));
      assert.ok((await call("submit_candidate", { run, patch: "nonsense" })).failed);
      assert.ok((await call("submit_candidate", { run })).failed);
      assert.ok((await call("submit_candidate", { run, files: { "../outside.js": "x" } })).failed);
      const feedback = (await call("read_feedback", { run })).value;
      assert.equal(feedback[0].candidate, worse.candidate);
      assert.ok(feedback[0].feedback.length > 0);

      const good = (await call("submit_candidate", { run, files: { "sum.js": GOOD } })).value;
      assert.deepEqual([good.kept, good.status, good.failing], [true, "passed", []]);
      assert.equal((await call("watch_run", { run })).value.result.status, "fixed");
      assert.equal(readFileSync(join(project.root, "sum.js"), "utf8"), BROKEN_SUM["sum.js"]);
      const branch = (await call("accept", { run, as: "branch" })).value;
      assert.match(git("show", branch.branch), /\+ {2}for \(const value of values\) total \+= value;/);
      assert.equal(readFileSync(join(project.root, "sum.js"), "utf8"), BROKEN_SUM["sum.js"]);
      await call("accept", { run, as: "apply" });
      assert.equal(readFileSync(join(project.root, "sum.js"), "utf8"), GOOD);

      const read = async (uri: string): Promise<string> => {
        const [content] = (await client.readResource({ uri })).contents;
        return (content as { text: string }).text;
      };
      assert.equal(JSON.parse(await read("pawl://runs"))[0].run, run);
      assert.equal(JSON.parse(await read(`pawl://runs/${run}`)).attempts.length, 2);
      assert.match(await read(`pawl://runs/${run}/diff`), /^diff --git a\/sum\.js/);
      const done = await call("list_targets");
      assert.ok(done.failed && /nothing to fix/.test(done.said) && /what to do:/.test(done.said), done.said);
    } finally {
      await client.close();
    }
  });

  test("a change that is kept, and that the held-out tests are against, cannot be accepted", async () => {
    using project = makeProject(DOUBLES);
    const { client, call } = await connect(project);
    try {
      const { run, task } = (await call("start_run")).value;
      const told = [...new Set([...task.matchAll(/double of ([1-5])/g)].map((match) => match[1]))];
      const text = (DOUBLES["double.js"] as string).replace("return n", `return [${told}].includes(n) ? 2 * n : n`);
      assert.equal((await call("submit_candidate", { run, files: { "double.js": text } })).value.kept, true);
      assert.equal((await call("watch_run", { run })).value.result.status, "not-fixed");
      const taken = await call("accept", { run, as: "apply" });
      assert.ok(taken.failed && /does not hold on the held-out tests/.test(taken.said), taken.said);
      assert.equal(readFileSync(join(project.root, "double.js"), "utf8"), DOUBLES["double.js"]);
    } finally {
      await client.close();
    }
  });

  test("a run can be stopped, a call can be cancelled, and the server ends with its client", async () => {
    using project = makeProject(BROKEN_SUM);
    const { client, call } = await connect(project);
    try {
      const unknown = await call("watch_run", { run: "fix-9" });
      assert.ok(unknown.failed && /was not started here/.test(unknown.said));
      const { run } = (await call("start_run")).value;
      const cancel = new AbortController();
      const cancelled = call("list_targets", {}, { signal: cancel.signal });
      cancel.abort();
      await assert.rejects(cancelled);
      assert.equal((await call("stop_run", { run })).value.state, "stopped");
      const gone = await call("submit_candidate", { run, files: { "sum.js": GOOD } });
      assert.ok(gone.failed && /is not running/.test(gone.said), gone.said);
    } finally {
      await client.close();
    }
  });

  test("a score and a function are worked on the same way: what promises no gain gets its verdict, too", async () => {
    using project = makeProject({
      "package.json": '{ "type": "module" }',
      "rule.js": "export const rule = (x) => x * 2;\n",
      "score.js": 'import { rule } from "./rule.js";\nconsole.log(-Math.abs(rule(5) - 15));\n',
    });
    const { client, call } = await connect(project);
    try {
      const unclear = await call("start_run", { score: "node score.js" });
      assert.ok(unclear.failed && /which files may change/.test(unclear.said), unclear.said);
      const both = await call("start_run", { score: "node score.js", paths: ["rule.js"], function: "rule.js#rule" });
      assert.ok(both.failed && /not both/.test(both.said), both.said);
      const started = await call("start_run", { score: "node score.js", paths: ["rule.js"], goal: 0 });
      assert.equal(started.value.state, "waiting for a change", started.said);
      assert.match(started.value.task, /`node score\.js` prints for this code is to get higher.* has -5\./);
      const { run } = started.value;
      const change = (text: string) => ({ run, files: { "rule.js": `export const rule = (x) => ${text};\n` } });
      const worse = (await call("submit_candidate", change("x * 9"))).value;
      assert.deepEqual([worse.kept, worse.scores], [false, { score: [-30] }]);
      assert.match(worse.reason, /promises no gain/);
      const forbidden = await call("submit_candidate", { run, files: { "score.js": "console.log(1e9);\n" } });
      assert.ok(forbidden.failed && /not among the files that may change/.test(forbidden.said));
      assert.equal((await call("submit_candidate", change("x * 3"))).value.kept, true);
      const ended = (await call("watch_run", { run })).value.result;
      assert.deepEqual([ended.status, ended.score.after], ["improved", 0]);
    } finally {
      await client.close();
    }
  });
});
