import assert from "node:assert/strict";
import { chmodSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { BROKEN_SUM, LAUNCHER, makeProject, start } from "./fixture-pawl.ts";

const GUIDE = fileURLToPath(new URL("../../../docs/guides/drive-from-a-script.md", import.meta.url));

/** Proposes nonsense, then a change that is not enough, then one that the verdict on it asks for. */
const PROPOSE = `#!/bin/sh
verdict=$(cat)
change='  for (const value of values) total = value;'
case $verdict in
  *'does not pass: sum.test.js > several'*) change='  for (const value of values) total += value;' ;;
  *'does not apply'*) ;;
  *'Waiting for a change'*) echo 'change it'; exit ;;
esac
cat <<END
--- a/sum.js
+++ b/sum.js
@@ -1,5 +1,5 @@
 export function sum(values) {
   let total = 0;
-  for (const value of values) total -= value;
+$change
   return total;
 }
END
`;

test("the loop of the guide, as it is printed there, repairs a project", async () => {
  const guide = readFileSync(GUIDE, "utf8");
  const script = /```sh\n(.*?)```/s.exec(guide)?.[1] as string;
  assert.ok(script.trim().split("\n").length <= 12);
  using project = makeProject({
    ...BROKEN_SUM,
    propose: PROPOSE,
    "bin/pawl": `#!/bin/sh\nexec "${process.execPath}" "${LAUNCHER}" "$@"\n`,
  });
  for (const name of ["propose", "bin/pawl"]) chmodSync(join(project.root, name), 0o755);
  const path = `${join(project.root, "bin")}${delimiter}${process.env["PATH"] ?? ""}`;
  const { code, stderr } = await start(["sh", "-c", script], {
    cwd: project.root,
    env: { ...project.env, PATH: path },
    timeout: 300_000,
  });
  const read = (name: string): string => readFileSync(join(project.root, name), "utf8");
  assert.equal(code, 0, `${stderr}\n${read("progress.txt")}\n${read("verdict.txt")}`);
  assert.match(read("sum.js"), /total \+= value/);
  assert.match(read("verdict.txt"), /^Kept/);
  const result = JSON.parse(read("result.json")) as { status: string; evaluations: { screened: number } };
  assert.equal(result.status, "fixed");
  assert.equal(result.evaluations.screened, 2);
});
