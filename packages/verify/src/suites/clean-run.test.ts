import assert from "node:assert/strict";
import { test } from "node:test";
import { cleanRun } from "./clean-run.ts";
import { openProject } from "./fixture-project.ts";

test("a candidate writes the report it was handed, and nothing else on this machine's disk", async () => {
  await using project = await openProject({ "a.txt": "a" }, "true");
  const { context } = project;
  if (context.sandbox.isolation === "none") return;
  const script = [
    `echo '{"kind":"start"}' > "$PAWL_REPORT"`,
    `echo '{"kind":"test","file":"a.txt","names":["n"],"status":"passed"}' >> "$PAWL_REPORT"`,
    `echo '{"kind":"done"}' >> "$PAWL_REPORT"`,
    `echo more 2>/dev/null > "$(dirname "$PAWL_REPORT")/more" && exit 3`,
    `head -c 1000000000 /dev/zero 2>/dev/null >> "$PAWL_REPORT.hits"`,
    `test "$(wc -c < "$PAWL_REPORT.hits")" -lt 300000000 || exit 4`,
  ].join("; ");
  const own = { ...context, command: { argv: ["sh", "-c", script] } };
  const report = await cleanRun(own, { files: {}, timeoutMs: 60_000 }, "none", {});
  assert.deepEqual([report.exitCode, report.complete], [0, true], JSON.stringify(report));
  assert.deepEqual(
    report.tests.map(({ id, status }) => [id, status]),
    [["a.txt > n", "passed"]],
  );
});
