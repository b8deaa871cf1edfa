import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type TestContext, before, describe, test } from "node:test";
import { BoxGroups, boxGroups } from "./cgroup.ts";
import { findGroupBase } from "./cgroup-base.ts";
import { DEFAULT_LIMITS } from "./default-limits.ts";
import { FunctionCheck } from "./function-check.ts";
import { openSandbox } from "./open-sandbox.ts";
import { probeSandbox } from "./probe-sandbox.ts";
import type { Limits } from "./process.ts";
import type { Sandbox } from "./sandbox.ts";
import { adapterFor } from "./suites/adapters.ts";
import { hasPytest } from "./suites/discover-python.ts";
import { openProject } from "./suites/fixture-project.ts";
import { findOnPath } from "./toolchain.ts";

const groups = boxGroups();
const unusable =
  "reason" in groups ? `nothing to install: control groups cannot be used here (${groups.reason})` : false;
const slow = unusable || (process.env["PAWL_SLOW"] === "1" ? false : "slow: set PAWL_SLOW=1");
const python = unusable || (findOnPath("python3") === null ? "python3 not found" : false);
const probes = await probeSandbox();
const MEGABYTE = 1024 ** 2;
/** Each process far below its own limit, all together above that of the box. */
const HOGS = `import os, time
held, hold = os.pipe()
for i in range(6):
  if os.fork() == 0:
    kept = b"x" * (100 << 20)
    os.write(hold, b"x")
    time.sleep(60)
for i in range(6): os.read(held, 1)
print("all")`;
const FORKS = `import os, time
n = 0
try:
  while n < 100:
    if os.fork() == 0: time.sleep(60)
    n += 1
except OSError: pass
print(n)`;

const snapshot = {
  root: "/project",
  base: mkdtempSync(join(tmpdir(), "pawl-empty-")),
  dependencies: [],
  files: [],
  hash: "",
};
process.once("exit", () => rmSync(snapshot.base, { recursive: true, force: true }));

for (const isolation of ["bubblewrap", "namespaces"] as const) {
  const missing = probes.some((probe) => probe.isolation === isolation && probe.works) ? false : `no ${isolation} here`;

  const costs = isolation === "bubblewrap" ? false : slow;
  describe(`a box in control groups: ${isolation}`, { skip: python || missing || costs }, () => {
    let bounded: Sandbox;
    let unbounded: Sandbox;
    before(async () => {
      bounded = await openSandbox({ prefer: isolation });
      unbounded = await openSandbox({ prefer: isolation, controlGroups: false });
    });
    const run = (script: string, limits: Partial<Limits>, sandbox = bounded) =>
      sandbox.run(
        { snapshot, files: {} },
        { argv: ["python3", "-c", script] },
        { ...DEFAULT_LIMITS, wallMs: 30_000, ...limits },
      );

    test("ends when its processes together use too much memory, as a process ends that gets no more", async () => {
      const limits = { wholeMemoryBytes: 200 * MEGABYTE };
      const result = await run(HOGS, limits);
      assert.deepEqual([result.exitCode, result.signal, result.timedOut, result.stdout], [134, null, false, ""]);
      assert.match(result.stderr, /out of memory: all processes of the sandbox together may use 200 MB/);
      assert.equal((await run(HOGS, limits, unbounded)).stdout, "all\n");
    });

    test("counts what a box writes to its files in memory", async () => {
      const write =
        'open("/tmp/large", "wb").write(b"x" * (100 << 20))\nfor i in range(2): open("/tmp/%d" % i, "wb").write(open("/tmp/large", "rb").read())\nprint("all")';
      assert.equal((await run(write, { wholeMemoryBytes: 150 * MEGABYTE })).exitCode, 134);
      assert.equal((await run(write, {})).stdout, "all\n");
    });

    test("starts no more processes than the whole box may have", async () => {
      const started = Number((await run(FORKS, { wholeProcesses: 30 })).stdout);
      assert.ok(started > 10 && started < 30, String(started));
      assert.equal((await run(FORKS, { wholeProcesses: 30 }, unbounded)).stdout, "100\n");
    });

    test("is in a group of its own, which is gone afterwards, and the engine stays where it was", async () => {
      const own = readFileSync("/proc/self/cgroup", "utf8");
      const mark = `65${process.pid}`;
      const argv = ["sh", "-c", `echo started >&3; exec sleep ${mark}`];
      const box = await bounded.start({ snapshot, files: {} }, { argv }, DEFAULT_LIMITS);
      try {
        await box.messages[Symbol.asyncIterator]().next();
        const inside = new RegExp(`(?:pids|^0:):.*/pawl-${process.pid}-\\d+$`, "m");
        const [members, others] = [true, false].map((wanted) =>
          processesWith(mark).filter((pid) => inside.test(readFileSync(`/proc/${pid}/cgroup`, "utf8")) === wanted),
        );
        // Launcher, first process and command; not the watcher that ends the box with Pawl, which is Pawl's own.
        assert.deepEqual([(members?.length ?? 0) > 2, others?.length], [true, 1]);
        assert.equal(readFileSync("/proc/self/cgroup", "utf8"), own);
      } finally {
        await box.kill();
      }
      for (let waited = 0; foldersOfThis().length > 0 && waited < 500; waited++)
        await new Promise((resolve) => setTimeout(resolve, 20));
      assert.deepEqual(foldersOfThis(), []);
    });
  });
}

let usual: Promise<Sandbox> | undefined;

/** The sandbox of this machine, with less memory for whole boxes that stay. */
async function cramped(): Promise<Sandbox> {
  const sandbox = await (usual ??= openSandbox());
  return {
    ...sandbox,
    start: (contents, command, limits) =>
      sandbox.start(contents, command, { ...limits, wholeMemoryBytes: 400 * MEGABYTE }),
  };
}

const signal = new AbortController().signal;
const candidate = { id: "c", changes: [], parents: [], origin: { proposer: "test", summary: "" } };

const HOG_FUNCTIONS = {
  "main.py": {
    right: "def value():\n    return 1\n",
    hog: "def value():\n    held = [b'x' * (50 << 20) for i in range(20)]\n    return len(held)\n",
  },
  "main.mjs": {
    right: "export function value() {\n  return 1;\n}\n",
    hog: "export function value() {\n  return Array.from({ length: 20 }, () => new Uint8Array(50 << 20).fill(1)).length;\n}\n",
  },
};
for (const [module, { right, hog }] of Object.entries(HOG_FUNCTIONS))
  test(
    `a function that needs too much memory is an error, and those beside it in the warm box are judged by what they do: ${module}`,
    { skip: slow || python },
    async () => {
      await using project = await openProject({ [module]: right }, "python3 -m unittest");
      const judge = { module, cases: [{ call: "value", args: [], returns: 1 }] };
      const { snapshot } = project.context;
      const check = new FunctionCheck({ sandbox: await cramped(), snapshot, judge, lanes: 1, timeoutMs: 20_000 });
      try {
        const texts = Array.from(
          { length: 24 },
          (_, index) => `${index % 12 === 7 ? hog : right}\n${"\n".repeat(index)}`,
        );
        const judged = texts.map((text) => check.screen({ candidate, files: { [module]: text } }, signal));
        assert.deepEqual(
          (await Promise.all(judged)).map(({ status }) => status),
          texts.map((text) => (text.startsWith(hog) ? "error" : "passed")),
        );
        assert.equal((await check.confirm({ candidate, files: { [module]: hog } }, signal)).status, "error");
      } finally {
        await check.close();
      }
    },
  );

test(
  "a test that needs too much memory is an error in a warm suite, and leaves the others alone",
  { skip: slow || python },
  async (t: TestContext) => {
    if (!hasPytest()) return t.skip("pytest not found");
    const right = "def value():\n    return 1\n";
    const hog = "def value():\n    held = [b'x' * (50 << 20) for i in range(20)]\n    return 1\n";
    await using project = await openProject(
      { "main.py": right, "test_main.py": "from main import value\n\ndef test_value():\n    assert value() == 1\n" },
      "python3 -m pytest",
    );
    const context = { ...project.context, sandbox: await cramped() };
    const adapter = adapterFor("pytest");
    const clean = await adapter.runClean(project.context, { files: {}, timeoutMs: 60_000 });
    const warm = await adapter.startWarm?.(context, clean);
    assert.ok(warm !== undefined && !("reason" in warm));
    try {
      for (const [text, passes] of [
        [right, true],
        [hog, false],
        [right, true],
        [right, true],
      ] as const) {
        const report = await warm.run({ files: { "main.py": text }, timeoutMs: 60_000 });
        assert.equal(
          report.complete && report.tests.every(({ status }) => status === "passed"),
          passes,
          JSON.stringify(report),
        );
        if (!passes) assert.match(JSON.stringify(report.errors), /out of memory/);
      }
    } finally {
      await warm.close();
    }
  },
);

test("groups of dead engines are removed, those of living ones are not", { skip: unusable }, () => {
  const base = baseHere();
  const dead = spawnSync("true").pid;
  const [old, own] = [`pawl-${dead}-0`, `pawl-${process.pid}-999999`];
  for (const name of [old, own]) mkdirSync(join(base.memory, name));
  try {
    assert.ok(BoxGroups.find() instanceof BoxGroups);
    assert.deepEqual(
      [old, own].map((name) => existsSync(join(base.memory, name))),
      [false, true],
    );
  } finally {
    rmdirSync(join(base.memory, own));
  }
});

test("version 2 groups come below Pawl's own or beside it, and never past a limit that it is under", () => {
  const root = mkdtempSync(join(tmpdir(), "pawl-groups-"));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const mounts = `25 20 0:22 / ${root} rw,nosuid - cgroup2 cgroup2 rw\n`;
  const find = (own: string) => findGroupBase({ mounts, own: `0::${own}\n` });
  try {
    write("user/app/shell/cgroup.procs", "");
    assert.match(JSON.stringify(find("/user/app/shell")), /hands memory and pids on to no group/);
    write("user/app/cgroup.subtree_control", "cpu memory pids\n");
    assert.deepEqual(find("/user/app/shell"), { version: 2, memory: `${root}/user/app`, pids: `${root}/user/app` });
    write("user/app/shell/memory.max", "max\n");
    assert.ok("version" in find("/user/app/shell"));
    for (const [name, text] of [
      ["memory.max", "1000000\n"],
      ["cpu.max", "50000 100000\n"],
    ] as const) {
      write(`user/app/shell/${name}`, text);
      assert.match(JSON.stringify(find("/user/app/shell")), new RegExp(`a limit of its own \\(${name}\\)`));
      rmSync(join(root, "user/app/shell", name));
    }
    write("user/app/shell/cgroup.subtree_control", "memory pids\n");
    assert.ok("version" in find("/user/app/shell") && JSON.stringify(find("/user/app/shell")).includes("shell"));
    assert.match(JSON.stringify(findGroupBase({ mounts: "", own: "0::/\n" })), /no control groups/);
    // A container that sees only a part of the tree.
    const part = `25 20 0:22 /user ${root}/user rw - cgroup2 cgroup2 rw\n`;
    assert.match(JSON.stringify(findGroupBase({ mounts: part, own: "0::/other/shell\n" })), /no control groups/);
  } finally {
    rmSync(root, { recursive: true });
  }
});

function baseHere() {
  const base = findGroupBase();
  assert.ok("version" in base);
  return base;
}

function foldersOfThis(): string[] {
  const { memory, pids } = baseHere();
  return [memory, pids].flatMap((folder) =>
    readdirSync(folder).filter((name) => name.startsWith(`pawl-${process.pid}-`)),
  );
}

/** Numbers of the processes outside the caller whose command line holds the text. */
function processesWith(text: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      return (
        /^\d+$/.test(pid) && Number(pid) !== process.pid && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(text)
      );
    } catch {
      return false; // ended meanwhile
    }
  });
}
