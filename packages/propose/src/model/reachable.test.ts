import assert from "node:assert/strict";
import { test } from "node:test";
import { startFaultServer } from "./fixture-fault-server.ts";
import { reachableModels } from "./reachable.ts";

test("keys are named, not shown; a server is listed with its models, and one that is not there is said to be absent", async (t) => {
  const server = await startFaultServer({});
  t.after(() => server.close());
  const found = await reachableModels({ OPENAI_API_KEY: "sk-secret-123456" }, [
    { name: "here", baseUrl: server.url },
    { name: "gone", baseUrl: "http://127.0.0.1:9/v1" },
  ]);
  const by = Object.fromEntries(found.map((entry) => [entry.name, entry]));
  assert.equal(by["openai"]?.works, true);
  assert.equal(by["anthropic"]?.works, false);
  assert.match(by["here"]?.detail ?? "", /#<name>; it has test$/);
  assert.equal(by["here"]?.works, true);
  assert.equal(by["gone"]?.works, false);
  assert.ok(!JSON.stringify(found).includes("sk-secret"));
  assert.equal(server.served.size, 0, "no prompt was sent");
});
