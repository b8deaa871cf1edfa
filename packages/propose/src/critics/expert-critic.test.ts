import assert from "node:assert/strict";
import { test } from "node:test";
import { FAMILY_OF } from "../speed/families.ts";
import { ScriptedExpert, wantsMoreData, type SpeedTrial } from "./expert-critic.ts";

const HOTTEST = "a.js:4";

function trial(parts: Partial<SpeedTrial> = {}): SpeedTrial {
  const ratio = parts.ratio === undefined ? 2 : parts.ratio;
  const ratios = ratio === null ? null : { distinct: ratio, repeated: ratio };
  return { summary: "lookup-set at a.js:4", wrong: null, ratio, ratios, kept: null, ...parts };
}

function expert(): ScriptedExpert {
  return new ScriptedExpert({ hottest: HOTTEST });
}

test("a faster one is kept, and the hottest line named", () => {
  const word = expert().review(trial());
  assert.equal(word.keep, true);
  assert.match(word.reason, /2\.00 times as fast.*most of the time goes to a\.js:4/);
  assert.equal(word.line, "a.js:4");
});

test("wrong, slower, no different, not measured: each is rejected with its reason", () => {
  const cases: readonly (readonly [Partial<SpeedTrial>, RegExp, boolean])[] = [
    [{ wrong: "returns another value (f([]) returns 0)", ratio: null }, /^wrong: returns another value/, false],
    [{ ratio: 0.5 }, /^slower: 0\.50 times/, false],
    [{ ratio: 1.01 }, /^no difference/, false],
    [{ ratio: 1.3, kept: false }, /^fresh pairs do not show/, false],
    [{ ratio: null }, /^measure it first/, true],
  ];
  for (const [parts, reason, moreData] of cases) {
    const word = expert().review(trial(parts));
    assert.equal(word.keep, false);
    assert.match(word.reason, reason);
    assert.equal(word.moreData, moreData);
  }
});

test("faster on one kind of input and slower on another: more data, and what they say counts", () => {
  const mixed = { ratio: 1.2, ratios: { dense: 3, sparse: 0.6 } };
  const word = expert().review(trial(mixed));
  assert.match(word.reason, /faster on dense \(3\.00 .*\) but slower on sparse \(0\.60/);
  assert.equal(word.moreData, true);
  assert.equal(word.keep, false);
  assert.equal(expert().review(trial({ ...mixed, kept: true })).keep, true);
  assert.equal(wantsMoreData(trial(mixed)), true);
  assert.equal(wantsMoreData(trial({ ...mixed, kept: false })), false, "fresh pairs were asked");
  assert.equal(wantsMoreData(trial({ ...mixed, ratio: 0.8 })), false, "slower altogether");
  assert.equal(wantsMoreData(trial({ ratio: 1.01 })), false, "all kinds agree");
});

test("after two rejections in one family another one is asked for, until that is exhausted or the family succeeds", () => {
  const one = expert();
  one.review(trial({ ratio: 0.9 }));
  assert.deepEqual(one.weights(), { byOperator: {}, byLine: { "a.js:4": 1.5 } });
  const word = one.review(trial({ summary: "index-map at a.js:9", ratio: 0.9 }));
  assert.match(word.reason, /another approach than lookup, please/);
  assert.equal(word.families?.includes("lookup"), false);
  const { byOperator = {} } = one.weights() ?? {};
  for (const [operator, family] of Object.entries(FAMILY_OF))
    assert.equal(byOperator[operator], family === "lookup" ? -Infinity : undefined, operator);
  assert.equal(one.relent(), true);
  assert.equal(one.relent(), false);
  assert.deepEqual(one.weights()?.byOperator, {});
});

test("a success between two rejections starts the count anew; other families do not count", () => {
  const one = expert();
  one.review(trial({ ratio: 0.9 }));
  one.review(trial({ ratio: 2 }));
  one.review(trial({ ratio: 0.9 }));
  one.review(trial({ summary: "drop-copy at a.js:2", ratio: 0.9 }));
  assert.deepEqual(one.weights()?.byOperator, {});
});
