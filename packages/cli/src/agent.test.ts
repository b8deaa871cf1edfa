import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { BROKEN_SUM, makeProject, start, type Outcome, type PawlOptions } from "./fixture-pawl.ts";

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));
const SMALL = ["--children", "4", "--stages", "2,2", "--fresh", "3", "--seed", "3"];

/** The command without its launcher, so that a kill reaches the process that works. */
function agent(args: readonly string[], state: string, options: PawlOptions = {}): Promise<Outcome> {
  const argv = [process.execPath, MAIN, "agent", ...args, "--state", state, "--plain"];
  return start(argv, { timeout: 600_000, ...options });
}

interface Listed {
  readonly runs: readonly { readonly state: string; readonly agents: readonly { readonly id: string }[] }[];
}

test("agents are evolved, survive kill -9, and work on real code by a person's word alone", async (t) => {
  if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
  const folder = mkdtempSync(join(tmpdir(), "pawl-agents-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const [whole, cut] = [join(folder, "whole"), join(folder, "cut")];

  const straight = await agent(["improve", ...SMALL, "--json"], whole);
  assert.ok([0, 1].includes(straight.code ?? -1), straight.stderr);

  let killed = false;
  const killedRun = await agent(["improve", ...SMALL], cut, {
    onStderr: (child, said) => {
      if (killed || !said.includes("child 2 of 4")) return;
      killed = child.kill("SIGKILL");
    },
  });
  assert.equal(killed, true);
  assert.equal(killedRun.code, null);
  const resumed = await agent(["improve", "--resume", "agent-1", "--json"], cut);
  assert.ok([0, 1].includes(resumed.code ?? -1), resumed.stderr);
  assert.deepEqual(JSON.parse(resumed.stdout), JSON.parse(straight.stdout), "as if nothing had happened");
  assert.equal((await agent(["improve", "--resume", "agent-1"], cut)).code, 2, "it is finished");

  const listed = JSON.parse((await agent(["list", "--json"], cut)).stdout) as Listed;
  assert.deepEqual(listed, JSON.parse((await agent(["list", "--json"], whole)).stdout));
  const [run] = listed.runs;
  assert.equal(run?.state, "finished");
  const id = run?.agents.at(-1)?.id as string;
  const shown = JSON.parse((await agent(["show", id.slice(0, 6), "--json"], cut)).stdout) as {
    readonly steps: readonly { readonly id: string; readonly diff: string }[];
  };
  assert.equal(shown.steps.at(-1)?.id, id);
  assert.ok(shown.steps.slice(1).every(({ diff }) => diff.startsWith("diff --git")));

  using project = makeProject({
    "package.json": '{ "type": "module", "scripts": { "test": "node --test" } }',
    "clamp.js": "export const clamp = (n, low, high) => (n > low ? low : n > high ? high : n);\n",
    "clamp.test.js":
      'import { test } from "node:test";\nimport assert from "node:assert";\nimport { clamp } from "./clamp.js";\n' +
      'test("in", () => assert.equal(clamp(5, 1, 10), 5));\ntest("low", () => assert.equal(clamp(0, 1, 10), 1));\n',
  });
  const fix = (): Promise<Outcome> =>
    start(
      [
        process.execPath,
        MAIN,
        "fix",
        "--proposer",
        `self:${id}`,
        "--state",
        cut,
        "--held-out",
        "0",
        "--json",
        "--budget",
        "8",
      ],
      {
        cwd: project.root,
        env: project.env,
        timeout: 300_000,
      },
    );
  const refused = await fix();
  assert.equal(refused.code, 2);
  assert.match(refused.stdout + refused.stderr, /nobody has let agent/);
  assert.equal((await agent(["use", id], cut)).code, 2, "nobody can be asked here");
  assert.equal((await agent(["use", id, "--yes"], cut)).code, 0);
  const fixed = await fix();
  assert.ok([0, 1].includes(fixed.code ?? -1), fixed.stderr);
  assert.equal((JSON.parse(fixed.stdout) as { proposer?: string; status: string }).status.length > 0, true);
});

test("mistakes at `pawl agent` are told apart", async (t) => {
  if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
  const folder = mkdtempSync(join(tmpdir(), "pawl-agents-"));
  try {
    for (const args of [
      ["show"],
      ["list", "x"],
      ["list", "--yes"],
      ["improve", "--stages", "a"],
      ["improve", "--stages", ","],
      ["improve", "--stages", "6,1000"],
      ["improve", "--fresh", "1000"],
      ["show", "ffff"],
      ["improve", "--resume", "agent-1", "--seed", "2"],
    ]) {
      const { code, stderr } = await agent(args, folder);
      assert.equal(code, 2, `${args.join(" ")}: ${stderr}`);
      assert.match(stderr, /what to do/);
    }
    const none = await agent(["list"], folder);
    assert.deepEqual([none.code, none.stdout.startsWith("No agents yet")], [0, true]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("an agent that may work here is found by fix, also below a folder that has runs of its own", async (t) => {
  if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
  using project = makeProject({ ...BROKEN_SUM, "../.pawl/.gitignore": "*\n", "deeper/notes.txt": "" });
  const here = (args: readonly string[], folder = "."): Promise<Outcome> =>
    start([process.execPath, MAIN, ...args, "--json"], { cwd: join(project.root, folder), env: project.env });
  const made = await here(["agent", "improve", "--children", "1", "--stages", "1", "--fresh", "1"]);
  const { first } = JSON.parse(made.stdout) as { first: { agent: string } };
  assert.ok(existsSync(join(project.root, ".pawl/agents")));
  assert.deepEqual(readdirSync(join(project.root, "../.pawl")), [".gitignore"]);
  assert.equal((await here(["agent", "use", first.agent, "--yes"], "deeper")).code, 0);
  const fixed = await here(["fix", "--proposer", `self:${first.agent}`, "--held-out", "0", "--budget", "4"], "deeper");
  assert.ok([0, 1].includes(fixed.code ?? -1), fixed.stdout);
});
