import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Budget,
  Journal,
  judgedBase,
  Rng,
  runLoop,
  Target,
  type BudgetLimits,
  type Check,
  type Gate,
  type LoopResult,
  type Proposer,
  type RunEvent,
  type Search,
  type Spent,
} from "@pawl/core";
import { Bandit } from "./bandit.ts";
import { MixProposer } from "./proposer.ts";

/** Share of the cost that goes to the arm named `good`, over rounds 200 to 400. */
function laterShare(arms: Readonly<Record<string, readonly [rate: number, cost: number]>>, seed: number): number {
  const bandit = new Bandit({ arms: Object.keys(arms) });
  let [good, all] = [0, 0];
  for (let round = 0; round < 400; round++) {
    const rng = Rng.of("bandit", seed, round);
    const arm = bandit.choose(rng.child("choose"));
    const [rate, cost] = arms[arm] as readonly [number, number];
    bandit.tell(arm, rng.uniform() < rate ? 1 : 0, cost);
    if (round < 200) continue;
    all += cost;
    if (arm === "good") good += cost;
  }
  return good / all;
}

test("the arm that is worth twice as much per unit of cost gets most of the budget, dear or cheap", () => {
  for (const arms of [
    { good: [0.4, 1], other: [0.2, 1] },
    { good: [0.2, 1], other: [0.4, 4] },
    { good: [0.4, 3], other: [0.1, 1.5] },
  ] as const) {
    const shares = Array.from({ length: 5 }, (_, seed) => laterShare(arms, seed));
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    assert.ok(mean >= 0.7, `${JSON.stringify(arms)}: ${shares.join(", ")}`);
  }
});

test("a bandit that changes its mind: what was good long ago counts for less", () => {
  const bandit = new Bandit({ arms: ["a", "b"], discount: 0.98 });
  const shares: number[] = [];
  for (const [phase, rates] of [
    { a: 0.6, b: 0.1 },
    { a: 0.1, b: 0.6 },
  ].entries()) {
    let a = 0;
    for (let round = 0; round < 300; round++) {
      const rng = Rng.of("change", phase, round);
      const arm = bandit.choose(rng.child("choose")) as "a" | "b";
      bandit.tell(arm, rng.uniform() < rates[arm] ? 1 : 0, 1);
      if (arm === "a" && round >= 150) a += 1;
    }
    shares.push(a / 150);
  }
  assert.ok((shares[0] as number) > 0.75 && (shares[1] as number) < 0.25, shares.join(", "));
});

test("arms and numbers that cannot be are errors", () => {
  assert.throws(() => new Bandit({ arms: [] }), RangeError);
  const bandit = new Bandit({ arms: ["a"] });
  assert.throws(() => bandit.tell("a", 2, 1), /reward 2/);
  assert.throws(() => bandit.tell("a", 1, 0), /cost 0/);
  assert.throws(() => bandit.tell("b", 1, 1), /no arm 'b'/);
});

/** A file with a number; a higher one is better. */
const check: Check = {
  id: "number",
  deterministic: true,
  screen: async ({ files }) => ({
    status: "failed",
    scores: { value: [Number(files["n.txt"] ?? "0")] },
    feedback: [],
    cost: { wallMs: 1, cpuMs: 1 },
    evidence: [],
  }),
  confirm: (submission, signal) => check.screen(submission, signal),
  close: async () => {},
};

const gate: Gate = {
  fitness: (verdict) => verdict.scores["value"]?.[0] ?? null,
  promising: () => false,
  confirm: async () => assert.fail("nothing is confirmed"),
  satisfied: () => null,
};

const fromBest: Search = {
  id: "from-best",
  ask: (view) => ({ parent: view.best().candidate.id, edits: 1, temperature: 0 }),
  tell: () => {},
  exhausted: () => {},
  done: () => false,
  state: () => null,
};

function edit(text: string, from: string): { "n.txt": { start: number; end: number; text: string }[] } {
  return { "n.txt": [{ start: 0, end: from.length, text }] };
}

/** Pawl's own: no cost, no gain, and only `left` ideas for the whole run. */
function own(left: number): Proposer {
  return {
    id: "own",
    async *propose(request, context) {
      if (left-- <= 0) return;
      const text = context.read(request.parent, "n.txt");
      yield { edits: edit(`-${context.n + 1}`, text), origin: { proposer: "own", summary: "worse" } };
    },
  };
}

function paid(id: string, gains: boolean): Proposer {
  return {
    id,
    concurrency: 3,
    async *propose(request, context) {
      const text = context.read(request.parent, "n.txt");
      const value = await context.ask("answer", { tokens: 200 }, async () => ({
        value: Number(text) + (gains ? 1 : -1e6 - context.n),
        tokens: 100,
      }));
      yield { edits: edit(String(value), text), origin: { proposer: id, summary: "an answer" } };
    },
  };
}

async function mixed(
  arms: Readonly<Record<string, Proposer>>,
  limits: BudgetLimits,
  recorded?: readonly RunEvent[],
): Promise<{ result: LoopResult; mix: MixProposer; events: readonly RunEvent[] }> {
  const events: RunEvent[] = [];
  const sink = {
    append: (event: object): void => void events.push({ ...event, seq: events.length + 1, at: 0 } as RunEvent),
  };
  const costOf = (spent: Spent, evaluated: boolean): number => spent.tokens / 100 + (evaluated ? 1 : 0.1);
  const mix = new MixProposer({ arms, costOf });
  const target = new Target({ "n.txt": "0" }, "tree");
  const base = judgedBase(target, await check.screen({ candidate: target.base, files: {} }, AbortSignal.abort()), gate);
  const result = await runLoop({
    target,
    check,
    gate,
    search: fromBest,
    proposer: mix,
    base,
    journal: new Journal(recorded ?? [], recorded === undefined ? sink : null),
    budget: new Budget(limits),
    seed: 2,
    window: 2,
    elapsed: () => 0,
    signal: new AbortController().signal,
  });
  return { result, mix, events };
}

test("a mix gives its requests to the arm that raises the score, and a replay does the same", async () => {
  const arms = (): Readonly<Record<string, Proposer>> => ({
    good: paid("good", true),
    bad: paid("bad", false),
    own: own(99),
  });
  const { events, mix, result } = await mixed(arms(), { evaluations: 120 });
  const by = (id: string): number =>
    events.filter((event) => event.type === "proposed" && event.data.candidate.origin.proposer === id).length;
  assert.ok(by("good") > 60 && by("bad") > 0 && by("own") > 0, `${by("good")} ${by("bad")} ${by("own")}`);
  const again = await mixed(arms(), { evaluations: 120 }, events);
  assert.deepEqual(again.mix.known(), mix.known());
  assert.deepEqual(again.result.spent, result.spent);
});

test("an arm with nothing left hands its requests on, and a budget in tokens is kept", async () => {
  const arms = (): Readonly<Record<string, Proposer>> => ({ own: own(3), bad: paid("bad", false) });
  const { events, result } = await mixed(arms(), { evaluations: 60, tokens: 2000 });
  assert.ok(result.spent.tokens <= 2000 && result.spent.tokens > 1500, `${result.spent.tokens}`);
  const again = await mixed(arms(), { evaluations: 60, tokens: 2000 }, events);
  assert.deepEqual([again.result.reason, again.result.spent], [result.reason, result.spent]);
});

test("a mix holds what any of its arms holds", () => {
  const mix = (pending: boolean): MixProposer =>
    new MixProposer({ arms: { own: own(1), steps: { ...own(1), pending } }, costOf: () => 1 });
  assert.deepEqual([mix(true).pending, mix(false).pending], [true, false]);
});
