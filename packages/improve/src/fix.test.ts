import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fix } from "./fix.ts";

const FILES = {
  "package.json": '{"type":"module","scripts":{"test":"node --test"}}',
  "larger.js": "export const larger = (a, b) => (a < b ? a : b);\n",
  "larger.test.js":
    'import { test } from "node:test";\nimport assert from "node:assert";\nimport { larger } from "./larger.js";\ntest("first", () => assert.equal(larger(2, 1), 2));\ntest("second", () => assert.equal(larger(1, 2), 2));\ntest("slow", (t, done) => setTimeout(done, 2000));\n',
};

test("a budget of time is for the search: reading the project does not use it up", async (t) => {
  if (process.env["PAWL_SLOW"] !== "1") return t.skip("slow: set PAWL_SLOW=1");
  const root = mkdtempSync(join(tmpdir(), "pawl-fix-"));
  try {
    for (const [path, text] of Object.entries(FILES)) writeFileSync(join(root, path), text);
    // Less than a single run of the tests takes.
    const { evaluations } = await fix({ root, budget: { seconds: 1.5 }, unsafe: true });
    assert.ok(evaluations.screened > 0);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
