import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test, type TestContext } from "node:test";
import { withModels } from "./models.ts";
import type { RunOptions } from "./options.ts";

const CONFIG =
  'import { defineConfig } from "pawl";\n\nexport default defineConfig({ models: { fast: "openai/fast" } });\n';

function project(t: TestContext, files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "pawl-config-"));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

test("a configuration may import defineConfig from pawl where no such package is, whichever command reads it", async (t) => {
  const root = project(t, { "pawl.config.ts": CONFIG, "other.mjs": 'import "pawl";\n' });
  const { proposer, models } = await withModels<RunOptions>({ root });
  assert.deepEqual([proposer, models], ["mix", { fast: { id: "openai/fast" } }]);
  // Whoever uses Pawl as a library finds modules afterwards as before.
  await assert.rejects(import(join(root, "other.mjs")), { code: "ERR_MODULE_NOT_FOUND" });
});

test("a pawl of the project's own counts", async (t) => {
  const root = project(t, {
    "pawl.config.mjs": CONFIG,
    "node_modules/pawl/package.json": '{ "name": "pawl", "type": "module", "exports": "./index.js" }',
    "node_modules/pawl/index.js": 'export const defineConfig = () => ({ models: { own: "openai/own" } });\n',
  });
  assert.deepEqual((await withModels<RunOptions>({ root })).models, { own: { id: "openai/own" } });
});
