import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { Languages } from "../syntax/languages.ts";
import { CodeIndex } from "./code-index.ts";
import { nameOf } from "./definition.ts";
import { issueHints } from "./issue-hints.ts";
import { LOCALISERS, localiserOf } from "./localisers.ts";
import { raiseLines } from "./raise-lines.ts";
import { lineScores } from "./spectrum.ts";
import { stratifiedSearch } from "./stratified-search.ts";

const ISSUE = `Discount of a gift card is taken twice

Paying with \`GiftCard\` gives a total that is too low, \`applyDiscount()\` seems to run again.

    Error: total is negative
        at Checkout.pay (file:///home/me/shop/src/checkout.js:3:11)

It says "total is negative". See src/prices.js and the option max_discount.
`;

const FILES = {
  "src/checkout.js": `import { applyDiscount } from "./prices.js";
export class Checkout {
  pay(card, total) {
    return settle(card, applyDiscount(total, card));
  }
}
function settle(card, total) {
  if (total < 0) throw new Error("total is negative");
  return { card, total };
}
`,
  "src/prices.js": `import { rebateOf } from "./cards.js";
/** Price after every discount. */
export function applyDiscount(total, card) {
  return total - rebateOf(card) - rebateOf(card);
}
`,
  "src/cards.js": `export class GiftCard {
  rebate() {
    return 5;
  }
}
export function rebateOf(card) {
  return card.rebate();
}
`,
  "src/names.js": "export const upper = (name) => name.toUpperCase();\n",
};

let languages: Languages;
let index: CodeIndex;
before(async () => {
  languages = await Languages.load();
  index = CodeIndex.of(languages, FILES);
});

/** One failing test runs the discount, two passing ones run the rest. */
const SCORES = lineScores([
  { passed: false, hits: { "src/checkout.js": [4, 8, 9], "src/prices.js": [4], "src/cards.js": [3, 7] } },
  { passed: true, hits: { "src/cards.js": [3, 7], "src/names.js": [1] } },
  { passed: true, hits: { "src/checkout.js": [8, 9], "src/cards.js": [3, 7] } },
]);

describe("issueHints", () => {
  test("finds frames, paths, code, names and quoted texts, and nothing else", () => {
    const hints = issueHints(ISSUE).map(({ kind, text, line }) => [kind, text, ...(line === undefined ? [] : [line])]);
    assert.deepEqual(hints, [
      ["frame", "/home/me/shop/src/checkout.js", 3],
      ["frame", "Checkout.pay"],
      ["code", "GiftCard"],
      ["code", "applyDiscount"],
      ["path", "src/prices.js"],
      ["identifier", "max_discount"],
      ["quoted", "total is negative"],
    ]);
  });

  test("frames of Python and of its shorter form", () => {
    const issue = 'Crash\n\n  File "shop/cart.py", line 12, in total_price\nshop/tax.py:7: KeyError';
    assert.deepEqual(
      issueHints(issue).map(({ text, line }) => [text, line]),
      [
        ["shop/cart.py", 12],
        ["shop/tax.py", 7],
        ["total_price", undefined],
        ["KeyError", undefined],
      ],
    );
  });

  test("what the title names counts more, and plain prose names nothing", () => {
    const [first, second] = issueHints("`parseDate` fails\n\nBut `formatDate` does not.");
    assert.deepEqual([first?.text, second?.text], ["parseDate", "formatDate"]);
    assert.ok((first?.weight ?? 0) > (second?.weight ?? 0));
    assert.deepEqual(issueHints("The total is wrong.\n\nI don't know why; it isn't right e.g. on Mondays."), []);
  });
});

describe("localisers", () => {
  test("each ranks places of the index, best first, and does so again", () => {
    for (const localiser of LOCALISERS) {
      const found = localiser.locate({ index, issue: ISSUE, scores: SCORES });
      assert.ok(found.methods.length > 0 && found.files.length > 0, localiser.id);
      for (const list of [found.methods, found.files]) {
        const scores = list.map(({ score }) => score);
        assert.deepEqual(
          scores,
          scores.toSorted((a, b) => b - a),
          localiser.id,
        );
        assert.ok(
          scores.every((score) => score > 0),
          localiser.id,
        );
      }
      assert.deepEqual(localiser.locate({ index, issue: ISSUE, scores: SCORES }), found, localiser.id);
    }
  });

  test("the tests alone suspect what only the failing one runs", () => {
    const { methods } = localiserOf("sbfl").locate({ index, issue: "", scores: SCORES });
    assert.deepEqual(
      methods
        .slice(0, 2)
        .map(({ definition }) => definition.name)
        .toSorted(),
      ["applyDiscount", "pay"],
    );
    assert.match(methods[0]?.evidence[0] ?? "", /failing tests run line 4 \(1\)/);
  });

  test("an issue that names nothing is left to the words, and with the tests to them", () => {
    const issue = "Price after every discount is off";
    assert.equal(localiserOf("bm25").locate({ index, issue }).methods[0]?.definition.name, "applyDiscount");
    assert.deepEqual(localiserOf("search").locate({ index, issue }).methods, []);
    assert.deepEqual(
      localiserOf("search+sbfl")
        .locate({ index, issue, scores: SCORES })
        .methods.slice(0, 2)
        .map((each) => each.definition.name)
        .toSorted(),
      ["applyDiscount", "pay"],
    );
  });

  test("narrowing keeps methods of the best files before those of others", () => {
    const issue = "prices: discount of gift cards";
    const { files, methods } = localiserOf("hierarchical").locate({ index, issue });
    const kept = new Set(files.slice(0, 2).map(({ path }) => path));
    const apart = methods.findIndex(({ definition }) => !kept.has(definition.path));
    assert.ok(
      methods.slice(apart === -1 ? methods.length : apart).every(({ definition }) => !kept.has(definition.path)),
    );
    assert.equal(methods[0]?.definition.name, "applyDiscount");
  });

  test("an unknown one is told with those there are", () => {
    assert.throws(() => localiserOf("grep"), /no localiser 'grep'/);
  });
});

describe("stratifiedSearch", () => {
  test("asks at most three things a round, each once, for at most ten rounds, and follows names it reads", () => {
    const chain = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [
        `f${i}.js`,
        `export function link${i}() { return link${i + 1}() + leaf${i}(); }\nfunction leaf${i}() {}\n`,
      ]),
    );
    const ofChain = CodeIndex.of(languages, chain);
    const { rounds, methods } = stratifiedSearch({
      index: ofChain,
      hints: issueHints("`link0`, `link7` and `link20` hang"),
    });
    assert.equal(rounds.length, 10);
    for (const answers of rounds) assert.ok(answers.length <= 3);
    const queries = rounds.flat().map(({ query }) => query);
    assert.equal(new Set(queries).size, queries.length);
    assert.ok(
      methods.some(({ definition }) => definition.name === "link1"),
      "read in link0",
    );
    assert.ok(rounds[0]?.every(({ shown }) => ["link0", "link7", "link20"].includes(shown[0]?.definition?.name ?? "")));
  });

  test("ends as soon as one place has more than half of all scores", () => {
    assert.equal(stratifiedSearch({ index, hints: issueHints("`rebateOf` is wrong") }).rounds.length, 1);
  });

  test("suspicion of the tests decides between equal hints", () => {
    const hints = issueHints("`upper`, `settle`, `applyDiscount` and `rebateOf`");
    const first = (answers: ReturnType<typeof stratifiedSearch>): string => answers.rounds[0]?.[0]?.query ?? "";
    assert.equal(first(stratifiedSearch({ index, hints, scores: SCORES })), "method applyDiscount");
  });
});

test("raised lines keep the tests' order where the text is silent, and no line more than doubles", () => {
  const scores = { "src/prices.js": [0.05, 0.05, 0.2, 0.4, 0.05, 0.05], "src/names.js": [0.5, 0.05] };
  const { methods } = localiserOf("search").locate({ index, issue: "`applyDiscount`" });
  assert.equal(nameOf(methods[0]?.definition as never), "src/prices.js:applyDiscount");
  const raised = raiseLines(scores, methods);
  // 0.4 × 2 is now the highest; 0.5 stays below it.
  assert.deepEqual(raised["src/prices.js"], [0.0625, 0.0625, 0.5, 1, 0.125, 0.0625]);
  assert.deepEqual(raised["src/names.js"], [0.625, 0.0625]);
  assert.deepEqual(raiseLines(scores, []), {
    "src/prices.js": scores["src/prices.js"].map((x) => x * 2),
    "src/names.js": [1, 0.1],
  });
});
