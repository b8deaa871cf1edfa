import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { UsageError } from "@pawl/core";
import { Languages, lineScores, suspiciousness, type TestTrace } from "@pawl/propose";
import { probeSandbox } from "@pawl/verify";
import { stateFolder } from "./execute.ts";
import { fix } from "./fix.ts";
import { raiseByIssue, readIssue } from "./issue.ts";
import { locate } from "./locate.ts";
import { replayRun } from "./resume.ts";
import { why } from "./why.ts";

const hasSandbox = (await probeSandbox()).some((probe) => probe.works);

const FILES = {
  "package.json": '{ "type": "module", "scripts": { "test": "node --test" } }',
  "prices.js":
    "/** Price with tax. */\nexport function withTax(price) {\n  return price * 1.2;\n}\n\n/** Price after a rebate. */\nexport function withRebate(price, rebate) {\n  return price + rebate;\n}\n",
  "cart.js":
    'import { withRebate, withTax } from "./prices.js";\n\nexport function total(prices, rebate) {\n  const sum = prices.reduce((all, price) => all + price, 0);\n  return withRebate(withTax(sum), rebate);\n}\n',
  "cart.test.js":
    'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { total } from "./cart.js";\nimport { withTax } from "./prices.js";\n\ntest("tax", () => assert.equal(withTax(10), 12));\ntest("rebate", () => assert.equal(total([10, 10], 4), 20));\ntest("no rebate", () => assert.equal(total([10], 0), 12));\n',
};

const ISSUE = "Rebate makes things dearer\n\nThe `withRebate` of a cart adds the rebate.\n";

function setUp(t: TestContext, files: Readonly<Record<string, string>> = FILES): string {
  const root = mkdtempSync(join(tmpdir(), "pawl-issue-"));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
  return root;
}

describe("readIssue", () => {
  test("says what is wrong with what is no issue", (t) => {
    const root = setUp(t, { "empty.md": " \n", "data.md": "a\0b", "long.md": "x".repeat(100_001), "good.md": ISSUE });
    assert.equal(readIssue(join(root, "good.md")), ISSUE);
    const said = (name: string): string => {
      try {
        return readIssue(join(root, name));
      } catch (error) {
        assert.ok(error instanceof UsageError && error.message.includes(name));
        return error.message;
      }
    };
    assert.match(said("none.md"), /cannot be read \(ENOENT\)/);
    assert.match(said("empty.md"), /empty/);
    assert.match(said("data.md"), /not a text/);
    assert.match(said("long.md"), /100001 characters/);
  });
});

test("the text decides among lines that the tests cannot tell apart, and not against them", async () => {
  const languages = await Languages.load();
  const sources = { "prices.js": FILES["prices.js"], "cart.js": FILES["cart.js"] };
  const traces: TestTrace[] = [
    { passed: false, hits: { "prices.js": [3, 8], "cart.js": [4, 5] } },
    { passed: true, hits: { "prices.js": [3] } },
  ];
  const alone = suspiciousness(sources, { traces, stacks: [], words: [] }, (path) => languages.of(path));
  assert.equal(alone["prices.js"]?.[7], alone["cart.js"]?.[4], "equal before");
  const raise = (issue: string) => raiseByIssue(alone, { sources, traces, languages, issue });
  const helped = raise(ISSUE);
  assert.equal(helped.finding.located[0], "prices.js:withRebate");
  assert.equal(helped.suspiciousness["prices.js"]?.[7], 1);
  assert.ok((helped.suspiciousness["cart.js"]?.[4] ?? 1) < 1);
  // A text that names the innocent function does not lift it above what the failing test alone executes.
  const misled = raise("`withTax` is wrong, withTax!").suspiciousness;
  const ofTests = lineScores(traces).get("prices.js")?.get(3) ?? 0;
  assert.ok((misled["prices.js"]?.[2] ?? 0) <= 2 * ofTests);
  assert.ok((misled["prices.js"]?.[7] ?? 0) > 0.4);
});

test("fix records the issue and tells whoever thinks; its replay needs no file", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  const root = setUp(t);
  const notes: string[] = [];
  let told = "";
  const repaired = FILES["prices.js"].replace("price + rebate", "price - rebate");
  const result = await fix({
    root,
    issue: ISSUE,
    heldOut: 0,
    jobs: 1,
    proposer: "human",
    desk: {
      next: async ({ text }) => {
        told = text;
        return { "prices.js": repaired };
      },
    },
    onProgress: ({ note }) => void (note === undefined ? 0 : notes.push(note)),
  });
  assert.equal(result.status, "fixed");
  assert.match(told, /reported like this[^]* {4}Rebate makes things dearer/);
  assert.ok(
    notes.some((note) => note.startsWith("the issue and the tests lead to: prices.js:withRebate")),
    notes.join(),
  );
  const replayed = await replayRun({ state: stateFolder({ root }), run: result.run });
  assert.deepEqual([replayed.identical, replayed.differences], [true, []]);
});

test("where no test fails, an issue is no reason to begin", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  const root = setUp(t, { ...FILES, "prices.js": FILES["prices.js"].replace("price + rebate", "price - rebate") });
  await assert.rejects(fix({ root, issue: ISSUE }), (error: UsageError) => {
    assert.match(error.message, /nothing shows the fault/);
    assert.match(error.todo, /test that shows it/);
    return true;
  });
});

test("locate needs no test unless the localiser does", async (t) => {
  const root = setUp(t, { "prices.js": FILES["prices.js"], "cart.js": FILES["cart.js"] });
  const result = await locate({ root, issue: ISSUE, localiser: "search" });
  assert.deepEqual([result.methods[0]?.name, result.methods[0]?.line, result.tests], ["withRebate", 7, null]);
  await assert.rejects(locate({ root, issue: ISSUE, localiser: "sbfl" }), UsageError);
  await assert.rejects(locate({ root, issue: ISSUE, localiser: "guess" }), /no localiser 'guess'/);
  await assert.rejects(locate({ root, issue: "" }), /empty/);
});

test("why ranks what a failing test runs more than the others", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  const root = setUp(t);
  const result = await why({ root, name: "rebate", jobs: 1 });
  assert.equal(result.test, "cart.test.js > rebate");
  assert.deepEqual(
    result.methods
      .slice(0, 2)
      .map(({ name }) => name)
      .toSorted(),
    ["total", "withRebate"],
  );
  assert.match(result.methods[0]?.evidence[0] ?? "", /as 1 of 2 passing tests do/);
});

test("the name of a test must mean one that fails", async (t) => {
  if (!hasSandbox) return t.skip("no sandbox works here");
  const root = setUp(t);
  await assert.rejects(why({ root, name: "tax", jobs: 1 }), (error: UsageError) => {
    assert.match(error.message, /no failing test is called 'tax'/);
    assert.match(error.todo, /cart\.test\.js > rebate/);
    return true;
  });
});
