import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { unifiedDiff } from "./patch.ts";

test("lines that look like a patch's header are kept to the last tab: git applies what is printed", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "pawl-patch-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const before = { "a.sql": "select 1;\n-- old\t\n++ odd\t\nselect 2;\n" };
  const after = { "a.sql": "select 1;\n++ new\t\n-- new\t\nselect 2;\n", "b.sql": "-- made\t\n" };
  writeFileSync(join(folder, "a.sql"), before["a.sql"]);
  execFileSync("git", ["init", "-q"], { cwd: folder });
  const patch = unifiedDiff(before, after);
  assert.match(patch, /^--- a\/a\.sql\n\+\+\+ b\/a\.sql\n@@/m, "no tab after the names");
  assert.doesNotMatch(patch, /^=/m);
  execFileSync("git", ["apply", "--whitespace=nowarn", "-"], { cwd: folder, input: patch });
  for (const [path, text] of Object.entries(after)) assert.equal(readFileSync(join(folder, path), "utf8"), text);
});
