import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Budget,
  Journal,
  judgedBase,
  runLoop,
  Target,
  type Check,
  type Experience,
  type Gate,
  type LoopResult,
  type Proposal,
  type ProposalRequest,
  type ProposeContext,
  type Proposer,
  type Verdict,
} from "@pawl/core";
import { BestOfN } from "./best-of-n.ts";
import { NovelProposer } from "./novel-proposer.ts";
import { NoveltyFilter } from "./novelty-filter.ts";

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

function run(proposer: Proposer, satisfied: Gate["satisfied"] = () => null): Promise<LoopResult> {
  const target = new Target({ "a.js": BASE }, "tree");
  return runLoop({
    target,
    check,
    gate: { ...gate, satisfied },
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
}

const summaries = ({ archive }: LoopResult): readonly string[] =>
  Array.from({ length: archive.size - 1 }, (_, i) => archive.at(i + 1).candidate.origin.summary);

test("what is nearly the same as a judged candidate is passed over, and the next proposal comes in its place", async () => {
  const proposer = new NovelProposer(writer);
  const tried = summaries(await run(proposer));
  assert.deepEqual(tried, ["rewrite", "number", "number", "number", "number", "number"]);
  assert.equal(proposer.turnedAway, 5);
});

/** Asks somebody outside for its edit. */
const asking: Proposer = {
  id: "asking",
  async *propose(_request, { n, ask }) {
    const text = await ask("answer", {}, async () => ({ value: `const d${n} = [${"x, ".repeat(n)}];\n` }));
    yield {
      edits: { "a.js": [{ start: BASE.length, end: BASE.length, text }] },
      origin: { proposer: "asking", summary: "answer" },
    };
  },
};

test("one that asks somebody outside is filtered, too", async () => {
  assert.equal((await run(new NovelProposer(asking))).screened, 6);
});

test("what may not change is for the engine to refuse", async () => {
  const straying: Proposer = {
    id: "straying",
    async *propose(request, context) {
      const origin = { proposer: "straying", summary: "elsewhere" };
      yield { edits: { "other.js": [{ start: 0, end: 0, text: "x" }] }, origin };
      yield* writer.propose(request, context);
    },
  };
  assert.ok((await run(new NovelProposer(straying))).screened > 0);
});

/** One answer of several steps, each built on the one before: a line more each time, and in the end only the last one again. */
class Steps implements Proposer {
  readonly id = "steps";
  readonly #lines = ["const first = one(1, 2, 3);\n", "let second = [two, 2, 2];\n", "third.three((x) => x ** 3);\n"];
  #last: string | null = null;
  get pending(): boolean {
    return this.#lines.length > 0;
  }
  async *propose(request: ProposalRequest, { read }: ProposeContext): AsyncGenerator<Proposal> {
    for (let text = this.#lines.shift(); text !== undefined; text = this.#lines.shift()) {
      const parent = this.#last ?? request.parent;
      const at = read(parent, "a.js").length;
      const edits = { "a.js": [{ start: at, end: at, text }] };
      yield { parent, edits, origin: { proposer: this.id, summary: text } };
    }
  }
  learn({ candidate }: Experience): void {
    this.#last = candidate.id;
  }
}

test("steps of one answer are compared as built on each other, and judged before the run ends", async () => {
  const loop = await run(new NovelProposer(new Steps()), () => "enough");
  assert.deepEqual([loop.screened, loop.reason], [3, "enough"]);
});

test("of a proposal on another candidate than the request's, that one's changes are counted", async () => {
  const [rewrite, again] = ["most(each, 1, 2, 3, 4, 5, 6, 7);\n", "x"];
  let first: string | null = null;
  const onFirst: Proposer = {
    id: "on-first",
    async *propose({ parent }) {
      const origin = { proposer: "on-first", summary: first === null ? "first" : "on first" };
      const at = BASE.length + (first === null ? 0 : rewrite.length);
      yield {
        parent: first ?? parent,
        edits: { "a.js": [{ start: at, end: at, text: first === null ? rewrite : again }] },
        origin,
      };
    },
    learn: ({ candidate }) => void (first ??= candidate.id),
  };
  const novel = new NovelProposer(onFirst, new NoveltyFilter({ threshold: 0.7 }));
  assert.deepEqual(summaries(await run(novel)), ["first"]);
  assert.ok(novel.turnedAway > 0, "one sign more is nearly the same as the first");
});
