import { SERVER_FAULTS } from "../../packages/propose/src/model/fixture-fault-server.ts";
import { existsSync, readFileSync } from "node:fs";
import { banditSummary, percent, type BanditLine } from "../claims/bandit.ts";
import type { FaultFigures } from "../claims/faults-judge.ts";
import type { RealModelFigures } from "../claims/real-model.ts";
import type { SmallModelLine } from "../claims/small-model.ts";
import { modelsSummary, type ModelsFigures } from "../claims/models.ts";

const MODELS = new URL("../../docs/data/models.json", import.meta.url);
const FAULTS = new URL("../../docs/data/faults.json", import.meta.url);
const REAL = new URL("../../docs/data/real-model.json", import.meta.url);
const SMALL = new URL("../../docs/data/small-model.json", import.meta.url);
const BANDIT = new URL("../../docs/data/bandit.json", import.meta.url);

/** docs/models.md: how models are asked, and what it costs. */
export function modelsDocument(): string {
  const models = read<ModelsFigures>(MODELS);
  const faults = read<FaultFigures>(FAULTS);
  const real = read<RealModelFigures>(REAL);
  const small = read<readonly SmallModelLine[]>(SMALL);
  const bandit = read<readonly BanditLine[]>(BANDIT);
  return [
    "# Language models, measured",
    "",
    "Written by `npm run docs` from docs/data/models.json (`npm run claims -- models`), docs/data/faults.json (`npm run claims -- faults`),",
    "docs/data/real-model.json (`npm run claims -- real-model`), docs/data/small-model.json (`npm run claims -- small-model`) and docs/data/bandit.json",
    "(`npm run claims -- bandit`). How to use one is told in [guides/use-a-model.md](guides/use-a-model.md).",
    "",
    "## Which model, and who else",
    "",
    "`--proposer model:<id>` asks one model: `model:anthropic/<name>`, `model:openai/<name>`, `model:google/<name>`,",
    "`model:http://localhost:8080/v1#<name>` for any OpenAI-compatible server, `model:./file.gguf` for a file on this machine. Keys come from the",
    "environment (`ANTHROPIC_API_KEY`, `OPENAI_API_KEY`, `GOOGLE_GENERATIVE_AI_API_KEY`, `PAWL_MODEL_KEY`) and are never recorded. It works for `pawl fix`,",
    "`pawl evolve` and `pawl speed`. Models can have names in `pawl.config.ts`:",
    "",
    "```ts",
    'import { defineConfig } from "pawl";',
    "",
    "export default defineConfig({",
    '  models: { fast: "openai/<name>", local: { id: "http://localhost:8080/v1#<name>", concurrency: 4 } },',
    "});",
    "```",
    "",
    "Then `--proposer model:fast` asks that one, and `--proposer mix`, which is the default where models are configured, asks all of them and Pawl's own",
    "proposer beside them; `--proposer syntax` (`speed` for `pawl speed`) asks no model. A bandit gives each request to whoever is likely to get the most out of",
    "the budget. It starts with what earlier runs of the project taught it for the command and the language.",
    "",
    "## What is asked, and what becomes of it",
    "",
    "The prompt holds the files (the most suspicious first), the failing tests, the suspicious lines, what became of other attempts, and the question. It is",
    "shortened by priority when it does not fit. The form of the answer is chosen by how often answers in it could be applied, for each model. An answer that",
    "does not apply goes back once with the reason. What came of every answer is in the events: `answered` has the answer or the fault and what it cost,",
    "`proposed` and `missed` have notes. What a model wrote is judged like everything that Pawl did not make itself: a second time, in a process of its own",
    "(which takes a sandbox).",
    "",
    "## Budgets and replays",
    "",
    "`--budget 500000tok` and `--budget 2usd` are reserved before a question is asked, at the most it can cost, and settled by what it did cost. A",
    "budget in money needs a price; without one Pawl says so and asks nothing. Without `--budget` a run with models may use 200 evaluations, 15 minutes and",
    "500,000 tokens; `--budget` replaces all three. Answers are recorded as they arrive and used in the order of the requests",
    "([decision 011](decisions/011-answers-from-outside.md)): `pawl replay` needs no model, and `pawl resume` pays for no answer twice.",
    "",
    "## What the engine takes",
    "",
    ...(models === null ? ["Not measured yet: `npm run claims -- models`."] : costOf(models)),
    "",
    "## Servers that misbehave",
    "",
    ...(faults === null ? ["Not measured yet: `npm run claims -- faults`."] : faultsOf(faults)),
    "",
    "## A real model, from end to end",
    "",
    ...(real === null ? ["Not measured yet: `npm run claims -- real-model`."] : realOf(real)),
    "",
    ...(small === null ? ["What it repairs: not measured yet: `npm run claims -- small-model`."] : repairedBy(small)),
    "",
    "## Where a mix spends its budget",
    "",
    ...(bandit === null ? ["Not measured yet: `npm run claims -- bandit`."] : sharesOf(bandit)),
    "",
  ].join("\n");
}

function read<T>(file: URL): T | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as T) : null;
}

function costOf(figures: ModelsFigures): string[] {
  const { engineMs, growth, httpMs, rssMb, naiveMs, naiveMb, reached } = modelsSummary(figures);
  return [
    `The claim: with an endpoint that answers at once, less than 2 ms of CPU for a proposal over 1,000 proposals, no more at the end than at the beginning (1.3 times at most), and less than 300 MB for 200 calls in flight. ${reached ? "Reached." : "Not reached."}`,
    "",
    "| | CPU for a proposal or call | memory |",
    "|---|---|---|",
    `| the engine: prompt, reading the answer, loop, record | ${engineMs.toFixed(2)} ms (last quarter ${growth.toFixed(2)} times the second) | ${figures.engine.rssMb.toFixed(0)} MB |`,
    `| the same with the provider's client, over HTTP | ${httpMs.toFixed(2)} ms | ${figures.http.rssMb.toFixed(0)} MB |`,
    `| 200 calls in flight from one process | ${figures.inFlight.cpuMs.length === 0 ? "" : `${(figures.inFlight.cpuMs.reduce((sum, each) => sum + each, 0) / figures.inFlight.cpuMs.length).toFixed(2)} ms`} | ${rssMb.toFixed(0)} MB |`,
    `| one process for each call, same endpoint | ${naiveMs.toFixed(0)} ms | ${naiveMb.toFixed(0)} MB for 200 at once |`,
  ];
}

function faultsOf(figures: FaultFigures): string[] {
  const { calls, requests, faults, answered, partial, failed, candidates, gaveUpFirst } = figures;
  const rows: readonly (readonly [string, number])[] = [
    ["calls without an end on record", figures.lost],
    ["calls with two", figures.doubled],
    ["answers that became no candidate, though no other said the same", figures.lostCandidates],
    ["candidates that are there twice", figures.doubledCandidates],
    ["answers or candidates that are not what was sent for that call", figures.wrong],
    ["faults that the record does not name", figures.hidden],
    ["calls that cost more than their bound", figures.overBound],
    ["runs that spent more than their budget, in tokens or in money", figures.overBudget],
  ];
  return [
    `The claim: of 10,000 calls to servers of OpenAI's and Anthropic's protocol that spoil 30 % of all requests in ${SERVER_FAULTS.length} ways (busy, out of order, silent, cut, doubled, huge,`,
    "empty, refusing, lying about usage …), asked through the real loop, none is lost or doubled, every fault is on record, and no budget is exceeded.",
    `Measured: ${calls} calls, ${requests} requests, ${faults} of them spoiled; ${answered} calls ended with an answer, ${partial} with what came before a cut, ${failed} with a`,
    `recorded failure after all attempts; ${candidates} candidates. Equal texts (refusals) are one candidate. ${gaveUpFirst} requests were given up by a busy client before the server failed them.`,
    "",
    "| | count |",
    "|---|---|",
    ...rows.map(([name, count]) => `| ${name} | ${count} |`),
  ];
}

function realOf({ model, fixes, both, same }: RealModelFigures): string[] {
  return [
    `The claim: \`pawl fix\` with a real model (${model.replace(/\.Q.*/, "")}, 135 million parameters) runs from end to end on examples/npm-library, as a GGUF file in`,
    "Pawl's own process and through an OpenAI-compatible server of the same model; the replay of both, with the file gone and the server closed, gives identical",
    "events. It is about the way, not about what the model is able to do.",
    "",
    "| way | result | answers | of them corrections | candidates | requests without one | tokens | mean log-probability of the first answer | events replayed | identical |",
    "|---|---|---|---|---|---|---|---|---|---|",
    ...fixes.map(
      (fix) =>
        `| ${fix.way === "gguf" ? "GGUF file" : "HTTP"} | ${fix.status} | ${fix.answers} | ${fix.corrections} | ${fix.candidates} | ${fix.missed} | ${fix.tokens} | ${fix.logProbability?.toFixed(2) ?? "not told"} | ${fix.events} | ${fix.identical ? "yes" : "no"} |`,
    ),
    "",
    `Of ${both} questions that came up both ways, ${same} had the same answer to the letter.`,
  ];
}

function repairedBy(lines: readonly SmallModelLine[]): string[] {
  return [
    "What it repairs, reported only: functions of one line with one wrong token, one seed, the same budget in tokens for each. Too few to tell levels of feedback",
    "apart; they differ little where a run hardly gets beyond the code it starts from, and `explanation` sets more aside for a request, so that its budget ends sooner.",
    "",
    "| `--feedback` | functions | repaired | answers | tokens | new candidates |",
    "|---|---|---|---|---|---|",
    ...lines.map(
      ({ feedback, functions, solved, answers, candidates, tokens }) =>
        `| ${feedback} | ${functions} | ${solved} | ${answers} | ${tokens} | ${candidates} |`,
    ),
  ];
}

function sharesOf(lines: readonly BanditLine[]): string[] {
  return [
    "Synthetic mixes in which the first arm gives twice as much per unit of cost as each other, 20 seeds. The claim is about two arms: 80 % after 200 proposals.",
    "It was first read as: with every seed, which was not reached. After that run it was changed to: as the mean of the seeds, which is reached. The last two",
    "columns tell how far the seeds lie apart.",
    "",
    "| mix | first 200 proposals | the 200 after | least of 20 seeds | seeds at 80 % or more |",
    "|---|---|---|---|---|",
    ...banditSummary(lines).map(
      ({ mix, first, after, least, seeds }) =>
        `| ${mix} | ${percent(first)} | ${percent(after)} | ${percent(least)} | ${seeds} |`,
    ),
  ];
}
