import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Archive,
  Rng,
  Target,
  unjudged,
  UsageError,
  type Candidate,
  type ProposalRequest,
  type Proposer,
} from "@pawl/core";
import fc from "fast-check";
import { Languages } from "../syntax/languages.ts";
import { UNIFORM_MODEL } from "../syntax/prior-model.ts";
import { SyntaxProposer } from "../syntax/proposer.ts";
import { joinBlocks, sameFrame, splitBlocks } from "./block-genome.ts";
import { MUTATION_PROFILES } from "./mutation-profiles.ts";
import { BlockProposer } from "./proposer.ts";

const languages = await Languages.load();

const PATH = "a.js";
const SOURCE = `const limit = 3;
// pawl:block tight
function tight(left) {
  if (left < 10) return 100 - left;
  return 0;
}
// pawl:end
export const between = 7;
// pawl:block slack
function slack(left) {
  return -1 * left;
}
// pawl:end
export const f = (left) => tight(left) + slack(left);
`;

test("a text is cut at its markers, and put together again", () => {
  const { blocks, frame } = splitBlocks(SOURCE, PATH);
  assert.deepEqual(
    blocks.map(({ name, line }) => [name, line]),
    [
      ["tight", 3],
      ["slack", 10],
    ],
  );
  assert.equal(blocks[1]?.text, "function slack(left) {\n  return -1 * left;\n}\n");
  assert.equal(
    joinBlocks(
      frame,
      blocks.map(({ text }) => text),
    ),
    SOURCE,
  );
  for (const { start, end, text } of blocks) assert.equal(SOURCE.slice(start, end), text);
});

test("cutting and joining give the text back, with line ends of either kind", () => {
  const line = fc.constantFrom("a();", "", "  b = 1;", "// c");
  const piece = fc.array(line, { maxLength: 3 });
  fc.assert(
    fc.property(fc.array(fc.tuple(piece, piece), { maxLength: 4 }), fc.constantFrom("\n", "\r\n"), (parts, end) => {
      const lines = parts.flatMap(([before, inside], i) => [
        ...before,
        `  // pawl:block b${i}`,
        ...inside,
        "//pawl:end",
      ]);
      const text = lines.join(end);
      const { blocks, frame } = splitBlocks(text, PATH);
      assert.equal(blocks.length, parts.length);
      assert.equal(
        joinBlocks(
          frame,
          blocks.map((block) => block.text),
        ),
        text,
      );
      blocks.forEach(({ text: own }, i) => assert.equal(own, (parts[i]?.[1] ?? []).map((one) => one + end).join("")));
    }),
    { seed: 1 },
  );
});

test("a marker may be a comment of the other kind", () => {
  const text = "  /* pawl:block a */\nx;\n/* pawl:end */";
  assert.deepEqual(
    splitBlocks(text, PATH).blocks.map(({ name, text }) => [name, text]),
    [["a", "x;\n"]],
  );
});

test("Python's comments mark blocks, too, and only its own", () => {
  const text = "# pawl:block rule\nx = 1\n# pawl:end\ny = 2\n";
  assert.deepEqual(
    splitBlocks(text, "a.py").blocks.map(({ name, text }) => [name, text]),
    [["rule", "x = 1\n"]],
  );
  assert.throws(() => splitBlocks("// pawl:block rule\n", "a.py"), /in no comment/);
});

for (const [what, text, message, where] of [
  ["is not closed", "// pawl:block a\nx;\n", /'a' is not closed/, "a.js:1"],
  ["is not opened", "x;\n// pawl:end\n", /'pawl:end' without 'pawl:block'/, "a.js:2"],
  [
    "is inside of another",
    "// pawl:block a\n// pawl:block b\n// pawl:end\n",
    /'b' begins inside of the block 'a'/,
    "a.js:2",
  ],
  ["has no name", "// pawl:block\n// pawl:end\n", /no name/, "a.js:1"],
  ["has a bad name", "// pawl:block a b\n// pawl:end\n", /'a b' is not a name/, "a.js:1"],
  ["has the name of another", "// pawl:block a\n// pawl:end\n\n// pawl:block a\n// pawl:end\n", /two blocks/, "a.js:4"],
  ["stands beside code", "x; // pawl:block a\n// pawl:end\n", /beside something else/, "a.js:1"],
] as const)
  test(`a block that ${what} is said with its line`, () => {
    assert.throws(
      () => splitBlocks(text, PATH),
      (error) => error instanceof UsageError && message.test(error.message) && error.message.includes(where),
    );
  });

test("another frame is told: text outside, a marker more, a marker that is gone", () => {
  const genome = splitBlocks(SOURCE, PATH);
  assert.notEqual(sameFrame(genome, SOURCE.replace("100", "99")), null);
  for (const other of [
    SOURCE.replace("limit = 3", "limit = 4"),
    SOURCE.replace("  return 0;", "// pawl:end\n// pawl:block more"),
    SOURCE.replace("// pawl:end\n", ""),
    SOURCE.replace("between = 7", "between = 8"),
  ])
    assert.equal(sameFrame(genome, other), null, other);
});

/** A project of one file, with some versions of it. */
function project(...versions: readonly string[]) {
  const target = new Target({ [PATH]: SOURCE }, "tree");
  const archive = new Archive(unjudged(target.base));
  const candidates = versions.map((text): Candidate => {
    const derived = target.derive(
      target.base,
      { [PATH]: [{ start: 0, end: SOURCE.length, text }] },
      { proposer: "test", summary: "", mechanical: true },
    );
    assert.ok("candidate" in derived);
    archive.add(unjudged(derived.candidate));
    return derived.candidate;
  });
  const notes: string[] = [];
  const context = (n: number) => ({
    archive,
    read: (id: string, path: string) => target.textOf((archive.get(id) as { candidate: Candidate }).candidate, path),
    editable: [PATH],
    refuses: () => null,
    rng: Rng.of(1, n),
    signal: new AbortController().signal,
    n,
    ask: () => Promise.reject(new Error("nobody is asked")),
    reserve: () => Promise.resolve(),
    note: (line: string) => void notes.push(line),
  });
  /** The texts that come of a request. */
  const made = async (proposer: Proposer, request: Partial<ProposalRequest>, n = 0): Promise<string[]> => {
    const texts: string[] = [];
    const whole = { parent: target.baseId, edits: 1, temperature: 1, ...request };
    for await (const { edits, origin } of proposer.propose(whole, context(n))) {
      const parent = (archive.get(whole.parent) as { candidate: Candidate }).candidate;
      const derived = target.derive(parent, edits, origin);
      if ("candidate" in derived) texts.push(target.textOf(derived.candidate, PATH));
    }
    return texts;
  };
  return { target, candidates, notes, made };
}

function syntaxOfBlocks(): BlockProposer {
  const sources = { [PATH]: SOURCE };
  const even = { [PATH]: SOURCE.split("\n").map(() => 1) };
  const inner = new SyntaxProposer({ languages, model: UNIFORM_MODEL, sources, suspiciousness: even });
  return new BlockProposer({ languages, sources, inner });
}

test("a mutation changes one block and nothing else; every block has its turn", async () => {
  const genome = splitBlocks(SOURCE, PATH);
  const first = new Set<string>();
  for (let n = 0; n < 24; n += 3) {
    const { made } = project();
    const texts = await made(
      syntaxOfBlocks(),
      { weights: (MUTATION_PROFILES[n] as { weights?: object }).weights ?? {} },
      n,
    );
    assert.ok(texts.length > 20, String(texts.length));
    for (const [at, text] of texts.entries()) {
      const other = sameFrame(genome, text);
      assert.ok(other !== null, text);
      const changed = other.blocks.filter((block, i) => block.text !== genome.blocks[i]?.text);
      assert.equal(changed.length, 1);
      if (at === 0) first.add(changed[0]?.name ?? "");
    }
  }
  assert.deepEqual([...first].toSorted(), ["slack", "tight"]);
});

test("pairs of edits stay in one block", async () => {
  const { made } = project();
  const genome = splitBlocks(SOURCE, PATH);
  const texts = await made(syntaxOfBlocks(), { edits: 2 });
  assert.ok(texts.length > 5);
  for (const text of texts) {
    const other = sameFrame(genome, text);
    assert.ok(other !== null && other.blocks.filter((block, i) => block.text !== genome.blocks[i]?.text).length === 1);
  }
});

test("what changes the frame, or hides it, is refused", async () => {
  const hidden = SOURCE.replace("  return 0;\n}", "  return 0;\n} /*").replace("function slack", "*/ function slack");
  assert.ok(languages.of(PATH)?.parse(hidden, PATH) !== null, "it parses, and its frame has the same text");
  assert.ok(sameFrame(splitBlocks(SOURCE, PATH), hidden) !== null);
  const texts = [SOURCE.replace("limit = 3", "limit = 4"), SOURCE.replace("100", "50"), hidden, "no code (("];
  const inner: Proposer = {
    id: "model",
    async *propose() {
      for (const text of texts)
        yield {
          edits: { [PATH]: [{ start: 0, end: SOURCE.length, text }] },
          origin: { proposer: "model", summary: "" },
        };
    },
  };
  const { made, notes } = project();
  const proposer = new BlockProposer({ languages, sources: { [PATH]: SOURCE }, inner });
  const kept = await made(proposer, {});
  assert.deepEqual([...new Set(kept)], [texts[1]]);
  assert.ok(notes.length >= 3 && notes.every((line) => /outside of the blocks/.test(line)));
});

test("a crossover takes one block that differs, as it is there", async () => {
  const a = SOURCE.replace("100", "50");
  const b = SOURCE.replace("< 10", "< 20").replace("-1 * left", "-2 * left");
  const { candidates, made } = project(a, b);
  const [one, other] = candidates as [Candidate, Candidate];
  const texts = await made(syntaxOfBlocks(), { parent: one.id, inspirations: [other.id], combine: "block" });
  assert.deepEqual(texts.toSorted(), [SOURCE.replace("< 10", "< 20"), a.replace("-1 * left", "-2 * left")].toSorted());
});

test("evolution of thought makes an elite's edits to another block, and never copies its block", async () => {
  // `tight` returns its result in another way; `slack` has a return and a `left` of its own.
  const elite = SOURCE.replace("return 100 - left", "return 100 - left * left");
  const { candidates, made } = project(elite);
  const [best] = candidates as [Candidate];
  const changed = SOURCE.replace("-1 * left", "-1 * left / 2");
  const twice = project(elite, changed);
  const texts = await made(syntaxOfBlocks(), { inspirations: [best.id], combine: "thought" });
  const genome = splitBlocks(SOURCE, PATH);
  assert.deepEqual(texts, [SOURCE.replace("-1 * left", "-1 * left * left")]);
  for (const text of texts) {
    const other = sameFrame(genome, text);
    assert.equal(other?.blocks[0]?.text, genome.blocks[0]?.text, "the block it was learned from stays as it is");
    assert.notEqual(other?.blocks[1]?.text, genome.blocks[1]?.text);
  }
  const nothing = await twice.made(syntaxOfBlocks(), {
    inspirations: [twice.target.baseId],
    parent: (twice.candidates[1] as Candidate).id,
    combine: "thought",
  });
  assert.deepEqual(nothing, [], "the base itself has no edits to carry over");
});

test("files without blocks are refused", () => {
  const inner = { id: "x", async *propose() {} };
  assert.throws(() => new BlockProposer({ languages, sources: { [PATH]: "x;\n" }, inner }), /no marked blocks/);
});

test("profiles have names of their own", () => {
  assert.equal(new Set(MUTATION_PROFILES.map(({ id }) => id)).size, 24);
});
