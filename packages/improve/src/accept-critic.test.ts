import assert from "node:assert/strict";
import { test } from "node:test";
import { acceptPatch, type AcceptanceEvidence } from "./accept-critic.ts";

/** Doubles of positive items: the visible cases, ten further calls, and what a program does on them. */
const visible = [
  { call: "f", args: [[1, 2]], returns: [2, 4] },
  { call: "f", args: [[3]], returns: [6] },
];
const inputs = Array.from({ length: 10 }, (_, i) => [i + 1, i + 2, i + 1]);
const calls = inputs.map((input) => ({ call: "f", args: [input] }));
const outcomesOf = (program: (input: readonly number[], i: number) => unknown): string[] =>
  inputs.map((input, i) => {
    const value = program(input, i);
    return typeof value === "string" ? value : `returns ${JSON.stringify(value)}`;
  });
const right = outcomesOf((input) => input.map((x) => 2 * x));
const doubtsOf = (outcomes: readonly string[], more: Partial<AcceptanceEvidence> = {}): string =>
  acceptPatch({ visible, calls, outcomes, base: right, peers: [], ...more }).doubts.join("; ");

test("a patch that behaves is accepted", () => {
  assert.deepEqual(acceptPatch({ visible, calls, outcomes: right, base: right, peers: [right, right] }), {
    accept: true,
    doubts: [],
  });
});

test("crashes and missing answers that the program before did not have are doubted", () => {
  const crashing = outcomesOf((input, i) => (i < 3 ? "throws TypeError" : input));
  assert.match(doubtsOf(crashing), /crashes on 3 of 10 generated calls, as f\(\[1,2,1\]\)/);
  assert.doesNotMatch(doubtsOf(crashing, { base: crashing }), /crashes/);
  assert.doesNotMatch(doubtsOf(outcomesOf(() => "throws RangeError")), /crashes/, "an error of its own is an answer");
  assert.match(doubtsOf(outcomesOf(() => "no answer")), /does not answer on 10/);
});

test("another type, and relations that all visible cases keep, are doubted", () => {
  assert.match(doubtsOf(outcomesOf((input) => input.length)), /the value is a list on 10/);
  assert.match(doubtsOf(outcomesOf((input) => input.slice(1))), /a list is as long as the first argument/);
  const negated = outcomesOf((input) => input.map((x) => -x));
  assert.equal(doubtsOf(negated), "", "an order that the program before did not keep either");
});

test("one case teaches no relation", () => {
  const one = visible.slice(0, 1);
  assert.equal(
    doubtsOf(
      outcomesOf((input) => input.slice(1)),
      { visible: one },
    ),
    "",
  );
});

test("the odd one out among passing patches is doubted, one other patch is not enough", () => {
  const odd = outcomesOf((input) => input.map((x) => 2 * x + 1));
  assert.match(doubtsOf(odd, { peers: [right, right] }), /2 of 2 other passing patches agree on something else/);
  assert.equal(doubtsOf(odd, { peers: [right] }), "");
});
