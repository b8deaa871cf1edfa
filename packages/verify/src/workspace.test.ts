import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { DEFAULT_LIMITS } from "./default-limits.ts";
import { openSandbox } from "./open-sandbox.ts";
import { probeSandbox } from "./probe-sandbox.ts";
import type { Isolation, Sandbox } from "./sandbox.ts";
import { removeSnapshot, takeSnapshot, type ProjectSnapshot } from "./snapshot.ts";
import { Workspace } from "./workspace.ts";

const probes = await probeSandbox();
const KINDS: readonly Isolation[] = ["bubblewrap", "namespaces", "none"];

for (const isolation of KINDS) {
  const works = isolation === "none" || probes.some((probe) => probe.isolation === isolation && probe.works);
  describe(`workspace: ${isolation}`, { skip: works ? false : `${isolation} does not work here` }, () => {
    let project = "";
    let snapshot: ProjectSnapshot;
    let sandbox: Sandbox;
    before(async () => {
      project = mkdtempSync(join(tmpdir(), "pawl workspace project-"));
      mkdirSync(join(project, "src"));
      mkdirSync(join(project, "node_modules/dependency"), { recursive: true });
      writeFileSync(join(project, "node_modules/dependency/index.js"), "module.exports = 7;\n");
      for (const name of ["a", "b", "c"]) writeFileSync(join(project, `src/${name}.txt`), `base ${name}\n`);
      symlinkSync("a.txt", join(project, "src/link.txt"));
      snapshot = await takeSnapshot(project);
      sandbox = await openSandbox(isolation === "none" ? { prefer: "none", unsafe: true } : { prefer: isolation });
    });
    after(async () => {
      await removeSnapshot(snapshot);
      rmSync(project, { recursive: true });
    });

    const open = (network = false) =>
      Workspace.open(sandbox, { snapshot, files: { "src/b.txt": "parent b\n" }, network });
    const sh = (workspace: Workspace, script: string) => workspace.run({ argv: ["sh", "-c", script] }, 30);

    test("begins with the parent's files and reports what was changed, made and deleted, and nothing that tools left behind", async () => {
      const workspace = await open();
      try {
        const result = await sh(
          workspace,
          "cat src/*.txt; echo new > src/a.txt; rm src/c.txt; mkdir deep; echo made > deep/made.js; mkdir __pycache__; echo x > __pycache__/y.pyc; node -p 'require(\"dependency\")'",
        );
        assert.equal(result.stdout, "base a\nparent b\nbase c\nbase a\n7\n");
        assert.deepEqual(await workspace.changes(), {
          files: { "deep/made.js": "made\n", "src/a.txt": "new\n" },
          deleted: ["src/c.txt"],
          refused: [],
        });
        assert.equal(readFileSync(join(project, "src/a.txt"), "utf8"), "base a\n");
        await sh(workspace, "echo parent b > src/b.txt");
        assert.deepEqual(
          Object.keys((await workspace.changes()).files).sort(),
          ["deep/made.js", "src/a.txt"],
          "both commands count",
        );
      } finally {
        await workspace.close();
      }
    });

    test("a file that became a link, a new link, and bytes that are no text are refused, and what links lead to is not read", async () => {
      const workspace = await open();
      try {
        await sh(
          workspace,
          "rm src/a.txt; ln -s /etc/passwd src/a.txt; ln -s / root; printf '\\377\\000' > src/b.txt; rm -r src/c.txt; mkdir src/c.txt; mkfifo pipe",
        );
        const { files, deleted, refused } = await workspace.changes();
        assert.deepEqual(files, {});
        assert.deepEqual(deleted, ["src/c.txt"]);
        assert.deepEqual(
          refused.map((each) => each.path),
          ["pipe", "root", "src/a.txt", "src/b.txt"],
        );
      } finally {
        await workspace.close();
      }
    });

    test("a folder above the project is never shown: it would hide the copy under the user's own tree", async () => {
      const workspace = await Workspace.open(sandbox, { snapshot, files: {}, network: false, readOnly: [tmpdir()] });
      try {
        await assert.rejects(sh(workspace, "cat src/*.txt"), /holds the project itself/);
      } finally {
        await workspace.close();
      }
    });

    test("reads and writes are served inside the copy only", async () => {
      const workspace = await open();
      const secret = mkdtempSync(join(tmpdir(), "pawl-secret-"));
      writeFileSync(join(secret, "key"), "hunter2");
      try {
        assert.equal(await workspace.read("src/b.txt"), "parent b\n");
        assert.equal(await workspace.read(join(workspace.root, "src/a.txt")), "base a\n");
        await workspace.write(join(workspace.root, "src/new.txt"), "new");
        await workspace.write("src/a.txt", "a");
        assert.equal((await sh(workspace, "cat src/new.txt src/a.txt; echo z >> src/new.txt")).stdout, "newa");
        await sh(workspace, `ln -s '${secret}' out; ln -s '${secret}/key' key; ln -s '${secret}/made' made`);
        for (const path of [
          "../../etc/passwd",
          "/etc/passwd",
          `${secret}/key`,
          "out/key",
          "key",
          "src/../../x",
          "",
          ".",
        ])
          await assert.rejects(workspace.read(path), { name: "UsageError" }, path);
        for (const path of ["../x", "/tmp/x", "out/key", "out/made", "key", "made", "src"])
          await assert.rejects(workspace.write(path, "gone"), { name: "UsageError" }, path);
        assert.equal(readFileSync(join(secret, "key"), "utf8"), "hunter2");
      } finally {
        await workspace.close();
        rmSync(secret, { recursive: true });
      }
    });

    test("secrets reach the command and no command line, and no other box", async () => {
      const workspace = await open();
      try {
        const box = await workspace.start({
          argv: ["sh", "-c", "echo $KEY; env | sed 's/=.*//'; echo end; read wait"],
          secrets: { KEY: "hunter2", LATER: "hunter2" },
        });
        const said: string[] = [];
        for await (const line of box.messages) {
          if (line === "end") break;
          said.push(line);
        }
        const commandLines = readdirSync("/proc").flatMap((name) => {
          try {
            return /^\d+$/.test(name) ? [readFileSync(`/proc/${name}/cmdline`, "utf8")] : [];
          } catch {
            return []; // ended meanwhile
          }
        });
        await box.kill();
        assert.equal(said[0], "hunter2");
        assert.ok(said.includes("LATER"));
        assert.ok(!said.includes("LC_ALL"), said.join(" "));
        assert.ok(commandLines.some((line) => line.includes("read wait")));
        assert.deepEqual(
          commandLines.filter((line) => line.includes("hunter2")),
          [],
        );
        const outside = await sandbox.run({ snapshot, files: {} }, { argv: ["env"] }, DEFAULT_LIMITS);
        assert.ok(!outside.stdout.includes("hunter2"));
      } finally {
        await workspace.close();
      }
    });

    // Without isolation nothing keeps it from the network.
    if (isolation !== "none")
      test("reaches the network only when it is let", async () => {
        const server = createServer((socket) => socket.end("reached"));
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        const port = (server.address() as { port: number }).port;
        const script = `node -e 'require("net").connect(${port}, "127.0.0.1").on("error", (e) => console.log(e.code)).on("data", (d) => console.log(String(d)))'`;
        try {
          for (const [network, said] of [
            [true, "reached\n"],
            [false, "ECONNREFUSED\n"],
          ] as const) {
            const workspace = await open(network);
            try {
              assert.equal((await sh(workspace, script)).stdout, said);
            } finally {
              await workspace.close();
            }
          }
        } finally {
          server.close();
        }
      });

    test("speaks line by line over standard output", async () => {
      const workspace = await open();
      try {
        const box = await workspace.start({ argv: ["sh", "-c", 'while read line; do echo "got $line"; done'] });
        box.send("one");
        for await (const line of box.messages) {
          assert.equal(line, "got one");
          break;
        }
        await box.kill();
      } finally {
        await workspace.close();
      }
    });
  });
}
