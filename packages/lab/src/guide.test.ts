import assert from "node:assert/strict";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { temporaryStore } from "./fixture-system.ts";
import { runSystem } from "./run-system.ts";
import type { System } from "./system.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

test("the recipe in the guide runs, quick and in full, and its claim reproduces", async () => {
  using place = temporaryStore();
  const guide = readFileSync(join(ROOT, "docs/guides/write-a-system.md"), "utf8");
  const program = /```ts\n([^]*?)```/.exec(guide)?.[1] as string;
  symlinkSync(join(ROOT, "node_modules"), join(place.folder, "node_modules"));
  writeFileSync(join(place.folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(place.folder, "one-max.ts"), program);
  const { system } = (await import(join(place.folder, "one-max.ts"))) as { system: System };
  const quick = await runSystem(system, { ...place.options, quick: true });
  assert.equal(quick.results.length, 2);
  const full = await runSystem(system, place.options);
  assert.equal(full.outcome, "reproduced");
  const again = await runSystem(system, { ...place.options, again: true });
  assert.deepEqual(again.claim, full.claim, "the same seeds give the same figures");
});
