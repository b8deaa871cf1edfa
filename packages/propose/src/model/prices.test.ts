import assert from "node:assert/strict";
import { test } from "node:test";
import { dollarsOf, knownModel, mostDollars } from "./prices.ts";

test("a dated name is the name, the user's price comes first, an unknown one is null", () => {
  const { price } = knownModel("anthropic/claude-sonnet-4-5");
  assert.ok(price !== null && price.output > price.input);
  assert.deepEqual(knownModel("anthropic/claude-sonnet-4-5-20250929").price, price);
  assert.equal(knownModel("openai/of-tomorrow").price, null);
  assert.deepEqual(knownModel("openai/of-tomorrow", { "openai/of-tomorrow": { input: 1, output: 2 } }).price, {
    input: 1,
    output: 2,
  });
});

test("cached and written tokens have their own prices, and the bound is the dearest", () => {
  const price = { input: 10, output: 100, cachedInput: 1, cacheWrite: 20 };
  const usage = { inputTokens: 1000, outputTokens: 10, cachedInputTokens: 600, reported: true };
  assert.equal(dollarsOf(usage, price, 300), (100 * 10 + 600 + 300 * 20 + 10 * 100) / 1e6);
  assert.equal(mostDollars(1000, 10, price), (1000 * 20 + 10 * 100) / 1e6);
  assert.equal(dollarsOf(usage, null), null);
});
