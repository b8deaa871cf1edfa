import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { UsageError } from "@pawl/core";
import { removeSnapshot, takeSnapshot } from "./snapshot.ts";

let root = "";
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "pawl-snapshot-test-")));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

const git = (...args: string[]): void => {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.invalid", "-c", "init.defaultBranch=main"];
  execFileSync("git", [...identity, ...args], { cwd: root, stdio: "pipe" });
};
const noGit = spawnSync("git", ["--version"]).status === 0 ? false : "git not found";

describe("snapshot inside git", { skip: noGit }, () => {
  test("copies what is tracked or not ignored, as it is in the work tree", async () => {
    write({
      ".gitignore": "secret.env\nbuild/\nnode_modules/\n",
      "a.txt": "old",
      "gone.txt": "x",
      "vendor/mine.go": "tracked",
    });
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "first");
    write({
      "a.txt": "new",
      "sub/untracked.txt": "u",
      "secret.env": "key",
      "build/out": "o",
      "node_modules/d/i.js": "",
      "sub/.venv/pyvenv.cfg": "",
      ".pawl/db": "",
    });
    unlinkSync(join(root, "gone.txt"));
    const snapshot = await takeSnapshot(root, { exclude: [] });
    assert.deepEqual(snapshot.files, [".gitignore", "a.txt", "sub/untracked.txt", "vendor/mine.go"]);
    assert.equal(readFileSync(join(snapshot.base, "a.txt"), "utf8"), "new");
    assert.deepEqual(snapshot.dependencies, [join(root, "node_modules"), join(root, "sub/.venv")]);
    await removeSnapshot(snapshot);
    assert.equal(existsSync(snapshot.base), false);
  });

  test("a folder of a repository, with the dependencies of the folders above it", async () => {
    write({ "packages/one/a.js": "1", "packages/two/b.js": "2", "node_modules/d/i.js": "" });
    git("init", "-q");
    const snapshot = await takeSnapshot(join(root, "packages/one"));
    assert.deepEqual(snapshot.files, ["a.js"]);
    assert.ok(snapshot.dependencies.includes(join(root, "node_modules")));
    await removeSnapshot(snapshot);
  });

  test("refuses submodules and nested repositories, unless they are left out", async () => {
    write({ "a.txt": "a", "nested/b.txt": "b" });
    git("init", "-q");
    git("init", "-q", "nested");
    git("-C", "nested", "add", ".");
    git("-C", "nested", "commit", "-qm", "inner");
    await assert.rejects(takeSnapshot(root), (error) => error instanceof UsageError && error.where === "nested");
    git("add", "a.txt", "nested");
    await assert.rejects(takeSnapshot(root), UsageError);
    const snapshot = await takeSnapshot(root, { exclude: ["nested"] });
    assert.deepEqual(snapshot.files, ["a.txt"]);
    await removeSnapshot(snapshot);
  });

  test("a submodule is refused by its name, checked out or not, and can be left out", async () => {
    write({ "a.txt": "a", "other/b.txt": "b" });
    git("init", "-q");
    git("init", "-q", "other");
    git("-C", "other", "add", ".");
    git("-C", "other", "commit", "-qm", "inner");
    git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "./other", "lib/sub");
    rmSync(join(root, "other"), { recursive: true });
    const refused = (error: unknown): boolean =>
      error instanceof UsageError &&
      error.exitCode === 2 &&
      /submodule/.test(error.what) &&
      error.where === "lib/sub" &&
      /--exclude lib\/sub/.test(error.todo);
    await assert.rejects(takeSnapshot(root), refused);
    git("submodule", "--quiet", "deinit", "-f", "lib/sub");
    await assert.rejects(takeSnapshot(root), refused);
    const snapshot = await takeSnapshot(root, { exclude: ["lib/sub"] });
    assert.deepEqual(snapshot.files, [".gitmodules", "a.txt"]);
    await removeSnapshot(snapshot);
  });

  test("a linked work tree is a project like any other, and no part of the one it lies in", async () => {
    write({ ".gitignore": "secret\n", "a.txt": "a" });
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "first");
    git("worktree", "add", "-q", "trees/side", "-b", "side");
    write({ "trees/side/new.txt": "n", "trees/side/secret": "s" });
    const main = await takeSnapshot(root);
    assert.deepEqual(main.files, [".gitignore", "a.txt"]);
    const side = await takeSnapshot(join(root, "trees/side"));
    assert.deepEqual(side.files, [".gitignore", "a.txt", "new.txt"]);
    await Promise.all([main, side].map(removeSnapshot));
  });

  test("what git ignores is there when it is asked for, and nothing else that is ignored", async () => {
    write({
      ".gitignore": "dist/\n.env*\nnode_modules/\n",
      "a.txt": "a",
      "dist/index.js": "1",
      "dist/node_modules/d/i.js": "",
      ".env": "TOKEN=secret",
      ".env.test": "PORT=1",
    });
    git("init", "-q");
    const files = async (...include: string[]): Promise<readonly string[]> => {
      const snapshot = await takeSnapshot(root, { include });
      await removeSnapshot(snapshot);
      return snapshot.files;
    };
    assert.deepEqual(await files(), [".gitignore", "a.txt"]);
    assert.deepEqual(await files("./dist/", ".env.t*"), [".env.test", ".gitignore", "a.txt", "dist/index.js"]);
    for (const wrong of ["nothing", "..", "/etc", "node_modules"])
      await assert.rejects(files(wrong), (error) => error instanceof UsageError && error.where === "--include");
  });
});

test("outside git, leaves out dependencies and caches", async () => {
  write({
    "a.py": "1",
    "pkg/b.py": "2",
    "pkg/__pycache__/b.pyc": "",
    "vendor/v.php": "",
    "env/pyvenv.cfg": "",
    "env/lib/x.py": "",
    "node_modules/x": "",
    ".git-like": "kept",
  });
  const snapshot = await takeSnapshot(root);
  assert.deepEqual(snapshot.files, [".git-like", "a.py", "pkg/b.py"]);
  assert.deepEqual(
    snapshot.dependencies.filter((path) => path.startsWith(root)),
    ["env", "node_modules", "vendor"].map((name) => join(root, name)),
  );
  await removeSnapshot(snapshot);
});

test("leaves out paths and globs", async () => {
  write({ "a.txt": "", "data/1.bin": "", "data/2.bin": "", "x/y/z.log": "" });
  const snapshot = await takeSnapshot(root, { exclude: ["data/", "**/*.log"] });
  assert.deepEqual(snapshot.files, ["a.txt"]);
  await removeSnapshot(snapshot);
});

test("copies links as links, and the executable bit", async () => {
  write({ "tool.sh": "#!/bin/sh\n", "plain.txt": "x" });
  chmodSync(join(root, "tool.sh"), 0o755);
  symlinkSync("plain.txt", join(root, "inner"));
  symlinkSync("/etc/passwd", join(root, "outer"));
  const snapshot = await takeSnapshot(root);
  assert.deepEqual(snapshot.files, ["plain.txt", "tool.sh"]);
  assert.equal(readlinkSync(join(snapshot.base, "outer")), "/etc/passwd");
  assert.equal(lstatSync(join(snapshot.base, "tool.sh")).mode & 0o777, 0o755);
  await removeSnapshot(snapshot);
});

test("the hash tells content, name, link and executable bit, and nothing else", async () => {
  const hash = async (): Promise<string> => {
    const snapshot = await takeSnapshot(root);
    await removeSnapshot(snapshot);
    return snapshot.hash;
  };
  write({ "a.txt": "1", "b.txt": "2" });
  const first = await hash();
  assert.equal(await hash(), first);
  chmodSync(join(root, "a.txt"), 0o600);
  assert.equal(await hash(), first);
  const others = [];
  chmodSync(join(root, "a.txt"), 0o700);
  others.push(await hash());
  write({ "a.txt": "2" });
  others.push(await hash());
  symlinkSync("a.txt", join(root, "c"));
  others.push(await hash());
  assert.equal(new Set([first, ...others]).size, 4);
});

test("refuses Git LFS pointers and folders that do not exist", async () => {
  write({ "model.bin": "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n" });
  await assert.rejects(takeSnapshot(root), (error) => error instanceof UsageError && /LFS/.test(error.message));
  await assert.rejects(takeSnapshot(join(root, "nowhere")), UsageError);
});
