import assert from "node:assert/strict";
import { test } from "node:test";
import { Gate } from "./gate.ts";

const never = new AbortController().signal;

test("places are given in order, and one whose caller left is not lost", async () => {
  const gate = new Gate({ concurrency: 2 });
  const order: string[] = [];
  const first = await gate.enter(1, never);
  const second = await gate.enter(1, never);
  const gone = new AbortController();
  const enter = async (name: string, signal: AbortSignal): Promise<void> => {
    const leave = await gate.enter(1, signal);
    order.push(name);
    leave();
    leave();
  };
  const waiting = [enter("a", never), enter("b", gone.signal), enter("c", never)];
  gone.abort();
  await assert.rejects(waiting[1] as Promise<void>, { name: "AbortError" });
  assert.deepEqual(order, []);
  first();
  await waiting[0];
  await waiting[2];
  assert.deepEqual(order, ["a", "c"]);
  second();
  const again = await Promise.all([gate.enter(1, never), gate.enter(1, never)]);
  assert.equal(again.length, 2);
});

test("limits per minute pace the calls", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const started: number[] = [];
  const byRequests = new Gate({ concurrency: 10, requestsPerMinute: 60 });
  const byTokens = new Gate({ concurrency: 10, tokensPerMinute: 6000 });
  const enter = async (gate: Gate, tokens: number): Promise<void> => {
    const leave = await gate.enter(tokens, never);
    started.push(Date.now());
    leave();
  };
  const run = async (gate: Gate, tokens: number): Promise<readonly number[]> => {
    started.length = 0;
    const from = Date.now();
    const calls = Array.from({ length: 4 }, () => enter(gate, tokens));
    for (let i = 0; i < 100; i++) {
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
      t.mock.timers.tick(100);
    }
    await Promise.all(calls);
    return started.map((time) => time - from);
  };
  assert.deepEqual(await run(byRequests, 1), [0, 1000, 2000, 3000]);
  assert.deepEqual(await run(byTokens, 50), [0, 500, 1000, 1500]);
  byRequests.pauseUntil(Date.now() + 5000);
  assert.equal((await run(byRequests, 1))[0], 5000);
});
