import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Layering } from "./box-tree.ts";
import { cpuOfTree } from "./box-process.ts";
import { DEFAULT_LIMITS } from "./default-limits.ts";
import { openSandbox } from "./open-sandbox.ts";
import { probeSandbox } from "./probe-sandbox.ts";
import type { Limits, ProcessResult } from "./process.ts";
import type { BoxContents, Isolation, Sandbox } from "./sandbox.ts";
import { type ProjectSnapshot, removeSnapshot, takeSnapshot } from "./snapshot.ts";
import { findOnPath } from "./toolchain.ts";

const needsPython = { skip: findOnPath("python3") === null ? "python3 not found" : false };

const probes = await probeSandbox();
const KINDS: readonly (readonly [Isolation, Layering])[] = [
  ["bubblewrap", "overlay"],
  ["namespaces", "overlay"],
  ["bubblewrap", "copy"],
];
process.env["PAWL_TEST_SECRET"] = "hunter2";

for (const [isolation, layering] of KINDS) {
  const probe = probes.find((item) => item.isolation === isolation && item.layering === layering);
  const skip = probe?.works === true ? false : `${isolation} with ${layering}: ${probe?.reason}`;

  describe(`box: ${isolation}, ${layering}, user ${process.getuid?.()}`, { skip }, () => {
    let project = "";
    let snapshot: ProjectSnapshot;
    let sandbox: Sandbox;

    before(async () => {
      project = mkdtempSync(join(tmpdir(), "pawl test project-"));
      mkdirSync(join(project, "src"));
      mkdirSync(join(project, "node_modules/dependency"), { recursive: true });
      writeFileSync(join(project, "src/a.txt"), "base a\n");
      writeFileSync(join(project, "src/b.txt"), "base b\n");
      writeFileSync(join(project, "node_modules/dependency/index.js"), "module.exports = 7;\n");
      snapshot = await takeSnapshot(project);
      writeFileSync(join(project, "late-secret.txt"), "written after the snapshot");
      sandbox = await openSandbox({ prefer: isolation, layering });
    });
    after(async () => {
      await removeSnapshot(snapshot);
      rmSync(project, { recursive: true });
    });

    const run = (argv: readonly string[], limits: Partial<Limits> = {}, contents: Partial<BoxContents> = {}) =>
      sandbox.run({ snapshot, files: {}, ...contents }, { argv }, { ...DEFAULT_LIMITS, wallMs: 30_000, ...limits });
    const shell = (script: string, limits: Partial<Limits> = {}, contents: Partial<BoxContents> = {}) =>
      run(["sh", "-c", script], limits, contents);
    const node = (script: string, limits: Partial<Limits> = {}) => run(["node", "-e", script], limits);

    test("shows the candidate's files over the snapshot, at the project's own path, writable and thrown away", async () => {
      const files = { "src/a.txt": "candidate a\n", "src/deep/new.txt": "new\n" };
      const result = await shell(
        "pwd; cat src/*.txt src/deep/new.txt; echo changed > src/b.txt; rm src/a.txt; : > made; ls late-secret.txt",
        {},
        { files },
      );
      assert.equal(result.stdout, `${project}\ncandidate a\nbase b\nnew\n`);
      const again = await shell("cat src/*.txt; ls");
      assert.equal(again.stdout, "base a\nbase b\nnode_modules\nsrc\n");
      assert.equal(readFileSync(join(project, "src/b.txt"), "utf8"), "base b\n");
    });

    test("shows dependencies, which cannot be written", async () => {
      const result = await shell("node -p 'require(\"dependency\")'; echo x > node_modules/dependency/index.js");
      assert.equal(result.stdout, "7\n");
      assert.match(result.stderr, /Read-only file system/);
    });

    test("runs with a small environment, the command's own added, and node first on the PATH", async () => {
      const result = await sandbox.run({ snapshot, files: {} }, { argv: ["env"], env: { MINE: "1" } }, DEFAULT_LIMITS);
      const names = result.stdout
        .trim()
        .split("\n")
        .map((line) => line.split("=")[0] ?? "");
      assert.deepEqual(names.filter((name) => name !== "PYTHONUSERBASE").sort(), [
        "HOME",
        "LANG",
        "MINE",
        "PATH",
        "TMPDIR",
        "TZ",
      ]);
      assert.match(result.stdout, /^HOME=\/tmp\/home$/m);
      assert.equal((await run(["node", "-p", "process.version"])).stdout.trim(), process.version);
    });

    test("passes standard input, the folder, and the exit code", async () => {
      const result = await sandbox.run(
        { snapshot, files: {} },
        { argv: ["sh", "-c", "cat; pwd; exit 3"], cwd: "src", stdin: "typed\n" },
        DEFAULT_LIMITS,
      );
      assert.equal(result.stdout, `typed\n${project}/src\n`);
      assert.equal(result.exitCode, 3);
      assert.equal((await run(["no-such-program"])).exitCode, 127);
    });

    test("has no network, but can talk to itself", async () => {
      const server = createServer((socket) => socket.end("reached"));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const address = server.address();
      const port = typeof address === "object" ? address?.port : 0;
      const outside = await node(
        `require("net").connect(${port}, "127.0.0.1").on("error", (e) => console.log(e.code)).on("data", String)`,
      );
      server.close();
      assert.equal(outside.stdout, "ECONNREFUSED\n");
      const inside = await node(
        `const s = require("net").createServer((c) => c.end("self")).listen(0, "127.0.0.1", () => require("net").connect(s.address().port, "127.0.0.1").on("data", (d) => { console.log(String(d)); s.close(); }))`,
      );
      assert.equal(inside.stdout, "self\n");
    });

    test("does not show the home folder, other files, or secrets of the engine's environment", async () => {
      const secret = mkdtempSync(join(tmpdir(), "pawl-secret-"));
      writeFileSync(join(secret, "key"), "hunter2");
      // Where Pawl itself lies below /tmp, the folder that leads to its Node is there, and nothing else.
      const toNode = process.execPath.startsWith("/tmp/") ? process.execPath.split("/")[2] : "home";
      const result = await shell(
        `cat '${secret}/key'; ls -A ${homedir() === "/" ? "/home" : homedir()} 2>/dev/null | grep -v -e pyenv -e nvm; cat /etc/shadow; cat /proc/*/environ | tr '\\0' '\\n' | grep SECRET; ls -A /tmp | grep -v -e home -e pawl -e '^${toNode}$'; cat '${project}/late-secret.txt'`,
      );
      rmSync(secret, { recursive: true });
      assert.equal(result.stdout, "");
    });

    test("cannot write the machine", async () => {
      const result = await shell(
        "for f in /usr/pawl /etc/pawl /pawl /dev/pawl /lib/pawl /proc/sys/kernel/core_pattern; do (: > $f) 2>/dev/null && echo wrote $f; done; true",
      );
      assert.equal(result.stdout, "");
      assert.equal(result.exitCode, 0);
    });

    test("has no capabilities, cannot gain any, and is nobody's root", async () => {
      const result = await shell(
        "grep -E '^(Cap|NoNewPrivs)' /proc/self/status | tr -s '\\t\\n' ' '; unshare --user true 2>/dev/null && echo new namespace; id -u",
      );
      const none = ["Inh", "Prm", "Eff", "Bnd", "Amb"].map((set) => `Cap${set}: 0000000000000000 `).join("");
      assert.equal(result.stdout, `${none}NoNewPrivs: 1 1000\n`);
    });

    test("does not see or reach other processes", async () => {
      const bystander = spawn("sleep", ["60"]);
      const result = await shell(
        `ls -d /proc/[0-9]* | wc -l; kill -9 -1; kill -9 1 ${process.pid} ${bystander.pid}; test -d /proc/1 && echo alive`,
      );
      assert.ok(Number.parseInt(result.stdout) < 8, result.stdout);
      assert.match(result.stdout, /alive/);
      assert.equal(bystander.signalCode, null);
      bystander.kill();
    });

    test("bounds processes", needsPython, async () => {
      const mark = `60${process.pid}`;
      const result = await run(
        [
          "python3",
          "-c",
          `import os,time\nn=0\ntry:\n  while n<500:\n    if os.fork()==0: time.sleep(60)\n    n+=1\nexcept OSError: pass\nprint(n) # ${mark}`,
        ],
        { processes: 40 },
      );
      assert.ok(Number(result.stdout) > 5 && Number(result.stdout) < 40, result.stdout + result.stderr);
      await waitUntil(() => leftovers(mark) === 0);
    });

    test("bounds memory", needsPython, async () => {
      const result = await run(["python3", "-c", "x = bytearray(400 << 20)"], { memoryBytes: 200 << 20 });
      assert.match(result.stderr, /MemoryError/);
      const buffers = await node("const all = []; for (;;) all.push(new ArrayBuffer(64 << 20))", {
        memoryBytes: 1 << 30,
      });
      assert.notEqual(buffers.exitCode, 0);
      assert.equal(buffers.timedOut, false);
    });

    test("bounds files", async () => {
      const result = await shell("head -c 100000 /dev/zero > /tmp/large; wc -c < /tmp/large", { fileBytes: 4096 });
      assert.match(result.stdout, /^4096$/m);
    });

    test("cuts a flood of output and says so", async () => {
      const result = await shell("yes | head -c 3000000; yes | head -c 200 >&2", { outputBytes: 1000 });
      assert.equal(result.stdout.length, 1000);
      assert.equal(result.stderr.length, 200);
      assert.equal(result.outputCut, true);
    });

    test("leaves no orphan: double fork, new session, signals ignored, pipes closed", async () => {
      const mark = `61${process.pid}`;
      const script = `(setsid sh -c "trap '' TERM HUP INT; exec >/dev/null 2>&1; while :; do sleep ${mark}; done" &) ; sleep 0.2; `;
      await shell(script);
      await waitUntil(() => leftovers(mark) === 0);
      const late = await shell(`${script} while :; do :; done`, { wallMs: 600 });
      assert.deepEqual([late.timedOut, late.signal, late.exitCode], [true, "SIGKILL", null]);
      assert.ok(late.cpuMs > 0);
      await waitUntil(() => leftovers(mark) === 0);
    });

    test("stops when asked", async () => {
      const stop = new AbortController();
      const mark = `62${process.pid}`;
      const promise = sandbox.run({ snapshot, files: {} }, { argv: ["sleep", mark] }, DEFAULT_LIMITS, stop.signal);
      await waitUntil(() => leftovers(mark) > 0);
      stop.abort(new Error("enough"));
      await assert.rejects(promise, /enough/);
      await waitUntil(() => leftovers(mark) === 0);
    });

    test("counts the time of children that nobody waited for", needsPython, async () => {
      // The last sleep lets the grandchild come to its end: what is killed on its way out may not be counted whole.
      const burn =
        "import os,time\nif os.fork()==0:\n  if os.fork()==0:\n    while time.process_time()<0.4: pass\n    open('/tmp/done','w')\n  os._exit(0)\nwhile not os.path.exists('/tmp/done'): time.sleep(0.01)\ntime.sleep(0.3)\n";
      const result = await run(["python3", "-c", burn]);
      assert.equal(result.stderr, "");
      assert.ok(result.cpuMs > 380, `cpu ${result.cpuMs}`);
    });

    test("shows extra folders, read-only and writable", async () => {
      const readOnly = mkdtempSync(join(tmpdir(), "pawl-extra-"));
      const writable = mkdtempSync(join(tmpdir(), "pawl-report-"));
      writeFileSync(join(readOnly, "given"), "given\n");
      const result = await shell(
        `cat ${readOnly}/given; echo result > ${writable}/report; echo x > ${readOnly}/given`,
        {},
        { readOnly: [readOnly], writable: [writable] },
      );
      assert.equal(result.stdout, "given\n");
      assert.match(result.stderr, /Read-only/);
      assert.equal(readFileSync(join(writable, "report"), "utf8"), "result\n");
      for (const folder of [readOnly, writable]) rmSync(folder, { recursive: true });
    });

    for (const [compiler, extension, text] of [
      ["gcc", "c", '#include <stdio.h>\nint main(void) { return puts("compiled") < 0; }\n'],
      ["g++", "cpp", '#include <iostream>\nint main() { std::cout << "compiled" << std::endl; }\n'],
    ] as const) {
      const missing = findOnPath(compiler) === null ? `${compiler} not found` : false;
      test(`compiles and runs what ${compiler} makes`, { skip: missing }, async () => {
        const files = { [`main.${extension}`]: text };
        const result = await shell(`${compiler} -o main main.${extension} && ./main`, {}, { files });
        assert.deepEqual([result.exitCode, result.stdout], [0, "compiled\n"], result.stderr);
      });
    }

    test("runs any command of the system", async () => {
      const result = await shell(
        "printf '3\\n1\\n2\\n' | sort | awk '{ s = s $1 } END { print s }' && tar cf - src | tar tf - | head -n 1",
      );
      assert.equal(result.stdout, "123\nsrc/\n");
    });

    test("keeps a process that talks in lines, apart from what it prints", needsPython, async () => {
      const script =
        "import sys,os\nout=os.fdopen(3,'w')\nprint('noise',flush=True)\nfor line in sys.stdin:\n  out.write('got '+line);out.flush()\n";
      const box = await sandbox.start({ snapshot, files: {} }, { argv: ["python3", "-c", script] }, DEFAULT_LIMITS);
      box.send("one\u2028two");
      box.send("three");
      const lines: string[] = [];
      for await (const line of box.messages) if (lines.push(line) === 1) break;
      for await (const line of box.messages) if (lines.push(line) === 2) break;
      assert.deepEqual(lines, ["got one\u2028two", "got three"]);
      assert.ok(box.cpuMs() > 0);
      await box.kill();
      assert.equal((await box.exited).signal, "SIGKILL");
    });

    test("a long-lived box that ends by itself says how", async () => {
      const box = await sandbox.start(
        { snapshot, files: {} },
        { argv: ["sh", "-c", "echo last >&3; echo why >&2; exit 4"] },
        DEFAULT_LIMITS,
      );
      assert.deepEqual(await Array.fromAsync(box.messages), ["last"]);
      const end = await box.exited;
      assert.deepEqual([end.exitCode, end.stderr], [4, "why\n"]);
    });
  });
}

test(
  "a box dies with the engine, even when the engine is killed",
  { skip: probes.some((probe) => probe.works) ? false : "no sandbox" },
  async () => {
    const mark = `63${process.pid}`;
    const source = new URL("./", import.meta.url).href;
    const script = `
    const { openSandbox } = await import(${JSON.stringify(`${source}open-sandbox.ts`)});
    const { takeSnapshot } = await import(${JSON.stringify(`${source}snapshot.ts`)});
    const { DEFAULT_LIMITS } = await import(${JSON.stringify(`${source}default-limits.ts`)});
    const snapshot = await takeSnapshot(process.argv[1]);
    await (await openSandbox()).run({ snapshot, files: {} }, { argv: ["sleep", "${mark}"] }, DEFAULT_LIMITS);`;
    const project = mkdtempSync(join(tmpdir(), "pawl-test-"));
    // At one moment after the other while the box is being built: each step of it is started by one that may just have died.
    for (let moment = 0; moment < 12; moment++) {
      const engine = spawn(process.execPath, ["--input-type=module", "-e", script, project], {
        stdio: ["ignore", "ignore", "inherit"],
      });
      await waitUntil(() => leftovers(mark) > 1);
      await new Promise((resolve) => setTimeout(resolve, 4 * moment));
      engine.kill("SIGKILL");
      await waitUntil(() => leftovers(mark) === 0);
    }
    rmSync(project, { recursive: true });
  },
);

test("CPU time of this very process is read from /proc", () => {
  const before = cpuOfTree(process.pid);
  const until = process.cpuUsage().user + 30_000;
  while (process.cpuUsage().user < until);
  assert.ok(cpuOfTree(process.pid) - before >= 20);
  assert.equal(cpuOfTree(undefined), 0);
});

test("without isolation, only when asked, a command runs on a copy and its group is killed", async () => {
  await assert.rejects(openSandbox({ prefer: "none" }), { exitCode: 2 });
  const sandbox = await openSandbox({ prefer: "none", unsafe: true });
  assert.equal(sandbox.isolation, "none");
  const project = mkdtempSync(join(tmpdir(), "pawl-test-"));
  writeFileSync(join(project, "a"), "base");
  const snapshot = await takeSnapshot(project);
  const done: ProcessResult = await sandbox.run(
    { snapshot, files: { a: "changed" } },
    { argv: ["sh", "-c", "cat a; echo x > a; echo $PAWL_TEST_SECRET"] },
    DEFAULT_LIMITS,
  );
  assert.equal(done.stdout, "changed\n");
  assert.equal(readFileSync(join(project, "a"), "utf8"), "base");
  const mark = `64${process.pid}`;
  const late = await sandbox.run(
    { snapshot, files: {} },
    { argv: ["sh", "-c", `sleep ${mark} & wait`] },
    { ...DEFAULT_LIMITS, wallMs: 300 },
  );
  assert.equal(late.timedOut, true);
  await waitUntil(() => leftovers(mark) === 0);
  await removeSnapshot(snapshot);
  rmSync(project, { recursive: true });
});

const NOBODY = ["--reuid=65534", "--regid=65534", "--clear-groups"];

test("all of this holds for an ordinary user too", { skip: whyNotAsNobody() }, () => {
  const { NODE_TEST_CONTEXT: _context, ...env } = process.env;
  const argv = [...NOBODY, process.execPath, "--test", import.meta.filename];
  const result = spawnSync("setpriv", argv, { env: { ...env, HOME: "/nonexistent" }, encoding: "utf8" });
  assert.equal(result.status, 0, result.stdout.slice(-4000) + result.stderr.slice(-1000));
});

function whyNotAsNobody(): string | false {
  if (process.env["PAWL_SLOW"] !== "1") return "slow: set PAWL_SLOW=1";
  if (process.getuid?.() !== 0 || findOnPath("setpriv") === null) return "not root, or no setpriv";
  const readable = spawnSync("setpriv", [...NOBODY, "test", "-r", import.meta.filename]).status === 0;
  return readable ? false : "this checkout is in a folder that only root may enter";
}

/** Number of processes of this machine, outside the caller, whose command line holds the text. */
function leftovers(text: string): number {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid || !existsSync(`/proc/${pid}/cmdline`)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(text);
    } catch {
      return false;
    }
  }).length;
}

/** Killed processes are gone when the kernel gets to it, which on a busy machine is not at once; one that lives on is there for ever. */
async function waitUntil(condition: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 3000; attempt++) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail("waited in vain");
}
