/** A process of its own: a run of model proposals on an endpoint, in the real loop and with a real store; prints what it cost as JSON. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  Budget,
  judgedBase,
  runLoop,
  RunSession,
  Store,
  Target,
  type Check,
  type Gate,
  type Verdict,
} from "@pawl/core";
import {
  editFormats,
  Languages,
  ModelProposer,
  openModel,
  profileOf,
  PromptTemplates,
  type Model,
  type ModelAnswer,
} from "@pawl/propose";
import { createSearch } from "@pawl/search";
import { keepYoungGenerationSmall } from "../../packages/cli/src/young-generation.ts";

keepYoungGenerationSmall(); // as the command does
const [url = "", proposals = "1000", concurrency = "16", mode = "http"] = process.argv.slice(2);
const BASE = `export function score(x) {\n  if (x > 1) return 1;\n  return 0;\n}\n`;

const verdict: Verdict = {
  status: "failed",
  scores: { passed: [0] },
  failing: ["score of 2"],
  feedback: [],
  cost: { wallMs: 0, cpuMs: 0 },
  evidence: [],
};
const check: Check = {
  id: "none",
  deterministic: true,
  screen: async () => verdict,
  confirm: async () => verdict,
  close: async () => {},
};
const gate: Gate = {
  fitness: () => 0,
  promising: () => false,
  confirm: () => Promise.reject(new Error("nothing is promising")),
  satisfied: () => null,
};

const answerOf = (n: number): ModelAnswer => ({
  model: "in-process",
  text: `Try another number.\n\nsrc/a.js\n<<<<<<< SEARCH\n  return 0;\n=======\n  return ${n};\n>>>>>>> REPLACE\n`,
  toolCalls: [],
  finish: "stop",
  usage: { inputTokens: 400, outputTokens: 40, cachedInputTokens: 0, reported: true },
  dollars: 0,
  attempts: 1,
  faults: [],
});

/** The same answers without a provider, so that what is left is the engine's own. */
function inProcess(): Model {
  let answers = 0;
  return {
    id: "in-process",
    contextTokens: 32_000,
    concurrency: Number(concurrency),
    countTokens: (text) => text.length,
    bound: () => ({ tokens: 10_000, dollars: 0 }),
    generate: async () => answerOf(++answers),
    close: async () => {},
  };
}

const languages = await Languages.load();
const model = mode === "http" ? await openModel(`${url}#instant`, { concurrency: Number(concurrency) }) : inProcess();
const format = editFormats(languages).get("search-replace");
if (format === undefined) throw new Error("no edit format search-replace");
const proposer = new ModelProposer({
  id: "model:instant",
  model,
  profile: profileOf(model),
  formats: new Map([["search-replace", format]]),
  templates: PromptTemplates.load(),
  languages,
  task: {
    system: "system",
    goal: "Change the code so that the failing test passes.",
    failing: [{ test: "score of 2", message: "expected 3, got 1" }],
    suspiciousness: { "src/a.js": [0, 1, 0.5, 0] },
  },
  sources: { "src/a.js": BASE },
});
const folder = mkdtempSync(join(tmpdir(), "pawl-models-claim-"));
const store = Store.open(folder);
const session = RunSession.create(store, "claim", {});
const target = new Target({ "src/a.js": BASE }, "tree");
const quarters: number[] = [];
let screened = 0;
let from = process.cpuUsage();
let rss = 0;
const quarter = Number(proposals) / 4;
try {
  const result = await runLoop({
    target,
    check,
    gate,
    search: createSearch("best-of-n"),
    proposer,
    base: judgedBase(target, verdict, gate),
    journal: session.journal,
    budget: new Budget({ evaluations: Number(proposals) }),
    seed: 1,
    window: 8,
    elapsed: () => 0,
    signal: new AbortController().signal,
    onProgress: () => {
      rss = Math.max(rss, process.memoryUsage.rss());
      if (++screened % quarter !== 0) return;
      const { user, system } = process.cpuUsage(from);
      quarters.push((user + system) / 1000 / quarter);
      from = process.cpuUsage();
    },
  });
  process.stdout.write(`${JSON.stringify({ screened: result.screened, cpuMs: quarters, rssMb: rss / 2 ** 20 })}\n`);
} finally {
  await proposer.close();
  session.close();
  store.close();
  rmSync(folder, { recursive: true });
}
