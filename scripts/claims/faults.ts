import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  Budget,
  judgedBase,
  recordOf,
  runLoop,
  RunSession,
  Store,
  Target,
  type BudgetLimits,
  type Check,
  type Gate,
  type Json,
  type Proposer,
  type RunEvent,
  type Search,
  type Submission,
  type Verdict,
} from "@pawl/core";
import { ModelError, openModel, type Model, type ModelAnswer, type ModelRequest } from "@pawl/propose";
import {
  FAULT_KINDS,
  startFaultServer,
  type FaultServer,
} from "../../packages/propose/src/model/fixture-fault-server.ts";

const DATA = new URL("../../docs/data/faults.json", import.meta.url);
const FAULT_RATE = 0.3;
/** Nearly all of the time is waiting for servers that fell silent: each holds back the calls behind it, and many calls wait together. */
const IN_FLIGHT = 128;
const SILENCE_SECONDS = 5;
const FILE = "answer.txt";
const BASE = "nothing yet";

/** What docs/models.md shows. */
export interface FaultFigures {
  readonly calls: number;
  readonly requests: number;
  readonly faults: number;
  readonly faultRate: number;
  /** Calls that ended with an answer; with what came before a cut; without one. */
  readonly answered: number;
  readonly partial: number;
  readonly failed: number;
  /** Calls with no answer and no fault on record, or with two. */
  readonly lost: number;
  readonly doubled: number;
  /** Candidates of the run; answers that became none, though no other said the same; texts that became two. */
  readonly candidates: number;
  readonly lostCandidates: number;
  readonly doubledCandidates: number;
  /** Answers that are another call's, or not what was sent; candidates that nobody answered. */
  readonly wrong: number;
  /** Faults that the record does not name, or names as something else. */
  readonly hidden: number;
  /** Attempts given up as silent by a busy client though the server meant to go on: on record as a timeout. */
  readonly gaveUpFirst: number;
  /** Calls that cost more than their bound. */
  readonly overBound: number;
  /** What runs with a small budget spent beyond it. */
  readonly overBudget: number;
}

type Counts = { -readonly [K in keyof FaultFigures]: number };

/**
 * Claim: of many calls to servers that misbehave on purpose (OpenAI's protocol and Anthropic's), asked through the real loop, each ends with
 * exactly one answer or fault on record; every fault of the server is named there; no call costs more than its bound, no run more than its
 * budget.
 */
export async function claimFaults(quick: boolean): Promise<void> {
  const calls = quick ? 300 : 10_000;
  const counts: Counts = {
    calls: 0,
    requests: 0,
    faults: 0,
    faultRate: FAULT_RATE,
    answered: 0,
    partial: 0,
    failed: 0,
    lost: 0,
    doubled: 0,
    candidates: 0,
    lostCandidates: 0,
    doubledCandidates: 0,
    wrong: 0,
    hidden: 0,
    gaveUpFirst: 0,
    overBound: 0,
    overBudget: 0,
  };
  await withModels(async (models, server) => {
    const { events, bounds } = await askThroughLoop(models, calls, {});
    judge(counts, calls, events, bounds, server);
  });
  // The same with money and tokens for a part of the calls only.
  for (const limits of [{ tokens: calls * 30 }, { dollars: calls * 0.00003 }] satisfies BudgetLimits[])
    await withModels(async (models) => {
      const { events } = await askThroughLoop(models, calls, limits);
      const answers = answersOf(events);
      const tokens = sum(answers.map((answer) => answer.tokens));
      const dollars = sum(answers.map((answer) => answer.dollars ?? Infinity));
      if (tokens > (limits.tokens ?? Infinity) || dollars > (limits.dollars ?? Infinity)) counts.overBudget += 1;
      console.log(
        `budget ${JSON.stringify(limits)}: ${answers.length} calls, ${tokens} tokens, ${dollars.toFixed(6)} dollars`,
      );
      if (answers.length === 0 || answers.length >= calls)
        throw new Error("the budget was no limit: the check checks nothing");
    });
  const { lost, doubled, lostCandidates, doubledCandidates, wrong, hidden, overBound, overBudget } = counts;
  const bad = lost + doubled + lostCandidates + doubledCandidates + wrong + hidden + overBound + overBudget;
  const holds = bad === 0 && counts.faults > 0.2 * calls && counts.calls === calls;
  if (!quick) writeFileSync(DATA, `${JSON.stringify(counts, null, 2)}\n`);
  console.log(
    `${holds ? "HOLDS" : "DOES NOT HOLD"}: ${counts.calls} calls, ${counts.requests} requests, ${counts.faults} faults: ${counts.answered} answered, ` +
      `${counts.partial} in part, ${counts.failed} failed; ${lost} lost, ${doubled} doubled, ${wrong} wrong; ${counts.candidates} candidates, ` +
      `${lostCandidates} lost, ${doubledCandidates} doubled; ${hidden} faults not on record, ${counts.gaveUpFirst} given up before the server did; ` +
      `${overBound} over their bound, ${overBudget} runs over their budget`,
  );
  if (!holds) process.exitCode = 1;
}

async function withModels(use: (models: readonly Model[], server: FaultServer) => Promise<void>): Promise<void> {
  const server = await startFaultServer({ seed: 7, rate: FAULT_RATE, respond: (prompt) => prompt });
  const environment = { PAWL_MODEL_KEY: "not-a-real-key-1", ANTHROPIC_API_KEY: "not-a-real-key-2" };
  const openai = `${server.url}#test`;
  const common = { environment, concurrency: IN_FLIGHT, silenceSeconds: SILENCE_SECONDS };
  const models = [
    await openModel(openai, { ...common, prices: { [openai]: { input: 1, output: 4 } } }),
    await openModel("anthropic/claude-haiku-4-5", { ...common, baseUrl: server.url }),
  ];
  try {
    await use(models, server);
  } finally {
    for (const model of models) await model.close();
    await server.close();
  }
}

function requestOf(n: number): ModelRequest {
  return {
    messages: [
      { role: "system", content: "Say it again." },
      { role: "user", content: `${n} is the number of this call, and there are no two of it` },
    ],
    maxOutputTokens: 64,
    temperature: 0,
  };
}

const promptOf = (n: number): string => (requestOf(n).messages[1] as { content: string }).content;

async function askThroughLoop(
  models: readonly Model[],
  calls: number,
  limits: BudgetLimits,
): Promise<{ events: readonly RunEvent[]; bounds: readonly { tokens: number; dollars: number | null }[] }> {
  const bounds: { tokens: number; dollars: number | null }[] = [];
  const proposer: Proposer = {
    id: "fault-claim",
    concurrency: IN_FLIGHT,
    async *propose(request, context) {
      const { n } = context;
      const model = models[n % models.length] as Model;
      const asked = requestOf(n);
      const bound = model.bound(asked);
      bounds[n] = bound;
      const text = context.read(request.parent, FILE);
      const answer = await context.ask(
        "answer",
        { tokens: bound.tokens, dollars: bound.dollars ?? 0 },
        async (signal) => {
          const value = await model.generate(asked, signal).catch((error: unknown) => {
            if (!(error instanceof ModelError) || error.lasting) throw error;
            throw Object.assign(new Error(error.faults.join("\n")), { spent: error.spent });
          });
          return {
            value: value as unknown as Json,
            tokens: value.usage.inputTokens + value.usage.outputTokens,
            dollars: value.dollars,
          };
        },
      );
      const said = (answer as unknown as ModelAnswer).text;
      yield {
        edits: { [FILE]: [{ start: 0, end: text.length, text: said }] },
        origin: { proposer: "fault-claim", summary: "" },
      };
    },
  };
  const folder = mkdtempSync(join(tmpdir(), "pawl-faults-"));
  const store = Store.open(folder);
  try {
    const target = new Target({ [FILE]: BASE }, "tree");
    const session = RunSession.create(store, "evolve", {});
    const verdict: Verdict = {
      status: "failed",
      scores: { sum: [0] },
      feedback: [],
      cost: { wallMs: 0, cpuMs: 0 },
      evidence: [],
    };
    const gate: Gate = {
      fitness: () => 0,
      promising: () => false,
      confirm: () => Promise.reject(new Error("nothing here is better")),
      satisfied: () => null,
    };
    await runLoop({
      target,
      check: checkThatFails(verdict),
      gate,
      search: new FromBase(calls),
      proposer,
      base: judgedBase(target, verdict, gate),
      journal: session.journal,
      budget: new Budget({ evaluations: calls, ...limits }),
      seed: 1,
      window: 8,
      elapsed: () => 0,
      signal: new AbortController().signal,
    });
    session.close();
    return { events: recordOf(store, session.id), bounds };
  } finally {
    store.close();
    rmSync(folder, { recursive: true });
  }
}

function checkThatFails(verdict: Verdict): Check {
  return {
    id: "none",
    deterministic: true,
    screen: (_submission: Submission) => Promise.resolve(verdict),
    confirm: (_submission: Submission) => Promise.resolve(verdict),
    close: () => Promise.resolve(),
  };
}

/** Asks for a change of the base so many times. */
class FromBase implements Search {
  readonly id = "from-base";
  #left: number;
  constructor(requests: number) {
    this.#left = requests;
  }
  ask: Search["ask"] = (view) => {
    this.#left -= 1;
    return { parent: view.best().candidate.id, edits: 1, temperature: 0 };
  };
  tell(): void {}
  exhausted(): void {}
  done(): boolean {
    return this.#left <= 0;
  }
  state(): Json {
    return null;
  }
}

type Answered = Extract<RunEvent, { type: "answered" }>["data"];

function answersOf(events: readonly RunEvent[]): readonly Answered[] {
  return events.flatMap((event) => (event.type === "answered" ? [event.data] : []));
}

/** Holds the record against what the server did. */
function judge(
  counts: Counts,
  calls: number,
  events: readonly RunEvent[],
  bounds: readonly { tokens: number; dollars: number | null }[],
  server: FaultServer,
): void {
  const byNumber = Map.groupBy(answersOf(events), ({ n }) => n);
  const ends = Map.groupBy(
    events.flatMap((event) => (event.type === "proposed" || event.type === "missed" ? [event.data.n] : [])),
    (n) => n,
  );
  for (const n of byNumber.keys()) {
    counts.calls += 1;
    const answers = byNumber.get(n) as readonly Answered[];
    const served = server.served.get(promptOf(n)) ?? [];
    counts.requests += served.length;
    counts.faults += served.filter((fault) => fault !== null).length;
    if (answers.length !== 1 || ends.get(n)?.length !== 1) counts.doubled += 1;
    const [answer] = answers as [Answered];
    const bound = bounds[n] as { tokens: number; dollars: number };
    if (answer.tokens > bound.tokens || (answer.dollars ?? Infinity) > bound.dollars) counts.overBound += 1;
    const value = answer.value as unknown as ModelAnswer | undefined;
    const faults = value?.faults ?? answer.fault?.split("\n") ?? [];
    const failing = served.flatMap((fault) => (fault === null ? [] : (FAULT_KINDS[fault] ?? [])));
    if (!namesAll(faults, failing)) counts.hidden += 1;
    counts.gaveUpFirst +=
      faults.filter((line) => line.startsWith("timeout: ")).length -
      served.filter((fault) => fault === "silent").length;
    if (value !== undefined && served.at(-1)?.endsWith("usage") === true && value.usage.reported) counts.hidden += 1;
    if (value === undefined) counts.failed += 1;
    else if (value.finish === "cut") counts.partial += 1;
    else counts.answered += 1;
    if (value !== undefined && !isWhatWasSent(value, served.at(-1) ?? null, n)) counts.wrong += 1;
  }
  judgeCandidates(counts, byNumber, events);
  counts.lost = calls - byNumber.size + [...byNumber.keys()].filter((n) => !ends.has(n)).length;
}

/** Every text that was answered is one candidate: none of them is missing, none is there twice. */
function judgeCandidates(
  counts: Counts,
  byNumber: ReadonlyMap<number, readonly Answered[]>,
  events: readonly RunEvent[],
): void {
  const texts = new Map<string, number>();
  for (const event of events) {
    if (event.type !== "proposed") continue;
    const [change] = event.data.candidate.changes;
    if (change === undefined) throw new Error("a candidate without a change");
    const text = BASE.slice(0, change.start) + change.text + BASE.slice(change.end);
    texts.set(text, (texts.get(text) ?? 0) + 1);
  }
  for (const times of texts.values()) {
    counts.candidates += times;
    counts.doubledCandidates += times - 1;
  }
  const said = new Set(
    [...byNumber.values()].flatMap(([answer]) => (answer?.value as unknown as ModelAnswer | undefined)?.text ?? []),
  );
  counts.lostCandidates = [...said].filter((text) => !texts.has(text)).length;
  counts.wrong += [...texts.keys()].filter((text) => !said.has(text)).length;
}

/** Each fault in its place; on a busy machine the client may have given up first, which is then what its line says. */
function namesAll(lines: readonly string[], kinds: readonly string[]): boolean {
  let at = 0;
  return kinds.every((kind) => {
    while (at < lines.length) {
      const line = lines[at++] as string;
      if (line.startsWith(`${kind}: `) || line.startsWith("timeout: ")) return true;
    }
    return false;
  });
}

function isWhatWasSent({ text, finish }: ModelAnswer, last: string | null, n: number): boolean {
  if (finish === "refusal") return last === "refusal";
  if (finish === "cut") return text !== "" && promptOf(n).startsWith(text);
  // Twice in a row, so it was taken for what the model means to say; the fault is on record.
  if (last === "doubled-piece") return text.endsWith(promptOf(n).slice(text.length - promptOf(n).length));
  return text === promptOf(n);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
