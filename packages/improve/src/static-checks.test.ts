import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { probeSandbox } from "@pawl/verify";
import { fix } from "./fix.ts";

const hasSandbox = (await probeSandbox()).some((probe) => probe.works);
const MODULES = fileURLToPath(new URL("../../../node_modules", import.meta.url));

/** Both edits make the tests pass; only one of them is right for the compiler. */
const FILES: Readonly<Record<string, string>> = {
  "package.json": '{ "type": "module", "scripts": { "test": "node --test" } }',
  "tsconfig.json":
    '{ "compilerOptions": { "strict": true, "types": [], "skipLibCheck": true, "module": "esnext", "target": "esnext" }, "files": ["sum.ts"] }',
  "sum.ts":
    'export const old: number = "an error of the base";\n\nexport function sum(values: readonly number[]): number {\n  let total = 0;\n  for (const value of values) total -= value;\n  return total;\n}\n',
  "sum.test.js":
    'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { sum } from "./sum.ts";\n\ntest("one", () => assert.equal(sum([7]), 7));\ntest("several", () => assert.equal(sum([1, 2, 3]), 6));\n',
};

test("a TypeScript project's patches add no type errors, and the result says so", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  if (!existsSync(join(MODULES, "typescript"))) return t.skip("typescript not found");
  const root = realpathSync(mkdtempSync(join(tmpdir(), "pawl-types-")));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  symlinkSync(MODULES, join(root, "node_modules"));
  const result = await fix({ root, budget: { evaluations: 300 }, seed: 1 });
  assert.equal(result.status, "fixed");
  assert.deepEqual(result.types, { checker: "tsc", errorsBefore: 1 });
});
