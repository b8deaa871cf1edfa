import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import fc from "fast-check";
import { Budget, type BudgetLimits } from "./budget.ts";
import type { Answer, Check, Proposer, Submission } from "./contracts.ts";
import { UsageError } from "./errors.ts";
import { isOrdered, type RunEvent } from "./events.ts";
import { canonicalJson, type Json } from "./json.ts";
import { judgedBase } from "./gate.ts";
import { runLoop, type LoopResult } from "./loop.ts";
import { digitsGate, FromBest } from "./fixture-digits.ts";
import { Journal } from "./journal.ts";
import { AnswerFault } from "./open-request.ts";
import { Rng } from "./rng.ts";
import { recordOf, RunSession } from "./run.ts";
import { Store } from "./store.ts";
import { Target } from "./target.ts";
import type { Verdict } from "./verdict.ts";

/** The world of `loop.test.ts`, with somebody outside who names the digits: slowly, in any order, and sometimes not at all. */
const CALL = { tokens: 100, dollars: 0.01 };

class Outside {
  calls = 0;
  open = 0;
  mostOpen = 0;
  answered: string[] = [];
  readonly #arrival: Rng;
  readonly faults: number;

  constructor(arrival: string, faults = 0.3) {
    this.#arrival = Rng.of(arrival);
    this.faults = faults;
  }

  /** What it says depends on the question alone; when it says so, on the order of arrival. */
  async get(n: number, name: string, signal: AbortSignal): Promise<Answer<{ at: number; digit: number }>> {
    this.calls += 1;
    this.open += 1;
    this.mostOpen = Math.max(this.mostOpen, this.open);
    try {
      for (let turns = this.#arrival.int(12); turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    } finally {
      this.open -= 1;
    }
    const mind = Rng.of("mind", n, name);
    this.answered.push(`${n} ${name}`);
    if (mind.uniform() < this.faults)
      throw Object.assign(new Error(`503 for ${n}`), { spent: { tokens: 7, dollars: 0 } });
    return {
      value: { at: mind.int(4), digit: mind.int(10) },
      tokens: 20 + mind.int(81),
      dollars: mind.uniform() < 0.5 ? 0.005 : null,
    };
  }
}

/** Asks once, and a second time when the first answer changes nothing. */
function asking(outside: Outside, concurrency: number): Proposer {
  return {
    id: "asking",
    concurrency,
    async *propose(request, context) {
      const text = context.read(request.parent, "digits.txt");
      await context.reserve({ tokens: 2 * CALL.tokens, dollars: 2 * CALL.dollars });
      for (const name of ["answer", "repair"]) {
        const { at, digit } = await context.ask(name, CALL, (signal) => outside.get(context.n, name, signal));
        if (text[at] === String(digit)) {
          context.note(`${name}: changes nothing`);
          continue;
        }
        yield {
          edits: { "digits.txt": [{ start: at, end: at + 1, text: String(digit) }] },
          origin: { proposer: "asking", summary: `digit ${at} is ${digit}` },
        };
        return;
      }
    },
  };
}

const check: Check = {
  id: "digits",
  deterministic: true,
  screen: async ({ files }: Submission) => verdictOf(files["digits.txt"] ?? "0000"),
  confirm: async ({ files }: Submission) => verdictOf(files["digits.txt"] ?? "0000"),
  close: async () => {},
};

function verdictOf(text: string): Verdict {
  const sum = [...text].reduce((total, digit) => total + Number(digit), 0);
  return { status: "failed", scores: { sum: [sum] }, feedback: [], cost: { wallMs: 1, cpuMs: 1 }, evidence: [] };
}

const gate = digitsGate(check);

interface Setup {
  readonly proposer: Proposer;
  readonly window?: number;
  readonly limits?: BudgetLimits;
  readonly signal?: AbortSignal;
  readonly budget?: Budget;
}

function play(session: { readonly journal: Journal }, setup: Setup): Promise<LoopResult> {
  const target = new Target({ "digits.txt": "0000" }, "tree");
  return runLoop({
    target,
    check,
    gate,
    search: new FromBest(),
    proposer: setup.proposer,
    base: judgedBase(target, verdictOf("0000"), gate),
    journal: session.journal,
    budget: setup.budget ?? new Budget(setup.limits ?? { evaluations: 40 }),
    seed: 1,
    window: setup.window ?? 3,
    elapsed: () => 0,
    signal: setup.signal ?? new AbortController().signal,
  });
}

function openStore(t: TestContext): Store {
  const folder = mkdtempSync(join(tmpdir(), "pawl-asking-"));
  const store = Store.open(folder);
  t.after(() => {
    store.close();
    rmSync(folder, { recursive: true });
  });
  return store;
}

async function record(
  store: Store,
  setup: Setup,
): Promise<{ id: string; result: LoopResult; events: readonly RunEvent[] }> {
  const session = RunSession.create(store, "evolve", {});
  const result = await play(session, setup);
  session.close();
  return { id: session.id, result, events: recordOf(store, session.id) };
}

/** Without a disk, for the tests that run hundreds of times. Events before `cut` are on record. */
async function inMemory(
  setup: Setup,
  kept: readonly RunEvent[] = [],
): Promise<{ result: LoopResult; events: readonly RunEvent[] }> {
  const events = [...kept];
  const journal = new Journal(kept, {
    append: (event) => events.push({ ...event, seq: events.length + 1, at: 0 } as RunEvent),
  });
  return { result: await play({ journal }, setup), events };
}

const ordered = (events: readonly RunEvent[]): string[] =>
  events.filter(isOrdered).map(({ type, data }) => canonicalJson({ type, data }));

/** Answers that something depended on, whatever was still open at the end. */
const answers = (events: readonly RunEvent[]): Set<string> =>
  new Set(events.flatMap((event) => (event.type === "answered" ? [canonicalJson(event.data)] : [])));

test("a run is the same for any order of arrival, and no candidate is lost or doubled", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        concurrency: fc.integer({ min: 1, max: 12 }),
        window: fc.integer({ min: 1, max: 6 }),
        tokens: fc.option(fc.integer({ min: 150, max: 3000 }), { nil: undefined }),
        arrivals: fc.tuple(fc.string(), fc.string()),
      }),
      async ({ concurrency, window, tokens, arrivals }) => {
        const limits = tokens === undefined ? { evaluations: 30 } : { evaluations: 30, tokens };
        const runs = [];
        for (const arrival of arrivals) {
          const outside = new Outside(arrival);
          const run = await inMemory({ proposer: asking(outside, concurrency), window, limits });
          assert.ok(outside.mostOpen <= concurrency, `${outside.mostOpen} open at once`);
          assert.ok(run.result.spent.tokens <= (tokens ?? Infinity), `${run.result.spent.tokens} tokens`);
          assert.equal(new Set(outside.answered).size, outside.calls - outside.open);
          runs.push(ordered(run.events));
          const turns = run.events.flatMap((event) =>
            event.type === "proposed" || event.type === "missed" ? [event.data.n] : [],
          );
          assert.deepEqual(turns, [...turns.keys()], "every request has its turn, once, in order");
        }
        assert.deepEqual(runs[1], runs[0]);
      },
    ),
    { numRuns: 25, seed: 4 },
  );
});

test("killed after any event and resumed with answers in another order, a run ends the same and pays for no answer twice", async () => {
  for (const limits of [{ evaluations: 14 }, { evaluations: 14, tokens: 900 }]) {
    const whole = await inMemory({ proposer: asking(new Outside("first"), 6), limits });
    const wanted = ordered(whole.events);
    for (let cut = 0; cut <= whole.events.length; cut++) {
      const kept = whole.events.slice(0, cut);
      const outside = new Outside(`after ${cut}`);
      const { events } = await inMemory({ proposer: asking(outside, 6), limits }, kept);
      assert.deepEqual(ordered(events), wanted, `cut after event ${cut}`);
      const paid = new Set(
        kept.flatMap((event) => (event.type === "answered" ? [`${event.data.n} ${event.data.name}`] : [])),
      );
      assert.deepEqual(
        outside.answered.filter((key) => paid.has(key)),
        [],
        `cut after event ${cut}`,
      );
      if (cut === whole.events.length) assert.equal(outside.calls, 0, "a run that had stopped asks nobody");
    }
  }
});

test("a replay asks nobody, and repeats answers, faults and misses", async (t) => {
  const store = openStore(t);
  const first = await record(store, { proposer: asking(new Outside("first", 0.5), 8), limits: { evaluations: 25 } });
  assert.ok(first.events.some((event) => event.type === "missed"));
  assert.ok(first.events.some((event) => event.type === "answered" && event.data.fault !== undefined));
  const outside = new Outside("replay");
  const session = RunSession.replay(store, first.id);
  const second = await play(session, { proposer: asking(outside, 8), limits: { evaluations: 25 } });
  assert.equal(outside.calls, 0);
  assert.equal(session.journal.replaying, false);
  assert.deepEqual(
    [second.kept, second.spent, second.reason],
    [first.result.kept, first.result.spent, first.result.reason],
  );
  assert.equal(recordOf(store, first.id).length, first.events.length);
});

test("one request at a time without concurrency, and many with it", async (t) => {
  const store = openStore(t);
  const single = new Outside("a", 0);
  const { concurrency: _none, ...plain } = asking(single, 1);
  await record(store, { proposer: plain });
  assert.equal(single.mostOpen, 1);
  const many = new Outside("a", 0);
  await record(store, { proposer: asking(many, 9) });
  assert.equal(many.mostOpen, 9);
});

test("money and tokens are reserved before they are spent, never exceeded, and spent until no question fits", async (t) => {
  const store = openStore(t);
  for (const tokens of [199, 200, 201, 777]) {
    const { result } = await record(store, { proposer: asking(new Outside("t", 0), 5), limits: { tokens } });
    assert.equal(result.reason, "tokens");
    assert.ok(
      result.spent.tokens <= tokens && tokens - result.spent.tokens < 2 * CALL.tokens,
      `${result.spent.tokens} of ${tokens}`,
    );
  }
  const { result } = await record(store, { proposer: asking(new Outside("t", 0), 5), limits: { dollars: 0.05 } });
  assert.equal(result.reason, "dollars");
  assert.ok(result.spent.dollars <= 0.05 && result.spent.unpriced > 0);
});

test("a proposer that only fails does not run for ever", async (t) => {
  const store = openStore(t);
  const outside = new Outside("x", 1);
  const { result, events } = await record(store, { proposer: asking(outside, 4) });
  assert.equal(result.reason, "no new candidates");
  assert.equal(result.spent.tokens, 7 * answers(events).size);
  const missed = events.find((event) => event.type === "missed");
  assert.deepEqual(missed?.type === "missed" && missed.data.notes, ["503 for 0"]);
});

test("what the person has to repair ends the run, is not on record, and is asked again after a resume", async (t) => {
  const store = openStore(t);
  const broken = asking(new Outside("k"), 3);
  const session = RunSession.create(store, "evolve", {});
  const noKey: Proposer = {
    ...broken,
    propose: (request, context) =>
      broken.propose(request, {
        ...context,
        ask: (name, bound) =>
          context.ask(name, bound, async () => {
            throw new UsageError({ what: "no key", todo: "Set it." });
          }),
      }),
  };
  await assert.rejects(play(session, { proposer: noKey }), /no key/);
  session.close();
  assert.equal(answers(recordOf(store, session.id)).size, 0);
  const resumed = RunSession.resume(store, session.id);
  assert.ok((await play(resumed, { proposer: broken })).screened > 3);
  resumed.close();
});

test("an abort ends calls that are open, even those that do not listen", { timeout: 20_000 }, async (t) => {
  const store = openStore(t);
  const abort = new AbortController();
  const session = RunSession.create(store, "evolve", {});
  const deaf: Proposer = {
    id: "deaf",
    concurrency: 4,
    async *propose(_request, context) {
      if (context.n === 3) setImmediate(() => abort.abort());
      await context.ask("answer", {}, () => new Promise<never>(() => {}));
      yield* [];
    },
  };
  await assert.rejects(play(session, { proposer: deaf, signal: abort.signal }), { name: "AbortError" });
  session.close();
  assert.equal(ordered(recordOf(store, session.id)).length, 1);
});

test("a budget in seconds does not wait for an answer that is late", { timeout: 20_000 }, async (t) => {
  const store = openStore(t);
  const deaf: Proposer = {
    id: "deaf",
    async *propose(_request, context) {
      await context.ask("answer", {}, () => new Promise<never>(() => {}));
      yield* [];
    },
  };
  const start = performance.now();
  const target = new Target({ "digits.txt": "0000" }, "tree");
  const session = RunSession.create(store, "evolve", {});
  const result = await runLoop({
    target,
    check,
    gate,
    search: new FromBest(),
    proposer: deaf,
    base: judgedBase(target, verdictOf("0000"), gate),
    journal: session.journal,
    budget: new Budget({ seconds: 0.2 }),
    seed: 1,
    window: 1,
    elapsed: () => (performance.now() - start) / 1000,
    signal: new AbortController().signal,
  });
  session.close();
  assert.equal(result.reason, "seconds");
});

test("large answers live in blobs, and come back whole", async (t) => {
  const store = openStore(t);
  const long = "x".repeat(100_000);
  const seen: string[] = [];
  const talker: Proposer = {
    id: "talker",
    async *propose(_request, context) {
      const answer = await context.ask("answer", {}, async () => ({
        value: { text: long, left: undefined } as unknown as Json,
      }));
      seen.push(canonicalJson(answer));
      yield {
        edits: { "digits.txt": [{ start: 0, end: 1, text: String(context.n + 1) }] },
        origin: { proposer: "talker", summary: "a digit" },
      };
    },
  };
  const { id, events } = await record(store, { proposer: talker, limits: { evaluations: 2 } });
  const stored = events.filter((event) => event.type === "answered").map((event) => canonicalJson(event.data));
  assert.ok(stored.every((text) => text.length < 300));
  await play(RunSession.replay(store, id), { proposer: talker, limits: { evaluations: 2 } });
  assert.deepEqual(
    seen,
    Array.from({ length: 4 }, () => canonicalJson({ text: long })),
  );
});

test("asking comes after reading: the archive is closed once somebody was asked, and a name is used once", async (t) => {
  const store = openStore(t);
  const late: Proposer = {
    id: "late",
    async *propose(_request, context) {
      await context.ask("a", {}, async () => ({ value: 1 }));
      assert.throws(() => context.archive.size, /before the first question/);
      await assert.rejects(
        context.ask("a", {}, async () => ({ value: 1 })),
        /asked twice/,
      );
      yield* [];
    },
  };
  const { result } = await record(store, { proposer: late });
  assert.equal(result.reason, "no new candidates");
});

test("a question that does not fit into what its request reserved is a fault, not an overdraft", async (t) => {
  const store = openStore(t);
  const faults: unknown[] = [];
  const greedy: Proposer = {
    id: "greedy",
    async *propose(_request, context) {
      await context.ask("a", CALL, async () => ({ value: 1, tokens: 60 }));
      await context
        .ask("b", CALL, async () => ({ value: 1, tokens: 60 }))
        .catch((error: unknown) => faults.push(error));
      yield* [];
    },
  };
  const { result } = await record(store, { proposer: greedy, limits: { tokens: 1000 } });
  assert.ok(faults.length > 5 && faults.every((fault) => fault instanceof AnswerFault));
  assert.ok(result.spent.tokens <= 1000);
});
