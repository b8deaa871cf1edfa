import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { Budget, parseBudget, type BudgetLimits } from "./budget.ts";
import type {
  Check,
  Experience,
  Proposal,
  ProposalRequest,
  ProposeContext,
  Proposer,
  Submission,
} from "./contracts.ts";
import type { RunEvent } from "./events.ts";
import { isLifecycle } from "./events.ts";
import { canonicalJson } from "./json.ts";
import { judgedBase } from "./gate.ts";
import { runLoop, type LoopResult } from "./loop.ts";
import { Rng } from "./rng.ts";
import { recordOf, RunSession, runState } from "./run.ts";
import { Store } from "./store.ts";
import { Target } from "./target.ts";
import { digitsGate, FromBest } from "./fixture-digits.ts";
import type { Verdict } from "./verdict.ts";

/** A small world: the file holds digits, the score is their sum, and a score of 30 is enough. */
const target = (): Target => new Target({ "digits.txt": "0000" }, "tree");

class DigitCheck implements Check {
  readonly id = "digits";
  readonly deterministic = true;
  judged = 0;
  async screen({ files }: Submission): Promise<Verdict> {
    this.judged += 1;
    // Later candidates may be ready before earlier ones.
    for (let i = this.judged % 3; i > 0; i--) await new Promise((resolve) => setImmediate(resolve));
    return verdictOf(files["digits.txt"] ?? "0000");
  }
  async confirm(submission: Submission): Promise<Verdict> {
    return this.screen(submission);
  }
  async close(): Promise<void> {}
}

function verdictOf(text: string): Verdict {
  const sum = [...text].reduce((total, digit) => total + Number(digit), 0);
  return {
    status: sum >= 30 ? "passed" : "failed",
    scores: { sum: [sum] },
    feedback: [],
    cost: { wallMs: 1, cpuMs: 1 },
    evidence: [],
  };
}

const proposer = (): Proposer => ({
  id: "digit",
  async *propose(request, context) {
    for (let i = 0; i < 40; i++) {
      const at = context.rng.int(4);
      yield {
        edits: { "digits.txt": [{ start: at, end: at + 1, text: String(context.rng.int(10)) }] },
        origin: { proposer: "digit", summary: `digit ${at} of ${request.parent}` },
      };
    }
  },
});

interface Overrides {
  readonly limits?: BudgetLimits;
  readonly elapsed?: () => number;
  readonly onLive?: () => void;
  readonly recheck?: boolean;
  readonly signal?: AbortSignal;
}

async function play(
  session: RunSession,
  overrides: Overrides & { readonly proposer?: Proposer; readonly window?: number } = {},
): Promise<LoopResult> {
  const check = new DigitCheck();
  const gate = digitsGate(check);
  const place = target();
  const start = await session.observe("baseline", async () => ({ sum: 0 }));
  assert.deepEqual(start, { sum: 0 });
  const result = await runLoop({
    target: place,
    check,
    gate,
    search: new FromBest(),
    proposer: overrides.proposer ?? proposer(),
    base: judgedBase(place, verdictOf("0000"), gate),
    journal: session.journal,
    budget: new Budget(overrides.limits ?? parseBudget("300")),
    seed: 5,
    window: overrides.window ?? 4,
    elapsed: overrides.elapsed ?? (() => 0),
    signal: overrides.signal ?? new AbortController().signal,
    ...(overrides.onLive === undefined ? {} : { onLive: overrides.onLive }),
    ...(overrides.recheck === undefined ? {} : { recheck: overrides.recheck }),
  });
  session.journal.decide({
    type: "finished",
    data: {
      outcome: "improved",
      best: result.archive.incumbent().candidate.id,
      result: { screened: result.screened },
    },
  });
  return result;
}

function openStore(t: TestContext): Store {
  const folder = mkdtempSync(join(tmpdir(), "pawl-core-"));
  const store = Store.open(folder);
  t.after(() => {
    store.close();
    rmSync(folder, { recursive: true });
  });
  return store;
}

/** The part of a record that has to repeat. */
function essence(events: readonly RunEvent[]): string[] {
  return events
    .filter((event) => !isLifecycle(event))
    .map((event) => canonicalJson({ type: event.type, data: event.data }));
}

test("a run raises the score, keeps gains in order and says why it stopped", async (t) => {
  const store = openStore(t);
  const session = RunSession.create(store, "evolve", { seed: 5 });
  const result = await play(session);
  session.close();
  assert.equal(result.reason, "reached");
  assert.ok((result.archive.incumbent().fitness ?? 0) >= 30);
  const fitnesses = result.kept.map((id) => result.archive.get(id)?.fitness ?? -1);
  assert.deepEqual(
    fitnesses,
    [...fitnesses].sort((a, b) => a - b),
  );
  assert.equal(runState(store, session.id, recordOf(store, session.id)), "finished");
});

test("cut after any event and resumed, a run ends with the same record", async (t) => {
  const store = openStore(t);
  const whole = RunSession.create(store, "evolve", { seed: 5 });
  await play(whole);
  whole.close();
  const events = recordOf(store, whole.id);
  const wanted = essence(events);
  assert.ok(events.length > 40, `${events.length} events`);
  for (let cut = 1; cut < events.length; cut++) {
    const id = store.createRun("evolve", cut);
    for (const event of events.slice(0, cut)) store.append(id, event.seq, event.at, event);
    const resumed = RunSession.resume(store, id);
    await play(resumed);
    resumed.close();
    assert.deepEqual(essence(recordOf(store, id)), wanted, `cut after event ${cut}`);
  }
});

test("replay gives the same events and judges nothing; recheck judges everything again", async (t) => {
  const store = openStore(t);
  const session = RunSession.create(store, "evolve", { seed: 5 });
  const first = await play(session);
  session.close();
  const before = recordOf(store, session.id).length;
  const replay = RunSession.replay(store, session.id);
  const second = await play(replay);
  assert.deepEqual(second.kept, first.kept);
  assert.equal(replay.journal.replaying, false, "the whole record was passed");
  const recheck = await play(RunSession.replay(store, session.id), { recheck: true });
  assert.deepEqual(recheck.differences, []);
  assert.equal(recordOf(store, session.id).length, before);
});

/** One answer of several steps, each built on the one before; the first of them is enough for the gate. */
class StepByStep implements Proposer {
  readonly id = "steps";
  readonly #digits = ["9999", "8999", "8899"];
  #last: string | null = null;
  get pending(): boolean {
    return this.#digits.length > 0;
  }
  async *propose(request: ProposalRequest, context: ProposeContext): AsyncGenerator<Proposal> {
    for (let text = this.#digits.shift(); text !== undefined; text = this.#digits.shift()) {
      const parent = this.#last ?? request.parent;
      const before = context.read(parent, "digits.txt");
      const edits = { "digits.txt": [{ start: 0, end: before.length, text }] };
      yield { parent, edits, origin: { proposer: this.id, summary: text } };
    }
  }
  learn({ candidate }: Experience): void {
    this.#last = candidate.id;
  }
}

test("steps of one answer are built on each other and all are judged, though the first would do", async (t) => {
  const store = openStore(t);
  const session = RunSession.create(store, "evolve", { seed: 5 });
  const result = await play(session, { proposer: new StepByStep(), window: 1 });
  session.close();
  assert.deepEqual([result.screened, result.reason], [3, "reached"]);
  const proposed = recordOf(store, session.id).flatMap((event) => (event.type === "proposed" ? [event.data] : []));
  const ids = proposed.map(({ candidate }) => candidate.id);
  assert.deepEqual(
    proposed.map(({ candidate }) => candidate.parents),
    [[target().baseId], [ids[0]], [ids[1]]],
  );
  assert.ok(proposed.every(({ request, candidate }) => request.parent === candidate.parents[0]));
  const replay = await play(RunSession.replay(store, session.id), { proposer: new StepByStep(), window: 1 });
  assert.equal(replay.screened, 3);
});

test("a changed record is a divergence, not a different run", async (t) => {
  const store = openStore(t);
  const session = RunSession.create(store, "evolve", { seed: 5 });
  await play(session);
  session.close();
  const forged = store.createRun("evolve", 1);
  for (const event of recordOf(store, session.id)) {
    const text = JSON.stringify(event).replace('"start":0', '"start":1');
    store.append(forged, event.seq, event.at, JSON.parse(text) as RunEvent);
  }
  await assert.rejects(play(RunSession.replay(store, forged)), { name: "DivergenceError" });
});

test("a budget in seconds ends the run by an event, and the replay ends there without a clock", async (t) => {
  const store = openStore(t);
  const session = RunSession.create(store, "evolve", { seed: 5 });
  let clock = 0;
  const first = await play(session, { limits: { seconds: 20 }, elapsed: () => clock++ });
  session.close();
  assert.equal(first.reason, "seconds");
  const second = await play(RunSession.replay(store, session.id), {
    limits: { seconds: 20 },
    elapsed: () => 0,
  });
  assert.deepEqual([second.reason, second.screened], [first.reason, first.screened]);
});

test("a budget in evaluations is spent to the last one and never exceeded", async (t) => {
  const store = openStore(t);
  for (const limit of [0.5, 1, 1.5, 3, 4, 7]) {
    const session = RunSession.create(store, "evolve", { limit });
    const result = await play(session, { limits: { evaluations: limit } });
    session.close();
    assert.equal(result.screened, Math.floor(limit));
    assert.equal(result.reason, "evaluations");
  }
});

test("a search says once when it goes on where the record ends, be it in the middle of a candidate", async (t) => {
  const store = openStore(t);
  const whole = RunSession.create(store, "evolve", { seed: 5 });
  let said = 0;
  await play(whole, { onLive: () => (said += 1) });
  whole.close();
  assert.equal(said, 1);
  const events = recordOf(store, whole.id);
  const judged = events.findIndex((event, i) => event.type === "judged" && events[i + 1]?.type === "confirmed") + 1;
  const stopped = events.findIndex((event) => event.type === "stopped") + 1;
  for (const [cut, lives] of [
    [judged - 1, 1],
    [judged, 1],
    [stopped, 0],
  ] as const) {
    const id = store.createRun("evolve", cut);
    for (const event of events.slice(0, cut)) store.append(id, event.seq, event.at, event);
    const session = RunSession.resume(store, id);
    const onRecord = recordOf(store, id).length;
    const before: number[] = [];
    await play(session, { onLive: () => before.push(recordOf(store, id).length) });
    session.close();
    assert.deepEqual(before, Array(lives).fill(onRecord), "before anything new is written");
  }
  await play(RunSession.replay(store, whole.id), { onLive: () => assert.fail("a replay does not go on") });
});

test("an abort stops at once, loses nothing recorded, and the run can be resumed", async (t) => {
  const store = openStore(t);
  const whole = RunSession.create(store, "evolve", {});
  await play(whole);
  whole.close();
  const abort = new AbortController();
  const session = RunSession.create(store, "evolve", {});
  let ticks = 0;
  await assert.rejects(
    play(session, {
      signal: abort.signal,
      elapsed: () => {
        if (++ticks === 12) abort.abort();
        return 0;
      },
    }),
    { name: "AbortError" },
  );
  session.pause("Ctrl-C");
  session.close();
  assert.equal(runState(store, session.id, recordOf(store, session.id)), "paused");
  const resumed = RunSession.resume(store, session.id);
  await play(resumed);
  resumed.close();
  assert.deepEqual(essence(recordOf(store, session.id)), essence(recordOf(store, whole.id)));
});

test("two processes cannot work on one run", (t) => {
  const store = openStore(t);
  const session = RunSession.create(store, "fix", {});
  assert.throws(() => RunSession.resume(store, session.id), /being worked on/);
  session.close();
  RunSession.resume(store, session.id).close();
});

test("streams of different requests are independent", () => {
  assert.notEqual(Rng.of(5, "ask", 1).uint32(), Rng.of(5, "ask", 2).uint32());
});
