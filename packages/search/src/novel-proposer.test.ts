import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Budget,
  Journal,
  judgedBase,
  runLoop,
  Target,
  type Check,
  type Gate,
  type Proposer,
  type Verdict,
} from "@pawl/core";
import { BestOfN } from "./best-of-n.ts";
import { NovelProposer } from "./novel-proposer.ts";

const BASE =
  "const a = 1;\nconst b = list.filter((each) => each.size > limit).map((each) => each.name);\nconst c = 3;\n";
const verdict: Verdict = { status: "failed", scores: {}, feedback: [], cost: { wallMs: 0, cpuMs: 0 }, evidence: [] };
const check: Check = {
  id: "no",
  deterministic: true,
  screen: async () => verdict,
  confirm: async () => verdict,
  close: async () => {},
};
const gate: Gate = {
  fitness: () => 0,
  promising: () => false,
  confirm: async () => ({ verdict, kept: false, reason: "" }),
  satisfied: () => null,
};

/** Writes the second line anew, again and again, with one more space each time; and sometimes the last line. */
const writer: Proposer = {
  id: "writer",
  async *propose(_request, { n }) {
    const line = BASE.split("\n")[1] as string;
    const start = BASE.indexOf(line);
    const text = line.replace("limit", `${" ".repeat(n + 1)}most`);
    yield {
      edits: { "a.js": [{ start, end: start + line.length, text }] },
      origin: { proposer: "writer", summary: "rewrite" },
    };
    const last = BASE.indexOf("3;");
    yield {
      edits: { "a.js": [{ start: last, end: last + 1, text: String(n + 4) }] },
      origin: { proposer: "writer", summary: "number" },
    };
  },
};

test("what is nearly the same as a judged candidate is passed over, and the next proposal comes in its place", async () => {
  const target = new Target({ "a.js": BASE }, "tree");
  const proposer = new NovelProposer(writer);
  const loop = await runLoop({
    target,
    check,
    gate,
    search: new BestOfN(),
    proposer,
    base: judgedBase(target, verdict, gate),
    journal: new Journal([], { append: () => {} }),
    budget: new Budget({ evaluations: 6 }),
    seed: 1,
    window: 1,
    elapsed: () => 0,
    signal: new AbortController().signal,
  });
  const tried = Array.from(
    { length: loop.archive.size - 1 },
    (_, i) => loop.archive.at(i + 1).candidate.origin.summary,
  );
  assert.deepEqual(tried, ["rewrite", "number", "number", "number", "number", "number"]);
  assert.equal(proposer.turnedAway, 5);
});
