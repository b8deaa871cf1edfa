import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@pawl/core";
import { constantsIn, generateCalls } from "./generated-calls.ts";
import type { FunctionCase } from "./wire.ts";

const CASES: readonly FunctionCase[] = [
  { call: "fee", args: [[{ kind: "late", days: 3 }], 10], returns: 13 },
  { call: "fee", args: [[], 0], returns: 0 },
  { call: "label", args: ["late"], returns: "Late" },
];

test("calls are like the given ones: the same functions, as many arguments, none of them given or repeated", () => {
  const calls = generateCalls(CASES, [], 80, Rng.of(1));
  assert.equal(calls.length, 80);
  const given = new Set(CASES.map(({ call, args }) => JSON.stringify([call, args])));
  const texts = calls.map(({ call, args }) => JSON.stringify([call, args]));
  assert.equal(new Set(texts).size, texts.length);
  for (const [i, { call, args }] of calls.entries()) {
    assert.ok(!given.has(texts[i] as string));
    assert.equal(args.length, CASES.find((each) => each.call === call)?.args.length);
  }
  assert.ok(calls.some(({ args }) => args[0] === "late" || typeof args[0] === "string"));
  assert.ok(new Set(calls.map(({ call }) => call)).size === 2, "every function is called");
});

test("the same seed gives the same calls, another seed others", () => {
  const [a, b, c] = [1, 1, 2].map((seed) => JSON.stringify(generateCalls(CASES, ["x"], 30, Rng.of(seed))));
  assert.equal(a, b);
  assert.notEqual(a, c);
});

test("a program's own literals turn up as arguments", () => {
  const constants = constantsIn(`if (kind === "express" || days > 1.5) return 'x' + 40; // var3`);
  assert.deepEqual(constants, ["express", "x", 1.5, 40]);
  const texts = generateCalls(CASES, constants, 120, Rng.of(1)).map((call) => JSON.stringify(call));
  assert.ok(texts.some((text) => text.includes("express")));
  assert.ok(texts.some((text) => text.includes("40")));
});

test("tags of the wire format stay as they are", () => {
  const cases = [{ call: "f", args: [{ $: "Set", v: [1, 2] }] }];
  for (const { args } of generateCalls(cases, [], 30, Rng.of(1)))
    assert.equal((args[0] as { $?: string }).$, "Set", JSON.stringify(args));
});
