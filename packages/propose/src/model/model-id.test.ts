import assert from "node:assert/strict";
import { test } from "node:test";
import { UsageError } from "@pawl/core";
import { parseModelId } from "./model-id.ts";
import { openModel } from "./open-model.ts";

test("ids are read as they are written", () => {
  assert.deepEqual(parseModelId("anthropic/claude-x"), { kind: "anthropic", name: "claude-x" });
  assert.deepEqual(parseModelId("http://localhost:8080/v1#qwen3:4b"), {
    kind: "http",
    baseUrl: "http://localhost:8080/v1",
    name: "qwen3:4b",
  });
  assert.deepEqual(parseModelId("https://host/v1/"), { kind: "http", baseUrl: "https://host/v1", name: null });
  assert.deepEqual(parseModelId("./models/a.gguf"), { kind: "gguf", file: "./models/a.gguf" });
});

test("what is no id is refused, and a secret in an address is not repeated", () => {
  for (const id of ["", "gpt", "nobody/x", "anthropic/", "http://", "ftp://x/v1"])
    assert.throws(() => parseModelId(id), UsageError);
  for (const id of ["http://user:hunter22@host/v1#a", "https://host/v1?key=hunter22#a"])
    assert.throws(
      () => parseModelId(id),
      (error: unknown) => error instanceof UsageError && !JSON.stringify(error).includes("hunter22"),
    );
});

test("a missing key is named before anything is asked", async () => {
  await assert.rejects(openModel("anthropic/claude-x", { environment: {} }), /ANTHROPIC_API_KEY is not set/);
  await assert.rejects(openModel("openai/gpt-x", { environment: {}, keyVariable: "TEAM_KEY" }), /TEAM_KEY is not set/);
});
