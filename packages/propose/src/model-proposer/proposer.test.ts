import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  Budget,
  Journal,
  judgedBase,
  runLoop,
  Target,
  canonicalJson,
  isOrdered,
  type BudgetLimits,
  type Check,
  type Gate,
  type LoopResult,
  type RunEvent,
  type Search,
  type Verdict,
} from "@pawl/core";
import { editFormats } from "../edit-formats/registry.ts";
import { ModelError, type ModelFaultKind } from "../model/model-error.ts";
import type { Model, ModelAnswer, ModelRequest } from "../model/model.ts";
import { estimateTokens } from "../model/tokens.ts";
import { PromptTemplates } from "../prompts/templates.ts";
import { Languages } from "../syntax/languages.ts";
import type { ModelGuidance } from "./parent-told.ts";
import { ModelProposer } from "./proposer.ts";
import { profileOf, recordedModel, type ModelProfile } from "./recorded-model.ts";

const BASE = "export function larger(a, b) {\n  if (a > b) {\n    return b;\n  }\n  return b;\n}\n";
const RIGHT = BASE.replace("return b;\n  }", "return a;\n  }");
const LIMITS = { evaluations: 12 };

let languages: Languages;
before(async () => {
  languages = await Languages.load();
});

const block = (search: string, replace: string): string =>
  `The branch gives the wrong one.\n\nsrc/a.js\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;
const wholeFile = (text: string): string => `Here it is.\n\nsrc/a.js\n\`\`\`js\n${text}\`\`\`\n`;

type Reply = string | Error | Partial<ModelAnswer>;

/** A model whose answers the test writes; everything else is the real thing. */
class Scripted implements Model {
  readonly id = "scripted";
  readonly contextTokens: number;
  readonly concurrency: number;
  readonly requests: ModelRequest[] = [];
  readonly #reply: (request: ModelRequest, call: number) => Reply;

  constructor(reply: (request: ModelRequest, call: number) => Reply, concurrency = 1, contextTokens = 16_000) {
    this.#reply = reply;
    this.contextTokens = contextTokens;
    this.concurrency = concurrency;
  }
  countTokens(text: string): number {
    return Math.ceil(text.length / 3);
  }
  bound({ messages, maxOutputTokens }: ModelRequest): { tokens: number; dollars: number } {
    const tokens = messages.reduce((sum, { content }) => sum + content.length, 0) + maxOutputTokens;
    return { tokens, dollars: tokens / 1e6 };
  }
  async generate(request: ModelRequest): Promise<ModelAnswer> {
    this.requests.push(request);
    const reply = this.#reply(request, this.requests.length);
    if (reply instanceof Error) throw reply;
    const said = typeof reply === "string" ? { text: reply } : reply;
    return {
      model: "scripted-1",
      text: "",
      toolCalls: [],
      finish: "stop",
      usage: { inputTokens: 500, outputTokens: 60, cachedInputTokens: 0, reported: true },
      dollars: 0.001,
      attempts: 1,
      faults: [],
      ...said,
    };
  }
  async close(): Promise<void> {}
}

function fault(kind: ModelFaultKind): ModelError {
  const usage = { inputTokens: 10, outputTokens: 0, cachedInputTokens: 0, reported: false };
  return new ModelError({ model: "scripted", kind, attempts: 2, faults: [`503 ${kind}`], usage, dollars: 0 });
}

const verdictOf = (text: string): Verdict => ({
  status: text === RIGHT ? "passed" : "failed",
  scores: { passed: [text === RIGHT ? 1 : 0] },
  failing: text === RIGHT ? [] : ["larger of 2 and 1"],
  feedback: [{ kind: "test", name: "larger of 2 and 1", message: "expected 2, got 1" }],
  cost: { wallMs: 1, cpuMs: 1 },
  evidence: [],
});

const check: Check = {
  id: "text",
  deterministic: true,
  screen: async ({ files }) => verdictOf(files["src/a.js"] ?? BASE),
  confirm: async ({ files }) => verdictOf(files["src/a.js"] ?? BASE),
  close: async () => {},
};

const gate: Gate = {
  fitness: (verdict) => verdict.scores["passed"]?.[0] ?? null,
  promising: (result) => result.verdict.status === "passed",
  confirm: async (submission, _archive, signal) => ({
    verdict: await check.confirm(submission, signal),
    kept: true,
    reason: "passes",
  }),
  satisfied: ({ kept }) => (kept.length > 0 ? "fixed" : null),
};

const fromBase: Search = {
  id: "from-base",
  ask: (view) => ({ parent: view.base.candidate.id, edits: 1, temperature: 0 }),
  tell: () => {},
  exhausted: () => {},
  done: () => false,
  state: () => null,
};

async function run(
  model: Model,
  options: {
    readonly limits?: BudgetLimits;
    readonly formats?: readonly string[];
    readonly recorded?: readonly RunEvent[];
    readonly profile?: ModelProfile;
    readonly guidance?: ModelGuidance;
    readonly search?: Search;
  } = {},
): Promise<{ result: LoopResult; events: readonly RunEvent[]; proposer: ModelProposer }> {
  const events: RunEvent[] = [];
  const { recorded } = options;
  const sink = {
    append: (event: object): void => void events.push({ ...event, seq: events.length + 1, at: 0 } as RunEvent),
  };
  const formats = [...editFormats(languages)].filter(([id]) => options.formats?.includes(id) ?? true);
  const proposer = new ModelProposer({
    id: "model:scripted",
    model,
    profile: options.profile ?? profileOf(model),
    formats: new Map(formats),
    templates: PromptTemplates.load(),
    languages,
    sources: { "src/a.js": BASE },
    ...(options.guidance === undefined ? {} : { guidance: options.guidance }),
    task: {
      system: "system",
      goal: "Change the code so that the failing tests pass.",
      failing: [{ test: "larger of 2 and 1", message: "expected 2, got 1" }],
      suspiciousness: { "src/a.js": [0, 0.5, 1, 0, 0.2, 0, 0] },
      lessons: ["Look at the branches first."],
    },
  });
  const target = new Target({ "src/a.js": BASE }, "tree");
  const result = await runLoop({
    target,
    check,
    gate,
    search: options.search ?? fromBase,
    proposer,
    base: judgedBase(target, verdictOf(BASE), gate),
    journal: new Journal(recorded ?? [], recorded === undefined ? sink : null),
    budget: new Budget(options.limits ?? LIMITS),
    seed: 3,
    window: 2,
    elapsed: () => 0,
    signal: new AbortController().signal,
  });
  return { result, events, proposer };
}

const SEARCH = { formats: ["search-replace"] };
const notesOf = (events: readonly RunEvent[]): readonly string[] =>
  events.flatMap((event) => (event.type === "proposed" || event.type === "missed" ? (event.data.notes ?? []) : []));

test("a right answer becomes a candidate that says who made it, in which form, and why", async () => {
  const model = new Scripted(() => block("    return b;", "    return a;"));
  const { result, events } = await run(model, SEARCH);
  assert.equal(result.reason, "fixed");
  const { origin } = result.archive.incumbent().candidate;
  assert.equal(origin.mechanical, undefined, "what a model wrote is judged twice");
  assert.deepEqual(origin.answer, {
    model: "scripted-1",
    format: "search-replace",
    explanation: "The branch gives the wrong one.",
  });
  assert.equal(origin.summary, "The branch gives the wrong one.");
  assert.ok(events.some((event) => event.type === "answered" && event.data.tokens === 560));
});

test("how sure the model was goes with the candidate: of the answer that made it, and nothing where it is not told", async () => {
  const sure = new Scripted(() => ({ text: block("    return b;", "    return a;"), meanLogProbability: -0.25 }));
  const { result } = await run(sure, SEARCH);
  assert.equal(result.archive.incumbent().candidate.origin.answer?.meanLogProbability, -0.25);
  const corrected = new Scripted(({ messages }) =>
    messages.length > 2
      ? { text: block("    return b;", "    return a;"), meanLogProbability: -2 }
      : { text: block("    return c;", "    return a;"), meanLogProbability: -0.5 },
  );
  const again = await run(corrected, SEARCH);
  assert.equal(again.result.archive.incumbent().candidate.origin.answer?.meanLogProbability, -2);
});

test("the prompt holds the files, the failing tests, the suspicious lines, the lessons and what was tried", async () => {
  const wrong = block("    return b;", "    return 1;");
  const model = new Scripted((_, call) => (call === 1 ? wrong : block("    return b;", "    return a;")));
  await run(model, SEARCH);
  const said = model.requests.map(({ messages }) => messages.map(({ content }) => content).join("\n"));
  for (const part of ["if (a > b) {", "expected 2, got 1", "src/a.js:3: return b;", "Look at the branches first."])
    assert.ok(said[0]?.includes(part), part);
  assert.ok(said.at(-1)?.includes("not passing: larger of 2 and 1"), "the outcome of the first attempt");
  assert.equal(model.requests[0]?.temperature, 0);
  assert.ok((model.requests.at(-1)?.temperature ?? 0) > 0, "the same question again wants another answer");
});

test("the prompt holds what the search says for the request, and nothing where it says nothing", async () => {
  const hint = "The fault is of the kind wrong-variable, in line 3.";
  const hinted: Search = { ...fromBase, ask: (view, rng) => ({ ...fromBase.ask(view, rng), hint }) };
  for (const search of [hinted, fromBase]) {
    const model = new Scripted(() => block("    return b;", "    return a;"));
    await run(model, { ...SEARCH, search });
    const said = model.requests[0]?.messages.map(({ content }) => content).join("\n") ?? "";
    assert.equal(said.includes(`For this attempt:\n\n${hint}`), search === hinted);
    assert.equal(said.includes("For this attempt:"), search === hinted);
  }
});

test("an edit that does not apply goes back once, with the reason", async () => {
  const model = new Scripted(({ messages }) =>
    messages.length > 2 ? block("    return b;", "    return a;") : block("    return c;", "    return a;"),
  );
  const { result, events } = await run(model, SEARCH);
  assert.equal(result.reason, "fixed");
  const turns = events.filter(({ type }) => type === "proposed" || type === "missed").length;
  assert.equal(model.requests.length, 2 * turns);
  const correction = model.requests[1]?.messages ?? [];
  assert.deepEqual(
    correction.slice(-2).map(({ role }) => role),
    ["assistant", "user"],
  );
  assert.match(correction.at(-1)?.content ?? "", /could not be applied[^]*src\/a\.js/);
  assert.ok(notesOf(events).some((note) => note.startsWith("problem: ")));
});

test("a correction fits into the context with what was said before, and holds the reason", async () => {
  const talk = Array.from({ length: 30 }, (_, i) => `Step ${i}: the branch of the two numbers is looked at once more.`);
  const notes: string[] = [];
  for (const contextTokens of [1100, 1300, 1600, 2400]) {
    const model = new Scripted(
      () => `${talk.join("\n")}\n\n${block("    return c;", "    return a;")}`,
      1,
      contextTokens,
    );
    const { events } = await run(model, { ...SEARCH, limits: { evaluations: 2 } });
    notes.push(...notesOf(events));
    for (const request of model.requests) {
      const { messages, maxOutputTokens } = request;
      const tokens = messages.reduce((sum, { content }) => sum + estimateTokens(content), maxOutputTokens);
      assert.ok(tokens <= contextTokens, `${messages.length} messages: ${tokens} of ${contextTokens}`);
      if (messages.length > 2) assert.match(messages.at(-1)?.content ?? "", /could not be applied[^]*src\/a\.js/);
    }
    assert.ok(
      model.requests.some(({ messages }) => messages.length > 2),
      `corrected with ${contextTokens} tokens`,
    );
  }
  assert.ok(notes.some((note) => note.startsWith("prompt of the correction: the answer: the first ")));
});

test("a budget in tokens leaves room for a correction, also where the bound of a call is exact", async () => {
  // As a GGUF file counts: the tokens themselves, and no second attempt.
  const exact = new (class extends Scripted {
    override bound({ messages, maxOutputTokens }: ModelRequest): { tokens: number; dollars: number } {
      return {
        tokens: messages.reduce((sum, { content }) => sum + estimateTokens(content), maxOutputTokens),
        dollars: 0,
      };
    }
    override async generate(request: ModelRequest): Promise<ModelAnswer> {
      const inputTokens = this.bound({ ...request, maxOutputTokens: 0 }).tokens;
      const usage = { inputTokens, outputTokens: 60, cachedInputTokens: 0, reported: true };
      return { ...(await super.generate(request)), usage };
    }
  })(
    ({ messages }) =>
      messages.length > 2 ? block("    return b;", "    return a;") : block("    return c;", "    return a;"),
    1,
    2048,
  );
  const { result, events } = await run(exact, { ...SEARCH, limits: { evaluations: 12, tokens: 12_000 } });
  assert.equal(result.reason, "fixed", notesOf(events).join("\n"));
});

test("without room for a correction the request ends with a note, and the run goes on", async () => {
  const model = new Scripted(() => "hm ".repeat(1500), 1, 1300);
  const { events, result } = await run(model, SEARCH);
  assert.equal(result.reason, "no new candidates");
  assert.ok(model.requests.every(({ messages }) => messages.length <= 2));
  assert.ok(notesOf(events).some((note) => note.startsWith("correction: the shortest prompt takes ")));
});

test("an answer without an edit is never silent, and costs one correction at most", async () => {
  const model = new Scripted(() => "I do not know.");
  const { result, events } = await run(model, { ...SEARCH, limits: { evaluations: 3 } });
  assert.equal(result.reason, "no new candidates");
  const missed = events.filter((event) => event.type === "missed");
  assert.equal(model.requests.length, 2 * missed.length);
  for (const event of missed)
    assert.ok(event.type === "missed" && event.data.notes.some((note) => note.startsWith("problem: ")));
});

test("a refusal is noted and not argued with", async () => {
  const model = new Scripted(() => ({ finish: "refusal", text: "I cannot help with that." }));
  const { events } = await run(model, SEARCH);
  assert.equal(model.requests.length, events.filter((event) => event.type === "missed").length);
  assert.ok(notesOf(events).some((note) => note.includes("refused") || note.includes("refusal")));
});

test("faults are on record; those a person has to repair, and too many in a row, end the run", async () => {
  const now = (call: number): Reply =>
    call % 3 === 0 ? block("    return b;", `    return ${call};`) : fault("server");
  const { events, result } = await run(new Scripted((_, call) => now(call)), SEARCH);
  assert.equal(result.reason, "evaluations");
  const faults = events.filter((event) => event.type === "answered" && event.data.fault !== undefined);
  assert.ok(faults.length > 5);
  assert.ok(notesOf(events).some((note) => note.includes("503 server")));
  await assert.rejects(run(new Scripted(() => fault("authentication")), SEARCH), { name: "ModelError" });
  await assert.rejects(run(new Scripted(() => fault("connection")), SEARCH), { name: "ModelError" });
});

test("a replay needs no model and gives identical events, with many calls in flight and a budget in tokens", async () => {
  const reply = (_: ModelRequest, call: number): Reply =>
    call % 4 === 0 ? fault("timeout") : call % 4 === 1 ? "Hm." : block("    return b;", `    return ${call};`);
  for (const limits of [{ evaluations: 12 }, { evaluations: 40, tokens: 40_000 }]) {
    const model = new Scripted(reply, 5);
    const { events, result } = await run(model, { limits });
    const profile = profileOf(model);
    const again = await run(recordedModel(profile), { limits, profile, recorded: events });
    assert.deepEqual([again.result.reason, again.result.spent], [result.reason, result.spent]);
    assert.equal(result.reason, limits.tokens === undefined ? "evaluations" : "tokens");
    assert.ok(result.spent.tokens <= (limits.tokens ?? Infinity));
    const lines = events.filter(isOrdered).map((event) => canonicalJson(event.data));
    assert.equal(lines.length, new Set(lines).size);
  }
});

test("a whole file ends its answer: what follows is not asked for, and the candidate is the same", async () => {
  const answer = wholeFile(RIGHT);
  const model = new Scripted(({ enough }) => {
    for (let end = 1; end <= answer.length; end += 1)
      if (enough?.(answer.slice(0, end)) === true) return { text: answer.slice(0, end), finish: "enough" };
    return new Error("the stream was not ended");
  });
  const { result, events } = await run(model, { formats: ["whole-file"] });
  assert.equal(result.reason, "fixed");
  assert.ok(notesOf(events).includes("whole-file: 1 edits"), notesOf(events).join("\n"));
  const blocks = new Scripted(
    ({ enough }) => (assert.equal(enough, undefined), block("    return b;", "    return a;")),
  );
  assert.equal((await run(blocks, SEARCH)).result.reason, "fixed");
});

test("the format is chosen by what could be applied", async () => {
  const model = new Scripted(({ messages }, call) =>
    messages[0]?.content.includes("SEARCH") === true
      ? block("    no such line;", "    return a;")
      : wholeFile(BASE.replace("return b;\n  }", `return ${call};\n  }`)),
  );
  const formats = ["search-replace", "whole-file"];
  const { events, proposer } = await run(model, { formats, limits: { evaluations: 30 } });
  const known = proposer.formatsKnown();
  const of = (id: string): { tries: number; reward: number } => known[id] ?? { tries: 0, reward: 0 };
  assert.ok(of("whole-file").tries > 3 * of("search-replace").tries, canonicalJson(known));
  assert.equal(of("search-replace").reward, 0);
  assert.ok(events.length > 60);
});

/** Each request from the candidate told last. */
function fromLast(): Search {
  let last: string | null = null;
  return {
    ...fromBase,
    ask: (view) => ({ parent: last ?? view.base.candidate.id, edits: 1, temperature: 0 }),
    tell: ({ candidate }) => {
      last = candidate.id;
    },
  };
}

test("levels of feedback: of the last program right or wrong, what came out, or the model's own account of the code", async () => {
  const told: Record<string, string> = {};
  for (const feedback of ["simple", "tests", "explanation"] as const) {
    const model = new Scripted(({ messages }, call) => {
      if (messages[0]?.content.startsWith("Explain") === true) return "3: it gives back the second one";
      return messages.some(({ content }) => content.includes("return 1;\n"))
        ? block("    return 1;", `    return ${call + 1};`)
        : block("    return b;", "    return 1;");
    });
    const options = { ...SEARCH, limits: { evaluations: 6 }, guidance: { feedback }, search: fromLast() };
    const { events, result } = await run(model, options);
    const prompts = model.requests.map(({ messages }) => messages.map(({ content }) => content).join("\n"));
    const last =
      prompts.find((each) => each.includes("What became of the code") && each.includes("+    return 1;")) ?? "";
    told[feedback] = last.slice(last.indexOf("What became of the code"), last.indexOf("Other attempts"));
    const profile = profileOf(model);
    const again = await run(recordedModel(profile), { ...options, search: fromLast(), profile, recorded: events });
    assert.deepEqual(again.result.spent, result.spent, feedback);
  }
  assert.match(told["simple"] ?? "", /above:\s+The change is wrong: not all tests pass\.\s+/);
  assert.doesNotMatch(told["simple"] ?? "", /larger of 2 and 1/);
  assert.match(told["tests"] ?? "", /larger of 2 and 1: expected 2, got 1/);
  assert.doesNotMatch(told["tests"] ?? "", /line by line/);
  assert.match(told["explanation"] ?? "", /line by line:\n3: return 1;\n {3}it gives back the second one/);
});

test("an explanation that cannot be had is made from the syntax tree, and the request goes on", async () => {
  const model = new Scripted(({ messages }) =>
    messages[0]?.content.startsWith("Explain") === true ? fault("server") : block("    return b;", "    return a;"),
  );
  const { result } = await run(model, { ...SEARCH, guidance: { feedback: "explanation" } });
  assert.equal(result.reason, "fixed");
  const said = model.requests.map(({ messages }) => messages.map(({ content }) => content).join("\n"));
  assert.ok(said.some((each) => /line by line:\n1: export function larger/.test(each)));
});
