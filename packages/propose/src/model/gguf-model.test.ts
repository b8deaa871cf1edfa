import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { MachineError, UsageError } from "@pawl/core";
import { findNodeLlama } from "./node-llama.ts";
import { openModel } from "./open-model.ts";

// A real file is opened by `npm run claims -- real-model`.
test("a file that is not there, and a machine without node-llama-cpp, are said plainly", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "pawl-gguf-"));
  const cache = process.env["XDG_CACHE_HOME"];
  process.env["XDG_CACHE_HOME"] = folder;
  t.after(() => {
    if (cache === undefined) delete process.env["XDG_CACHE_HOME"];
    else process.env["XDG_CACHE_HOME"] = cache;
    rmSync(folder, { recursive: true });
  });
  await assert.rejects(openModel(join(folder, "none.gguf")), UsageError);
  if (findNodeLlama() !== null) return t.skip("node-llama-cpp is installed beside Pawl");
  writeFileSync(join(folder, "some.gguf"), "");
  await assert.rejects(openModel(join(folder, "some.gguf")), (error: unknown) => {
    assert.ok(error instanceof MachineError);
    assert.match(error.todo, /npm install --prefix .* node-llama-cpp@/);
    return true;
  });
});
