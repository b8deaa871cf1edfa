import assert from "node:assert/strict";
import { test } from "node:test";
import { startFaultServer } from "./fixture-fault-server.ts";
import type { ModelRequest } from "./model.ts";
import { openModel } from "./open-model.ts";

const never = new AbortController().signal;
const ask = (content: string, more: Partial<ModelRequest> = {}): ModelRequest => ({
  messages: [{ role: "user", content }],
  maxOutputTokens: 200,
  temperature: 0,
  ...more,
});

test("an OpenAI-compatible server answers", async (t) => {
  const server = await startFaultServer({ seed: 1, rate: 0 });
  const model = await openModel(`${server.url}#test`, { environment: {} });
  t.after(async () => {
    await model.close();
    await server.close();
  });
  const answer = await model.generate(ask("what is one and one"), never);
  assert.equal(answer.text, "answer to what is one and one");
  assert.equal(answer.finish, "stop");
  assert.equal(answer.attempts, 1);
  assert.deepEqual(answer.faults, []);
  assert.equal(answer.usage.reported, true);
  assert.equal(answer.dollars, 0);
  assert.equal(model.contextTokens, 32_000);
  const { tokens } = model.bound(ask("what is one and one"));
  assert.ok(tokens >= answer.usage.inputTokens + answer.usage.outputTokens);
});

test("Anthropic's protocol, with its prompt cache and its prices", async (t) => {
  const server = await startFaultServer({ seed: 1, rate: 0 });
  const model = await openModel("anthropic/claude-sonnet-4-5", {
    environment: { ANTHROPIC_API_KEY: "sk-ant-secret-1234567890" },
    baseUrl: server.url,
  });
  t.after(async () => {
    await model.close();
    await server.close();
  });
  const request: ModelRequest = {
    ...ask("now"),
    messages: [
      { role: "system", content: "be brief" },
      { role: "user", content: "now" },
    ],
    cacheUpTo: 0,
  };
  const answer = await model.generate(request, never);
  assert.equal(answer.text, "answer to now");
  assert.equal(answer.dollars, (answer.usage.inputTokens * 3 + answer.usage.outputTokens * 15) / 1e6);
  const { body, headers } = server.last();
  assert.equal(headers["x-api-key"], "sk-ant-secret-1234567890");
  assert.deepEqual(body["system"], [{ type: "text", text: "be brief", cache_control: { type: "ephemeral" } }]);
});
