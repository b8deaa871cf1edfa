import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Target, type Candidate, type Submission, type Verdict } from "@pawl/core";
import { filesWith, hunksOf, logicalChanges } from "./logical-changes.ts";

const BASE = { "a.js": "one\ntwo\nthree\nfour", "b.js": "x\r\ny\r\n" };
const target = new Target(BASE, "tree");

function candidateWith(files: Readonly<Record<string, string>>): Candidate {
  const edits = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, [{ start: 0, end: target.baseText(path).length, text }]]),
  );
  const derived = target.derive(target.base, edits, { proposer: "test", summary: "" });
  assert.ok("candidate" in derived);
  return derived.candidate;
}

/** Tests that are functions of the texts: each passes when its text says so. */
function judging(tests: Readonly<Record<string, (text: (path: "a.js" | "b.js") => string) => boolean>>) {
  const tried: string[] = [];
  const judge = async ({ files }: Submission): Promise<Verdict> => {
    tried.push(JSON.stringify(files));
    const failing = Object.entries(tests).flatMap(([id, passes]) =>
      passes((path) => files[path] ?? BASE[path]) ? [] : [id],
    );
    const status = failing.length === 0 ? "passed" : "failed";
    return { status, scores: {}, failing, feedback: [], cost: { wallMs: 0, cpuMs: 0 }, evidence: [] };
  };
  return { judge, tried };
}

describe("hunks", () => {
  for (const [name, files] of Object.entries({
    "a line and another file": { "a.js": "one\nTWO\nthree\nfour", "b.js": "x\r\nY\r\n" },
    "lines added, the last without an end": { "a.js": "zero\none\ntwo\nthree\nfour\nfive" },
    "lines taken away": { "a.js": "two\nfour" },
    "an end of line at the end of the file": { "a.js": "one\ntwo\nthree\nfour\n" },
    everything: { "b.js": "" },
  }))
    test(`all together are the candidate: ${name}`, () => {
      const candidate = candidateWith(files);
      assert.deepEqual(filesWith(target, hunksOf(target, candidate)), target.filesOf(candidate));
    });

  test("changes of neighbouring lines are one, others are several", () => {
    const lines = (text: string) => hunksOf(target, candidateWith({ "a.js": text })).map((hunk) => hunk.line);
    assert.deepEqual(lines("ONE\nTWO\nthree\nfour"), [1]);
    assert.deepEqual(lines("ONE\ntwo\nTHREE\nfour"), [1, 3]);
  });
});

describe("logical changes", () => {
  const two = candidateWith({ "a.js": "ONE\ntwo\nTHREE\nfour" });

  test("two edits that each repair something of their own are two changes", async () => {
    const { judge } = judging({
      first: (text) => text("a.js").includes("ONE"),
      second: (text) => text("a.js").includes("THREE"),
      third: (text) => text("a.js").includes("THREE"),
      other: () => true,
    });
    const changes = await logicalChanges(target, two, ["first", "second", "third"], judge);
    assert.deepEqual(
      changes?.map(({ hunks, repairs }) => [hunks.map((hunk) => hunk.line), repairs]),
      [
        [[1], ["first"]],
        [[3], ["second", "third"]],
      ],
    );
  });

  const one: Readonly<Record<string, Parameters<typeof judging>[0]>> = {
    "only both together repair": { t: (text) => text("a.js").includes("ONE") && text("a.js").includes("THREE") },
    "each repairs the same": { t: (text) => /ONE|THREE/.test(text("a.js")) },
    "one of them repairs nothing": { t: (text) => text("a.js").includes("ONE") },
    "one alone breaks a test that passed": {
      t: (text) => text("a.js").includes("ONE"),
      u: (text) => text("a.js").includes("THREE"),
      passed: (text) => text("a.js").includes("ONE") === text("a.js").includes("THREE"),
    },
    "a third test needs both": {
      t: (text) => text("a.js").includes("ONE"),
      u: (text) => text("a.js").includes("THREE"),
      v: (text) => text("a.js").includes("ONE") && text("a.js").includes("THREE"),
    },
  };
  for (const [why, tests] of Object.entries(one))
    test(`one change: ${why}`, async () => {
      const { judge } = judging(tests);
      const failing = Object.keys(tests).filter((id) => id !== "passed");
      assert.equal(await logicalChanges(target, two, failing, judge), null);
    });

  test("three changes are judged in the order of their commits, too", async () => {
    const three = candidateWith({ "a.js": "ONE\ntwo\nTHREE\nfour", "b.js": "x\r\nY\r\n" });
    const tests = {
      a: (text: (path: "a.js" | "b.js") => string) => text("a.js").includes("ONE"),
      b: (text: (path: "a.js" | "b.js") => string) => text("a.js").includes("THREE"),
      c: (text: (path: "a.js" | "b.js") => string) => text("b.js").includes("Y"),
    };
    const { judge, tried } = judging(tests);
    assert.equal((await logicalChanges(target, three, ["a", "b", "c"], judge))?.length, 3);
    assert.equal(tried.length, 4);
    // The first two disturb each other, though all three together do not.
    const odd = judging({
      ...tests,
      passed: (text) => !(tests.a(text) && tests.b(text) && !tests.c(text)),
    });
    assert.equal(await logicalChanges(target, three, ["a", "b", "c"], odd.judge), null);
  });
});
