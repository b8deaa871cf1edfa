import assert from "node:assert/strict";
import { chmodSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { BROKEN_SUM, DOUBLES, LAUNCHER, makeProject, start, type Outcome } from "./fixture-pawl.ts";

const GUIDE = fileURLToPath(new URL("../../../docs/guides/drive-from-a-script.md", import.meta.url));

/** Proposes nonsense, then a change that is not enough, then one that the verdict on it asks for: of two parts, which are judged apart. */
const PROPOSE = `#!/bin/sh
verdict=$(cat)
head='export function sum(values) {'
change='  for (const value of values) total = value;'
case $verdict in
  *'does not pass: sum.test.js > several'*)
    head='export function sum(values = []) {'
    change='  for (const value of values) total += value;' ;;
  *'does not apply'*) ;;
  *'Waiting for a change'*) echo 'change it'; exit ;;
esac
cat <<END
--- a/sum.js
+++ b/sum.js
@@ -1,5 +1,5 @@
-export function sum(values) {
+$head
   let total = 0;
-  for (const value of values) total -= value;
+$change
   return total;
 }
END
`;

/** Makes the tests pass that the task tells of, and no other. */
const FIT = `#!/bin/sh
told=$(grep -o 'double of [1-5]' | cut -d ' ' -f 3 | sort -u | paste -s -d , -)
cat <<END
--- a/double.js
+++ b/double.js
@@ -1,3 +1,3 @@
 export function double(n) {
-  return n;
+  return [$told].includes(n) ? 2 * n : n;
 }
END
`;

interface Driven extends Outcome {
  read(name: string): string;
  /** Another command, in the same place. */
  start(...argv: string[]): Promise<Outcome>;
}

/** The script of the guide, as it is printed there, in a project of these files. */
async function drive(files: Readonly<Record<string, string>>, propose: string): Promise<Driven & Disposable> {
  const guide = readFileSync(GUIDE, "utf8");
  const script = /```sh\n(.*?)```/s.exec(guide)?.[1] as string;
  assert.ok(script.trim().split("\n").length <= 12);
  const project = makeProject({
    ...files,
    propose,
    "bin/pawl": `#!/bin/sh\nexec "${process.execPath}" "${LAUNCHER}" "$@"\n`,
  });
  for (const name of ["propose", "bin/pawl"]) chmodSync(join(project.root, name), 0o755);
  const path = `${join(project.root, "bin")}${delimiter}${process.env["PATH"] ?? ""}`;
  const place = { cwd: project.root, env: { ...project.env, PATH: path }, timeout: 300_000 };
  return {
    ...(await start(["sh", "-c", script], place)),
    read: (name) => readFileSync(join(project.root, name), "utf8"),
    start: (...argv) => start(argv, place),
    [Symbol.dispose]: () => project[Symbol.dispose](),
  };
}

test("the loop of the guide, as it is printed there, repairs a project", async () => {
  using driven = await drive(BROKEN_SUM, PROPOSE);
  const { code, stderr, read } = driven;
  assert.equal(code, 0, `${stderr}\n${read("progress.txt")}\n${read("verdict.txt")}`);
  assert.match(read("sum.js"), /total \+= value/);
  assert.match(read("verdict.txt"), /^Kept/);
  const result = JSON.parse(read("result.json")) as { status: string; evaluations: { screened: number } };
  assert.equal(result.status, "fixed");
  assert.equal(result.evaluations.screened, 2);
});

test("what the held-out tests are against is not written by the loop; whoever applies it all the same is told", async () => {
  using driven = await drive(DOUBLES, FIT);
  const { code, stderr, read } = driven;
  assert.match(read("verdict.txt"), /^Kept/, `${stderr}\n${read("progress.txt")}`);
  assert.equal((JSON.parse(read("result.json")) as { status: string }).status, "not-fixed");
  assert.deepEqual([code, read("double.js")], [1, DOUBLES["double.js"]]);
  const told = /^note: run fix-1 ended with: Not fixed: the best change does not hold on the held-out tests/;
  await driven.start("git", "init", "-q");
  // A branch is a commit, too.
  await driven.start("git", "config", "user.name", "t");
  await driven.start("git", "config", "user.email", "t@example.invalid");
  await driven.start("git", "add", ".");
  await driven.start("git", "commit", "-q", "-m", "start");
  const branched = await driven.start("pawl", "branch");
  assert.match(branched.stderr, told);
  assert.match(branched.stdout, /^Branch pawl\/fix-1 holds the change/);
  const applied = await driven.start("pawl", "apply");
  assert.match(applied.stderr, told);
  assert.deepEqual([applied.code, applied.stdout], [0, "Written: double.js\n"]);
});
