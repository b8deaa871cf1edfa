import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { PawlError } from "@pawl/core";
import {
  FAULT_KINDS,
  startFaultServer,
  type FaultServer,
  type FaultServerOptions,
  type ServerFault,
} from "./fixture-fault-server.ts";
import { ModelError } from "./model-error.ts";
import type { OpenModelOptions } from "./model-options.ts";
import type { Model, ModelRequest } from "./model.ts";
import { openModel } from "./open-model.ts";

const KEY = "sk-test-0123456789abcdef";
const never = new AbortController().signal;
const ask = (content: string, more: Partial<ModelRequest> = {}): ModelRequest => ({
  messages: [{ role: "user", content }],
  maxOutputTokens: 200,
  temperature: 0,
  ...more,
});

async function start(
  t: TestContext,
  server: FaultServerOptions,
  options: OpenModelOptions = {},
  protocol: "openai" | "anthropic" = "openai",
): Promise<{ server: FaultServer; model: Model }> {
  const running = await startFaultServer(server);
  const environment = { PAWL_MODEL_KEY: KEY, ANTHROPIC_API_KEY: KEY };
  const model =
    protocol === "openai"
      ? await openModel(`${running.url}#test`, { environment, ...options })
      : await openModel("anthropic/claude-haiku-4-5", { environment, baseUrl: running.url, ...options });
  t.after(async () => {
    await model.close();
    await running.close();
  });
  return { server: running, model };
}

for (const protocol of ["openai", "anthropic"] as const) {
  const recover = async (t: TestContext, faults: readonly string[], options: OpenModelOptions): Promise<void> => {
    const plan = (n: number, prompt: string): ServerFault | null =>
      n === 0 ? (prompt.split(" ")[0] as ServerFault) : null;
    const { model, server } = await start(t, { plan }, options, protocol);
    const check = async (fault: string): Promise<void> => {
      const prompt = `${fault} please, and one and two and three`;
      const request = ask(prompt);
      const answer = await model.generate(request, never);
      assert.equal(answer.text, `answer to ${prompt}`, fault);
      assert.equal(answer.finish, "stop", fault);
      assert.equal(answer.attempts, 2, `${fault}: ${answer.faults.join("; ")}`);
      assert.equal(answer.faults.length, 1, fault);
      assert.match(answer.faults[0] as string, new RegExp(`^${FAULT_KINDS[fault as ServerFault]}: `), fault);
      assert.ok(!answer.faults.join().includes(KEY), fault);
      assert.deepEqual(server.served.get(prompt), [fault, null]);
      const bound = model.bound(request);
      assert.ok(answer.usage.inputTokens + answer.usage.outputTokens <= bound.tokens, fault);
      assert.ok(Number(answer.dollars) <= Number(bound.dollars), fault);
    };
    await Promise.all(faults.map(check));
  };

  test(`${protocol}: after each fault the call is made again, and the fault is named`, async (t) => {
    await recover(
      t,
      Object.keys(FAULT_KINDS).filter((fault) => fault !== "silent"),
      {},
    );
  });

  test(`${protocol}: a model that falls silent is asked again`, async (t) => {
    await recover(t, ["silent"], { silenceSeconds: 2 });
  });
}

for (const protocol of ["openai", "anthropic"] as const) {
  test(`${protocol}: a refusal is an answer that says so`, async (t) => {
    const { model } = await start(t, { plan: () => "refusal" }, {}, protocol);
    const answer = await model.generate(ask("x"), never);
    assert.equal(answer.finish, "refusal");
    assert.equal(answer.attempts, 1);
  });

  for (const fault of ["wrong-usage", "negative-usage"] as const)
    test(`${protocol}: impossible numbers (${fault}) are replaced by estimates`, async (t) => {
      const { model } = await start(t, { plan: () => fault }, {}, protocol);
      const request = ask("some words to count");
      const { usage } = await model.generate(request, never);
      assert.equal(usage.reported, false);
      assert.ok(usage.inputTokens > 3 && usage.inputTokens < 60, `${usage.inputTokens}`);
      assert.ok(usage.outputTokens > 3 && usage.outputTokens < 30, `${usage.outputTokens}`);
    });
}

test("an answer that is cut each time is handed over as far as it came, and said to be cut", async (t) => {
  const { model } = await start(t, { plan: () => "ended" });
  const answer = await model.generate(ask("a rather long question, so that half of it is something"), never);
  assert.equal(answer.finish, "cut");
  assert.ok(
    "answer to a rather long question, so that half of it is something".startsWith(answer.text) &&
      answer.text.length > 10,
  );
  assert.equal(answer.attempts, 2);
});

test("an attempt that may be charged for is made twice at most", async (t) => {
  const { model, server } = await start(t, { plan: () => "empty" }, { attempts: 9 });
  await assert.rejects(model.generate(ask("x"), never), (error: unknown) => {
    assert.ok(error instanceof ModelError && error instanceof PawlError);
    assert.equal(error.kind, "empty");
    assert.equal(error.attempts, 2);
    assert.equal(error.faults.length, 2);
    assert.equal(error.exitCode, 3);
    return true;
  });
  assert.equal(server.served.get("x")?.length, 2);
});

test("a wrong key is not tried again, and is nowhere in the error, though the server repeats it", async (t) => {
  const { createServer } = await import("node:http");
  let calls = 0;
  const http = createServer((request, response) => {
    calls += 1;
    response.writeHead(401, { "content-type": "application/json" });
    const encoded = Buffer.from(KEY).toString("base64");
    response.end(
      JSON.stringify({ error: { message: `Incorrect API key: ${request.headers.authorization} ${encoded}` } }),
    );
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as { port: number };
  const model = await openModel(`http://127.0.0.1:${port}/v1#test`, { environment: { PAWL_MODEL_KEY: KEY } });
  t.after(async () => {
    await model.close();
    http.close();
  });
  calls = 0;
  await assert.rejects(model.generate(ask("x"), never), (error: unknown) => {
    assert.ok(error instanceof ModelError);
    assert.equal(error.kind, "authentication");
    const all = JSON.stringify({ ...error, message: error.message, stack: error.stack, cause: error.cause ?? null });
    assert.ok(!all.includes(KEY), all);
    assert.ok(!all.includes(Buffer.from(KEY).toString("base64")), all);
    assert.match(all, /\[key\]/);
    return true;
  });
  assert.equal(calls, 1);
});

test("a key in the answer itself does not reach the record", async (t) => {
  const { model } = await start(t, { respond: () => `your key is ${KEY}, is it not` });
  const answer = await model.generate(ask("x"), never);
  assert.ok(!JSON.stringify(answer).includes(KEY));
});

test("enough ends the call early", async (t) => {
  const { model } = await start(t, { plan: () => "slow", respond: () => "one two three four five six seven eight" });
  const answer = await model.generate(ask("x", { enough: (text) => text.includes("three") }), never);
  assert.equal(answer.finish, "enough");
  assert.equal(answer.text, "one two three");
  assert.equal(answer.usage.reported, false);
});

test("stop strings hold even with a server that does not know them", async (t) => {
  const { model } = await start(t, { respond: () => "def f(): pass END and more" });
  const answer = await model.generate(ask("x", { stop: ["END"] }), never);
  assert.equal(answer.text, "def f(): pass ");
  assert.equal(answer.finish, "stop");
});

test("an aborted call ends at once, waiting or running", async (t) => {
  const { model, server } = await start(t, { plan: () => "silent" }, { concurrency: 1 });
  const controller = new AbortController();
  const calls = ["a", "b"].map((prompt) => model.generate(ask(prompt), controller.signal));
  while (server.served.size === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  controller.abort();
  for (const call of calls) await assert.rejects(call, { name: "AbortError" });
  assert.equal(server.served.size, 1);
});

test("no more calls are in flight than allowed", async (t) => {
  const { model, server } = await start(t, { plan: () => "slow" }, { concurrency: 3 });
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => model.generate(ask(`question ${i}`), never)));
  assert.deepEqual(
    answers.map(({ text }) => text),
    answers.map((_, i) => `answer to question ${i}`),
  );
  assert.equal(server.mostInFlight(), 3);
});

test("a model that gives no answer is replaced by its fallback, and the bill names both", async (t) => {
  const good = await startFaultServer({});
  t.after(() => good.close());
  const { model, server } = await start(t, { plan: () => "empty" }, { fallback: [`${good.url}#other`] });
  const answer = await model.generate(ask("x"), never);
  assert.equal(answer.model, `${good.url}#other`);
  assert.equal(answer.text, "answer to x");
  assert.equal(answer.attempts, 3);
  assert.equal(answer.faults.length, 2);
  assert.ok(answer.faults.every((fault) => fault.startsWith(`${server.url}#test: empty: `)));
});

test("a server that is down is left alone after a while", async (t) => {
  const { model, server } = await start(t, { plan: () => "500" }, { attempts: 2, totalSeconds: 2, concurrency: 1 });
  const errors: ModelError[] = [];
  for (let i = 0; i < 6; i++)
    await model.generate(ask(`q${i}`), never).catch((error: unknown) => {
      assert.ok(error instanceof ModelError);
      errors.push(error);
    });
  assert.equal(errors.length, 6);
  assert.equal(errors.at(-1)?.kind, "unavailable");
  const requests = [...server.served.values()].reduce((sum, times) => sum + times.length, 0);
  assert.equal(requests, 8);
});

test("tools come back as calls", async (t) => {
  const { createServer } = await import("node:http");
  const http = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const chunk = (delta: object, finish: string | null): string =>
      `data: ${JSON.stringify({ id: "1", choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
    const call = (more: object): object => ({ tool_calls: [{ index: 0, ...more }] });
    response.write(chunk(call({ id: "a", type: "function", function: { name: "edit", arguments: '{"line":' } }), null));
    response.write(chunk(call({ function: { arguments: "3}" } }), null));
    response.end(`${chunk({}, "tool_calls")}data: [DONE]\n\n`);
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as { port: number };
  const model = await openModel(`http://127.0.0.1:${port}/v1#test`, { environment: {} });
  t.after(async () => {
    await model.close();
    http.close();
  });
  const tools = [
    { name: "edit", description: "edits", parameters: { type: "object", properties: { line: { type: "integer" } } } },
  ];
  const answer = await model.generate(ask("x", { tools }), never);
  assert.deepEqual(answer.toolCalls, [{ name: "edit", arguments: { line: 3 } }]);
  assert.equal(answer.finish, "tool-calls");
  assert.equal(answer.usage.reported, false);
});

test("openai: the mean log-probability of an answer is told where the server tells it, and nothing breaks where it does not", async (t) => {
  const say = "one two three four";
  const respond = (): string => say;
  // As some servers say "none", the last one counts for nothing.
  const told = await start(t, { respond, logProbability: (n) => (n === 3 ? -9999 : -0.5 * n) });
  assert.equal((await told.model.generate(ask("x"), never)).meanLogProbability, -0.5);
  assert.equal(told.server.last().body["logprobs"], true);
  const early = await told.model.generate(ask("y", { enough: (text) => text.endsWith("two") }), never);
  assert.deepEqual([early.finish, early.meanLogProbability], ["enough", -0.25]);

  const silent = await start(t, { respond });
  const answer = await silent.model.generate(ask("x"), never);
  assert.ok(answer.text === say && !("meanLogProbability" in answer));

  const strict = await start(t, { respond, logProbability: "refused" });
  const first = await strict.model.generate(ask("x"), never);
  assert.ok(first.text === say && !("meanLogProbability" in first));
  assert.match(first.faults.join(), /^bad-request: HTTP 400: .*logprobs/);
  const second = await strict.model.generate(ask("y"), never);
  assert.deepEqual([second.attempts, second.faults], [1, []], "not asked for again");
});

test("anthropic: there are no log-probabilities, and none are asked for", async (t) => {
  const { model, server } = await start(t, { logProbability: "refused" }, {}, "anthropic");
  const answer = await model.generate(ask("x"), never);
  assert.ok(!("meanLogProbability" in answer) && !("logprobs" in server.last().body));
});
