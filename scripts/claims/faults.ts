import { writeFileSync } from "node:fs";
import type { BudgetLimits } from "@pawl/core";
import { openModel, type Model } from "@pawl/propose";
import { startFaultServer, type FaultServer } from "../../packages/propose/src/model/fixture-fault-server.ts";
import { answersOf, judge, type Counts } from "./faults-judge.ts";
import { askThroughLoop, IN_FLIGHT } from "./faults-engine.ts";

const DATA = new URL("../../docs/data/faults.json", import.meta.url);
const FAULT_RATE = 0.3;
const SILENCE_SECONDS = 5;

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

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
