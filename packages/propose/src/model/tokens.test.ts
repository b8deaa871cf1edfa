import assert from "node:assert/strict";
import { test } from "node:test";
import { estimateTokens, mostInput } from "./tokens.ts";

test("an estimate is somewhat more than real tokenizers count", () => {
  // Counted with the tokenizer of SmolLM2: 23 and 28 tokens.
  const prose = "The quick brown fox jumps over the lazy dog. It was not amused, and said so in plain English.";
  const code = "function add(a, b) {\n  if (a === undefined) return b;\n  return a + b;\n}\n";
  for (const [text, real] of [
    [prose, 23],
    [code, 28],
  ] as const) {
    const estimate = estimateTokens(text);
    assert.ok(estimate >= real && estimate <= 2 * real, `${estimate} for ${real}`);
  }
  assert.equal(estimateTokens(""), 0);
  assert.ok(estimateTokens("日本語のテキスト") >= 8);
});

test("the most a request can have is above any estimate of it", () => {
  for (const content of ["", "a b c d e", "{}".repeat(500), "ß".repeat(100)]) {
    const request = { messages: [{ role: "user" as const, content }], maxOutputTokens: 1, temperature: 0 };
    assert.ok(mostInput(request) >= estimateTokens(content));
  }
});
