import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { probeSandbox } from "@pawl/verify";
import { applyRun } from "./apply.ts";
import { branchRun } from "./branch.ts";
import { fix } from "./fix.ts";
import { newFileRule, planNewFiles } from "./new-files.ts";
import { replayRun } from "./resume.ts";
import { patchOf, showRun } from "./runs.ts";
import { submit } from "./submit.ts";

const works = (await probeSandbox()).some((probe) => probe.works);
const skip = works ? false : "no sandbox works here";

test("where files may be made", () => {
  const files = ["src/a.js", "src/b.js", "src/a.test.js", "package.json", "lib/c.js", "src/data.json"];
  const refuses = newFileRule(planNewFiles(files, ["src/a.js"], "node:test", false));
  for (const path of ["src/new.js", "src/deeper/still/new.ts"]) assert.equal(refuses(path), null, path);
  for (const [path, reason] of [
    ["src/b.js", /not among the files that may change/],
    ["src/a.test.js", /not among/],
    ["src/data.json", /not among/],
    ["lib/new.js", /in and below src only/],
    ["new.js", /in and below src only/],
    ["src/new.test.js", /would be a test/],
    ["src/__mocks__/fs.js", /would be a test/],
    ["src/package.json", /no settings/],
    ["src/vitest.config.ts", /no settings/],
    ["src/vitest.workspace.ts", /no settings/],
    ["src/.hidden.js", /may be made there|no settings/],
    ["src/picture.png", /no settings/],
    ["src/../x.js", /may be made there/],
    ["/etc/new.js", /may be made there/],
    ["src/node_modules/lodash/index.js", /may be made there/],
    ["src/.git/hooks.js", /may be made there/],
    ["src/b.js/new.js", /in the place of its folder/],
    ["src/with space.js", /may be made there/],
  ] as const)
    assert.match(refuses(path) ?? "allowed", reason, path);
  const python = planNewFiles(["top.py", "pack/__init__.py", "pack/a.py"], ["top.py", "pack/a.py"], "pytest", true);
  const inPython = newFileRule(python);
  for (const path of ["pack/new.py", "pack/sub/__init__.py", "pack/test_new.py"])
    assert.equal(inPython(path), null, path);
  for (const path of ["json.py", "other/__init__.py"]) assert.match(inPython(path) ?? "", /in a package only/, path);
  assert.match(inPython("pack/__main__.py") ?? "", /no settings/);
});

const SUM =
  "export function sum(values) {\n  let total = 0;\n  for (const value of values) total -= value;\n  return total;\n}\n";
const TEST =
  'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { sum } from "./sum.js";\n\n' +
  'test("one", () => assert.equal(sum([7]), 7));\ntest("none", () => assert.equal(Math.abs(sum([])), 0));\n';
/** Puts the addition into a module of its own, and leaves a trial and a test behind. */
const AGENT = `#!/bin/sh
cat > /dev/null
mkdir parts
echo 'export const add = (a, b) => a + b;' > parts/add.js
printf 'import { add } from "./parts/add.js";\\n%s\\n' "$(sed 's/total -= value/total = add(total, value)/' sum.js)" > sum.js
echo 'console.log(1)' > trial.js
echo 'import "./sum.js";' > more.test.js
echo 'export const ignored = 1;' > ignored.js`;

function project(): Disposable & { readonly root: string; readonly state: string; git(...args: string[]): string } {
  const root = mkdtempSync(join(tmpdir(), "pawl-new-files-"));
  const files = {
    "package.json": '{ "type": "module", "scripts": { "test": "node --test" } }\n',
    ".gitignore": "ignored.js\n.pawl\n",
    "sum.js": SUM,
    "sum.test.js": TEST,
    "agents/split.sh": AGENT,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode: 0o755 });
  }
  const git = (...args: string[]): string => execFileSync("git", args, { cwd: root, encoding: "utf8" });
  git("init", "-q", "-b", "main");
  git("config", "user.name", "t");
  git("config", "user.email", "t@example.invalid");
  git("add", "-A");
  git("commit", "-q", "-m", "start");
  return {
    root,
    state: join(root, ".pawl"),
    git,
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

test(
  "an agent's new module is judged with the rest, and taken as a patch, as a branch and onto the tree",
  { skip },
  async () => {
    using made = project();
    const { root, state, git } = made;
    const result = await fix({ root, proposer: "agent:./agents/split.sh" });
    assert.deepEqual([result.status, result.files], ["fixed", ["parts/add.js", "sum.js"]]);
    assert.equal((await replayRun({ state, run: result.run })).identical, true);
    assert.deepEqual((await replayRun({ state, run: result.run, recheck: true })).differences, []);

    const patch = patchOf(state, result.run);
    assert.match(patch, /^new file mode 100644\n--- \/dev\/null\n\+\+\+ b\/parts\/add\.js$/m);
    const { branch } = branchRun(state, result.run);
    assert.equal(git("show", `${branch}:parts/add.js`), "export const add = (a, b) => a + b;\n");
    assert.equal(git("diff", "--name-only", "main", branch), "parts/add.js\nsum.js\n");
    const clone = mkdtempSync(join(tmpdir(), "pawl-new-files-clone-"));
    try {
      execFileSync("git", ["clone", "-q", root, clone]);
      execFileSync("git", ["apply", "-"], { cwd: clone, input: patch });
      // Without the word to the child that it is part of a test run: it would run nothing.
      const { NODE_TEST_CONTEXT: _context, ...env } = process.env;
      const said = execFileSync(process.execPath, ["--test", "sum.test.js"], { cwd: clone, env, encoding: "utf8" });
      assert.match(said, /pass 2/);
    } finally {
      rmSync(clone, { recursive: true });
    }
    // Nothing is written over, and nothing outside of the project.
    symlinkSync(tmpdir(), join(root, "parts"));
    assert.throws(() => applyRun(state, result.run), /leads out of the project/);
    rmSync(join(root, "parts"));
    mkdirSync(join(root, "parts"));
    writeFileSync(join(root, "parts/add.js"), "// mine\n");
    assert.throws(() => applyRun(state, result.run), /changed after the run had started/);
    rmSync(join(root, "parts"), { recursive: true });
    assert.equal(readFileSync(join(root, "sum.js"), "utf8"), SUM);
    assert.deepEqual(applyRun(state, result.run).files, ["parts/add.js", "sum.js"]);
    assert.ok(existsSync(join(root, "parts/add.js")));
    assert.deepEqual(applyRun(state, result.run).files, []);
  },
);

test("a module that a test waits for may be made; one that disarms the test is caught", { skip }, async () => {
  using made = project();
  const { root, state } = made;
  writeFileSync(join(root, "sum.js"), SUM.replace("-=", "+="));
  writeFileSync(
    join(root, "new.test.js"),
    'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { b } from "./b.js";\ntest("b", () => assert.equal(b(2), 6));\n',
  );
  const agents = {
    "makes.sh": "echo 'export const b = (x) => x * 3;' > b.js; echo '// looked at' >> sum.js",
    "disarms.sh": `echo 'import assert from "node:assert/strict"; assert.equal = () => {}; export const b = (x) => x;' > b.js`,
  };
  for (const [name, text] of Object.entries(agents))
    writeFileSync(join(root, "agents", name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  const run = (name: string) =>
    fix({ root, paths: ["."], proposer: `agent:./agents/${name}`, budget: { evaluations: 1 } });
  const honest = await run("makes.sh");
  assert.deepEqual([honest.status, honest.files], ["fixed", ["b.js", "sum.js"]]);
  const caught = await run("disarms.sh");
  assert.equal(caught.status, "not-fixed");
  assert.equal(showRun(state, caught.run).attempts[0]?.status, "tampered");
});

test("a person's patch may make a file, but no test and nothing that git ignores", { skip }, async (t) => {
  using made = project();
  const { root, state } = made;
  const stop = new AbortController();
  t.after(() => stop.abort());
  const begun = Promise.withResolvers<string>();
  const running = fix({
    root,
    proposer: "human",
    signal: stop.signal,
    onProgress: ({ run, phase }) => phase === "searching" && begun.resolve(run),
  });
  running.catch(begun.reject);
  const run = await begun.promise;
  const hand = (files: Record<string, string>) => submit({ state, run, files });
  await assert.rejects(hand({ "ignored.js": "1" }), /git ignores it/);
  await assert.rejects(hand({ "more.test.js": "1" }), /would be a test/);
  await assert.rejects(hand({ "../out.js": "1" }), /no file may be made there/);
  const patch = `--- a/sum.js
+++ b/sum.js
@@ -1,5 +1,6 @@
+import { add } from "./add.js";
 export function sum(values) {
   let total = 0;
-  for (const value of values) total -= value;
+  for (const value of values) total = add(total, value);
   return total;
 }
--- /dev/null
+++ b/add.js
@@ -0,0 +1 @@
+export const add = (a, b) => a + b;
`;
  const verdict = await submit({ state, run, patch });
  assert.deepEqual([verdict.kept, verdict.status], [true, "passed"]);
  assert.deepEqual((await running).files, ["add.js", "sum.js"]);
  assert.equal((await replayRun({ state, run })).identical, true);
});
