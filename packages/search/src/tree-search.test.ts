import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  Archive,
  Budget,
  Journal,
  judgedBase,
  Rng,
  runLoop,
  Target,
  type Check,
  type Gate,
  type Proposer,
  type Verdict,
} from "@pawl/core";
import { base, noteOf, play, told, type Move } from "./tree/fixture-tree.ts";
import { TreeSearch, type TreeSearchOptions } from "./tree-search.ts";
import { blindTerms, exploitation, exploration, paperTerms, publishedTerms } from "./tree/score-terms.ts";
import { familyFeedback } from "./tree/sibling-feedback.ts";
import { fixedWidth, openWidth, progressiveWidth } from "./tree/width.ts";
import { shareOfTests, testDelta } from "./tree/values.ts";

interface Plain {
  readonly id: string;
  readonly parent: string | null;
  readonly depth: number;
  readonly reward: number;
}

/** The tree again, from nothing but what was told. */
function plainTree(moves: readonly Move[], closed: ReadonlySet<string>) {
  const nodes = new Map<string, Plain>([["base", { id: "base", parent: null, depth: 0, reward: 20 }]]);
  for (const { request, result } of moves) {
    const { depth } = nodes.get(request.parent) as Plain;
    const passed = result.verdict.scores["passed"]?.[0] ?? 0;
    const reward = result.verdict.status === "error" ? -100 : 100 * passed;
    nodes.set(result.candidate.id, { id: result.candidate.id, parent: request.parent, depth: depth + 1, reward });
  }
  const below = (id: string): Plain[] =>
    [...nodes.values()].filter((node) => {
      for (let at: string | null = node.id; at !== null; at = nodes.get(at)?.parent ?? null) if (at === id) return true;
      return false;
    });
  const children = (id: string): Plain[] => [...nodes.values()].filter(({ parent }) => parent === id);
  const visits = (id: string): number => below(id).length;
  /** The paper's rule, written out once more. */
  const score = ({ id, parent, depth }: Plain): number => {
    const [n, sum] = [visits(id), below(id).reduce((total, { reward }) => total + reward, 0)];
    const explore = parent === null ? 0 : 1.41 * Math.sqrt(Math.log(visits(parent)) / n);
    return sum / n + explore + (depth === 0 ? 0 : 200 * Math.exp(-0.8 * (depth - 1)) - 0.8 * Math.sqrt(depth));
  };
  const open = (width: number): Plain[] =>
    [...nodes.values()].filter(({ id, reward }) => reward < 100 && !closed.has(id) && children(id).length < width);
  const walk = (width: number): string => {
    for (let at = "base"; ;) {
      const next = children(at).filter(({ reward }) => reward < 100);
      if (children(at).length < width || next.length === 0) return at;
      at = next.reduce((a, b) => (score(b) > score(a) ? b : a)).id;
    }
  };
  return { nodes, score, open, walk };
}

describe("the next node", () => {
  for (const width of [3, Infinity])
    test(`is the best of all that may be built on, at width ${width}, and not where a walk from the root ends`, () => {
      const closed = new Set<string>();
      const search = new TreeSearch({
        terms: paperTerms(),
        value: shareOfTests,
        width: Number.isFinite(width) ? fixedWidth(width) : openWidth,
        expandDuplicates: true,
      });
      const exhausted = search.exhausted.bind(search);
      search.exhausted = (request) => {
        closed.add(request.parent);
        exhausted(request);
      };
      let [asked, elsewhere] = [0, 0];
      play(search, {
        seed: 5,
        rounds: 90,
        after: ({ parent }, moves) => {
          const tree = plainTree(moves, closed);
          const best = Math.max(...tree.open(width).map(tree.score));
          const chosen = tree.score(tree.nodes.get(parent) as Plain);
          assert.ok(Math.abs(chosen - best) < 1e-9, `${parent} has ${chosen}, the best ${best}`);
          asked += 1;
          if (Number.isFinite(width) && tree.walk(width) !== parent) elsewhere += 1;
        },
      });
      assert.ok(asked > 60);
      if (Number.isFinite(width)) assert.ok(elsewhere > 0, "a walk from the root would have asked the same");
    });

  const configurations: Record<string, TreeSearchOptions> = {
    "the published terms": { terms: publishedTerms(), value: testDelta, width: fixedWidth(3) },
    "the published terms, open": { terms: publishedTerms(), value: testDelta },
    "progressive widening": { terms: [exploitation("mean"), exploration(50)], width: progressiveWidth() },
  };
  for (const [name, options] of Object.entries(configurations))
    test(`is the best by scores made anew: ${name}`, () => {
      const search = new TreeSearch(options);
      play(search, {
        seed: 2,
        rounds: 150,
        window: 3,
        after: ({ parent }, moves) => {
          if (moves.length === 0) return;
          const rows = [...search.export()];
          const best = Math.max(...rows.filter(({ open }) => open).map(({ score }) => score as number));
          const chosen = rows.find(({ id }) => id === parent)?.["score"] as number;
          assert.ok(Math.abs(chosen - best) < 1e-9, `${parent} has ${chosen}, the best ${best}`);
        },
      });
    });

  test("is the last one told, with a stack", () => {
    const search = new TreeSearch({ order: "stack", width: fixedWidth(2), expandDuplicates: true });
    play(search, {
      seed: 1,
      rounds: 60,
      after: ({ parent }, moves) => {
        const rows = [...search.export()].filter(({ open }) => open);
        if (moves.length > 0) assert.equal(parent, rows.at(-1)?.["id"]);
      },
    });
  });

  test("is drawn in proportion to exp(score / temperature), siblings' shared part included", () => {
    const options: TreeSearchOptions = {
      order: "softmax",
      softmaxTemperature: 30,
      terms: [exploitation("own"), exploration(40)],
      value: shareOfTests,
      expandDuplicates: true,
    };
    const search = new TreeSearch(options);
    const archive = new Archive(base());
    play(search, { seed: 4, rounds: 30 });
    const open = [...search.export()].filter(({ open: isOpen }) => isOpen);
    const weights = open.map(({ score }) => Math.exp((score as number) / 30));
    const total = weights.reduce((a, b) => a + b, 0);
    const drawn = new Map<string, number>();
    for (let n = 0; n < 20_000; n++) {
      const { parent } = search.ask(archive, Rng.of(9, n));
      drawn.set(parent, (drawn.get(parent) ?? 0) + 1);
    }
    for (const [i, { id }] of open.entries()) {
      const [share, expected] = [(drawn.get(id as string) ?? 0) / 20_000, (weights[i] as number) / total];
      assert.ok(
        Math.abs(share - expected) < 4 * Math.sqrt(expected / 20_000) + 1e-3,
        `${String(id)}: ${share} for ${expected}`,
      );
    }
  });
});

describe("the tree", () => {
  test("is the same again from the same tells, with several in flight", () => {
    const run = (): unknown[] => {
      const search = new TreeSearch({ terms: publishedTerms(), value: testDelta });
      const moves = play(search, { seed: 7, rounds: 200, window: 8 });
      return [moves, [...search.export()], search.state()];
    };
    assert.deepEqual(run(), run());
  });

  test("of each node is what replaying its path gives: siblings see nothing of each other", async () => {
    const target = new Target({ "a.txt": "aaaaaa", "b.txt": "aaaa" }, "tree");
    const verdictOf = (texts: string): Verdict => ({
      status: "failed",
      scores: { passed: [[...texts].filter((each) => each === "z").length / 20] },
      failing: [...texts].flatMap((each, i) => (each === "z" ? [] : [String(i)])),
      feedback: [],
      cost: { wallMs: 0, cpuMs: 0 },
      evidence: [],
    });
    const textsOf = (files: Readonly<Record<string, string>>): string =>
      (files["a.txt"] ?? "aaaaaa") + (files["b.txt"] ?? "aaaa");
    const check = {
      id: "texts",
      deterministic: true,
      screen: async ({ files }) => verdictOf(textsOf(files)),
      confirm: async ({ files }) => verdictOf(textsOf(files)),
      close: async () => {},
    } satisfies Check;
    const gate: Gate = {
      fitness: ({ scores }) => scores["passed"]?.[0] ?? null,
      promising: () => false,
      confirm: async () => assert.fail("nothing is confirmed"),
      satisfied: () => null,
    };
    const made = new Map<string, Parameters<Target["derive"]>[1]>();
    const proposer: Proposer = {
      id: "letters",
      async *propose(request, { rng, read }) {
        for (;;) {
          const path = rng.pick(["a.txt", "b.txt"]);
          const start = rng.int(read(request.parent, path).length);
          const edits = { [path]: [{ start, end: start + 1, text: rng.pick([..."xyz", "zz"]) }] };
          const summary = JSON.stringify(edits);
          made.set(summary, edits);
          yield { edits, origin: { proposer: "letters", summary } };
        }
      },
    };
    const search = new TreeSearch({ terms: paperTerms(), width: fixedWidth(4) });
    const loop = await runLoop({
      target,
      check,
      gate,
      search,
      proposer,
      base: judgedBase(target, verdictOf("aaaaaaaaaa"), gate),
      journal: new Journal([], { append: () => {} }),
      budget: new Budget({ evaluations: 150 }),
      seed: 3,
      window: 4,
      elapsed: () => 0,
      signal: new AbortController().signal,
    });
    const depths = new Set<number>();
    for (const row of search.export()) {
      const path: string[] = [];
      for (let at = search.get(row["id"] as string); at?.parent; at = at.parent)
        path.unshift(at.result.candidate.origin.summary);
      depths.add(path.length);
      let candidate = target.base;
      for (const step of path) {
        const derived = target.derive(candidate, made.get(step) ?? {}, { proposer: "replay", summary: step });
        assert.ok("candidate" in derived);
        candidate = derived.candidate;
      }
      assert.equal(candidate.id, row["id"]);
      assert.equal(path.length, row["depth"]);
    }
    assert.equal(loop.screened, 150);
    assert.ok(depths.size > 2, "the tree has several levels");
  });

  test("keeps to its limits, and says when it is complete", () => {
    const search = new TreeSearch({ width: fixedWidth(2), maxDepth: 3, expandDuplicates: true, value: shareOfTests });
    play(search, { seed: 1, rounds: 100 });
    const rows = [...search.export()];
    assert.ok(search.done());
    assert.ok(
      rows.length <= 15 &&
        rows.every((row) => (row["depth"] as number) <= 3 && (row["children"] as string[]).length <= 2),
    );
    const small = new TreeSearch({ maxNodes: 10 });
    play(small, { seed: 1, rounds: 100 });
    assert.equal([...small.export()].length, 10);
  });

  test("goes on when every node is as wide as its visits allow", () => {
    const search = new TreeSearch({
      width: progressiveWidth({ factor: 1, power: 0 }),
      maxDepth: 2,
      expandDuplicates: true,
    });
    play(search, { seed: 11, rounds: 60 });
    assert.ok([...search.export()].length > 40);
  });

  test("counts every visit and value once, and remembers which nodes do the same", () => {
    const search = new TreeSearch({ value: testDelta });
    play(search, { seed: 3, rounds: 150 });
    const rows = [...search.export()];
    const byId = new Map(rows.map((row) => [row["id"], row]));
    for (const row of rows) {
      const children = (row["children"] as string[]).map((id) => byId.get(id) as (typeof rows)[number]);
      const sum = (key: string): number => children.reduce((total, child) => total + (child[key] as number), 0);
      assert.equal(row["visits"], 1 + sum("visits"));
      assert.equal(row["valueSum"], (row["reward"] as number) + sum("valueSum"));
      if (row["duplicateOf"] !== null) assert.deepEqual([row["open"], byId.has(row["duplicateOf"])], [false, true]);
    }
  });
});

describe("values and feedback", () => {
  const request = { parent: "base", edits: 1, temperature: 0 };

  test("no change costs as much as a loss, a gain is capped, everything passing is 100", () => {
    const search = new TreeSearch({ value: testDelta });
    search.ask(new Archive(base(8)), Rng.of(1));
    const rewards: number[] = [];
    let parent = "base";
    for (const [id, failing] of [
      ["same", 8],
      ["worse", 9],
      ["a", 7],
    ] as const) {
      search.tell(told(id, request, failing));
      rewards.push(search.get(id)?.reward ?? NaN);
    }
    parent = "a";
    for (const failing of [6, 5, 4, 0]) {
      search.tell(told(`d${failing}`, { ...request, parent }, failing));
      parent = `d${failing}`;
      rewards.push(search.get(parent)?.reward ?? NaN);
    }
    assert.deepEqual(rewards, [-25, -25, 25, 50, 75, 75, 100]);
  });

  test("each candidate in a row that does not load costs 25 more", () => {
    const search = new TreeSearch({ value: testDelta });
    search.ask(new Archive(base()), Rng.of(1));
    search.tell(told("x", request, 11));
    search.tell(told("y", { ...request, parent: "x" }, 11));
    assert.deepEqual([search.get("x")?.reward, search.get("y")?.reward], [-25, -75]);
  });

  test("what brought nothing from a parent is less likely there, and said in words; only there", () => {
    const search = new TreeSearch({ value: testDelta });
    const archive = new Archive(base());
    search.ask(archive, Rng.of(1));
    search.tell(told("x", request, 9, [noteOf("swap-comparison", 4)]));
    search.tell(told("y", request, 8, [noteOf("swap-comparison", 4)]));
    const { weights, hint } = search.ask(archive, Rng.of(1));
    assert.deepEqual(weights, { byEdit: { "swap-comparison@a.js:4": -2.408 } });
    assert.match(hint ?? "", /without gain.*made x; made y/);
    search.tell(told("z", request, 7, [noteOf("swap-arguments", 2)]));
    const next = search.ask(archive, Rng.of(1));
    assert.deepEqual([next.parent, next.weights, next.hint], ["z", undefined, undefined]);
    const blind = new TreeSearch({ feedback: null });
    blind.ask(archive, Rng.of(1));
    blind.tell(told("x", request, 9, [noteOf("swap-comparison", 4)]));
    assert.equal(blind.ask(archive, Rng.of(1)).weights, undefined);
  });
});

test("a gain is built on first, until the tries there used up the difference; what lost comes last", () => {
  const search = new TreeSearch({ terms: blindTerms(), value: testDelta, feedback: familyFeedback });
  const archive = new Archive(base());
  const request = { parent: "base", edits: 1, temperature: 0 };
  search.ask(archive, Rng.of(1));
  search.tell(told("worse", request, 9, [noteOf("swap-comparison", 4)]));
  search.tell(told("gain", request, 7, [noteOf("swap-arguments", 2)]));
  search.tell(told("other gain", request, 6, [noteOf("remove-statement", 5)]));
  const asked: string[] = [];
  for (let n = 0; n < 60; n++) {
    const next = search.ask(archive, Rng.of(1));
    asked.push(next.parent);
    if (n === 0) {
      assert.deepEqual(next.weights, { byEdit: { "remove-statement@a.js:5": 2.9957 } });
      assert.match(next.hint ?? "", /What gained beside it may be needed here, too: made other gain/);
    }
    search.tell(told(`x${n}`, next, 9 + (n % 2)));
  }
  const count = (id: string): number => asked.filter((each) => each === id).length;
  assert.deepEqual(asked.slice(0, 4), ["gain", "other gain", "gain", "other gain"]);
  assert.deepEqual([count("gain"), count("other gain"), count("base"), count("worse")], [29, 29, 2, 0]);
});

test("two terms with factors are refused", () => {
  assert.throws(
    () => new TreeSearch({ terms: [exploration(), exploration(2)] }),
    /only one score term may have a factor/,
  );
});
