import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { LAUNCHER, makeProject, pawl, start } from "./fixture-pawl.ts";
import { hasSandbox } from "./fixture-refused.ts";
import { version } from "./version.ts";

/** A Node older than 24 on this machine, or null after the test was skipped. */
function oldNode(t: TestContext): string | null {
  const candidates = (process.env["PATH"] ?? "").split(":").map((folder) => join(folder, "node"));
  const found = ["/usr/bin/node", ...candidates].find((path) => existsSync(path) && majorOf(path) < 24);
  if (found === undefined) t.skip("no Node older than 24 found");
  return found ?? null;
}

function majorOf(node: string): number {
  return Number.parseInt(execFileSync(node, ["-p", "process.versions.node"], { encoding: "utf8" }), 10);
}

test("an old Node starts pawl with the Node of the packages and hands on its exit code", async (t) => {
  const node = oldNode(t);
  if (node === null) return;
  const right = await pawl(["--version"], { node });
  assert.deepEqual([right.code, right.stdout, right.stderr], [0, `${version()}\n`, ""]);
  const wrong = await pawl(["fxi"], { node });
  assert.equal(wrong.code, 2);
});

test("where no Node 24 can be found, the launcher says so and ends with exit code 3", async (t) => {
  const node = oldNode(t);
  if (node === null) return;
  using away = makeProject({});
  const lonely = join(away.root, "pawl.cjs");
  cpSync(LAUNCHER, lonely);
  const plain = await start([node, lonely, "fix"]);
  assert.deepEqual([plain.code, plain.stdout], [3, ""]);
  assert.match(plain.stderr, /pawl needs Node 24 or newer; this is Node \d+/);
  assert.match(plain.stderr, /what to do: Install pawl with its optional dependencies/);
  const json = await start([node, lonely, "fix", "--json"]);
  assert.equal(json.code, 3);
  assert.equal((JSON.parse(json.stdout) as { exitCode: number }).exitCode, 3);
});

test("a package with an older Node is not taken for a Node 24", async (t) => {
  const node = oldNode(t);
  if (node === null) return;
  const name = `node-${process.platform}-${process.arch}`;
  using away = makeProject({
    "bin/pawl.cjs": readFileSync(LAUNCHER, "utf8"),
    [`node_modules/${name}/package.json`]: `{ "name": "${name}", "version": "20.1.0" }`,
    [`node_modules/${name}/bin/node`]: "",
  });
  const { code, stderr } = await start([node, join(away.root, "bin/pawl.cjs"), "--version"]);
  assert.equal(code, 3);
  assert.match(stderr, /pawl needs Node 24/);
});

test("the launcher's syntax is that of Node 12", () => {
  const text = readFileSync(LAUNCHER, "utf8");
  const { parseSync } = createRequire(import.meta.url)("oxc-parser") as typeof import("oxc-parser");
  const parsed = parseSync("pawl.cjs", text, { sourceType: "script" });
  assert.deepEqual(parsed.errors, []);
  const kinds = new Set<string>();
  JSON.stringify(parsed.program, (_key, value: unknown) => {
    if (typeof value === "object" && value !== null && "type" in value) kinds.add(String(value.type));
    if (typeof value === "object" && value !== null && "operator" in value && value.operator === "??") kinds.add("??");
    return value;
  });
  for (const newer of ["ChainExpression", "??", "PrivateIdentifier", "StaticBlock", "ClassDeclaration"])
    assert.ok(!kinds.has(newer), `${newer} is newer than Node 12`);
});

const SLOW_TEST = `import assert from "node:assert/strict";
import { test } from "node:test";
import { sum } from "./sum.js";

test("slow", async () => {
  await new Promise((resolve) => setTimeout(resolve, 400));
  assert.equal(sum([7]), "never");
});
`;
const ENDLESS = { "package.json": '{ "type": "module" }', "sum.js": "", "sum.test.js": SLOW_TEST };
for (let n = 0; n < 40; n++) ENDLESS["sum.js"] += `const c${n} = ${n} < 3 ? ${n} + 1 : ${n} - 1;\n`;
ENDLESS["sum.js"] +=
  "export function sum(values) {\n  let total = 0;\n  for (const value of values) total += value;\n  return total;\n}\n";

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  for (const kind of ["old", "new"] as const) {
    test(`${signal} to the launcher under ${kind} Node pauses the run: exit code 130, and it can be resumed`, async (t) => {
      if (signal === "SIGTERM" && process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
      const node = kind === "old" ? oldNode(t) : process.execPath;
      if (node === null) return;
      if (!hasSandbox) return t.skip("no sandbox works here");
      using project = makeProject(ENDLESS);
      let sent = false;
      const { code, stdout, stderr } = await pawl(["fix", "--test", "node --test", "--json"], {
        cwd: project.root,
        env: project.env,
        node,
        onStderr: (child, said) => {
          if (sent || !said.includes("searching")) return;
          sent = true;
          child.kill(signal);
        },
      });
      assert.equal(code, 130, stderr);
      assert.match(stderr, /Stopping and saving the state/);
      const report = JSON.parse(stdout) as { error: { todo: string }; exitCode: number };
      assert.equal(report.exitCode, 130);
      assert.match(report.error.todo, /pawl resume fix-1/);
      const runs = await pawl(["runs", "--json"], { cwd: project.root });
      assert.equal((JSON.parse(runs.stdout) as { runs: { state: string }[] }).runs[0]?.state, "paused");
    });
  }
}

test("a second Ctrl-C within two seconds quits at once, and what was stored is whole", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  using project = makeProject(ENDLESS);
  let sent = 0;
  const { code } = await pawl(["fix", "--test", "node --test"], {
    cwd: project.root,
    env: project.env,
    onStderr: (child, said) => {
      if (sent === 0 && said.includes("searching")) sent = Number(child.kill("SIGINT"));
      else if (sent === 1 && said.includes("Stopping")) sent = 1 + Number(child.kill("SIGINT"));
    },
  });
  assert.deepEqual([code, sent], [130, 2]);
  const check = await pawl(["doctor", "--run", "fix-1", "--json"], { cwd: project.root });
  assert.deepEqual([check.code, (JSON.parse(check.stdout) as { problems: unknown[] }).problems], [0, []]);
});

test(
  "Pawl stops when the launcher of an old Node is killed, it alone",
  { skip: hasSandbox ? false : "no sandbox" },
  async (t) => {
    const node = oldNode(t);
    if (node === null) return;
    using project = makeProject({ "check.sh": "sleep 60\n" });
    const launcher = spawn(node, [LAUNCHER, "fix", "--test", "sh check.sh"], { cwd: project.root, stdio: "ignore" });
    const children = (): string => readFileSync(`/proc/${launcher.pid}/task/${launcher.pid}/children`, "utf8").trim();
    while (children() === "") await sleep(20);
    const pawl = children();
    const ended = new Promise((resolve) => launcher.once("exit", resolve));
    launcher.kill("SIGKILL");
    await ended;
    while (existsSync(`/proc/${pawl}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pawl}/status`, "utf8")))
      await sleep(20);
  },
);
