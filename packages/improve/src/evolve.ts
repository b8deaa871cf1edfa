import { Target, type ArchiveView, type Check, type Json, type Proposer, type RunSession } from "@pawl/core";
import { BlockFence, BlockProposer, OUTSIDE_OF_BLOCKS, type Languages } from "@pawl/propose";
import { createSearch } from "@pawl/search";
import { SCORE } from "@pawl/verify";
import { baselineFor, baselineOf } from "./evolve-baseline.ts";
import { evolveConfigOf, type EvolveConfig } from "./evolve-config.ts";
import { demandProposer } from "./demand-proposer.ts";
import { baseVerdict, EvolveEnvironment, type EvolvePlan } from "./evolve-environment.ts";
import { measure, type Measured } from "./evolve-measure.ts";
import { defaultProposer, EVOLVE_PROPOSERS, proposerFor, searchFor } from "./evolve-proposer.ts";
import { evolveResult } from "./evolve-result.ts";
import { startRun, stateFolder } from "./execute.ts";
import { scoreGate } from "./gates.ts";
import { asksModels, withModels } from "./models.ts";
import { parseObjectives } from "./objectives.ts";
import type { EvolveOptions } from "./options.ts";
import { outsideTerms } from "./outside-proposers.ts";
import { recordedOnly } from "./recorded-check.ts";
import type { Baseline, EvolveResult } from "./results.ts";
import { RunFrame, type RunWatch } from "./run-frame.ts";
import { scoreGoal, scoreTask } from "./work-task.ts";

const SYNTAX = "syntax";
/** Error budget of a run: the chance that anything is kept that is not better. */
const RUN_ALPHA = 0.05;
const MOST_PAIRS = 40;

/** Raises (or lowers) a score. Throws a UsageError when the score cannot be had, an InterruptedError when the run was paused. */
export async function evolve(given: EvolveOptions): Promise<EvolveResult> {
  const options = await withModels(given, defaultProposer(given.files, given.problem) === SYNTAX);
  const config = evolveConfigOf(options);
  createSearch(config.search); // an unknown name is said before anything is started
  demandProposer(config, EVOLVE_PROPOSERS);
  await using environment = await EvolveEnvironment.open(options);
  const start = { folder: stateFolder(options), command: "evolve", config: config as unknown as Json };
  return await startRun({ ...start, signal: options.signal }, (session) =>
    runEvolve(session, config, environment, options),
  );
}

/** The run itself: the same code for a new run, a resumed one, and a replay (which has no environment). */
export async function runEvolve(
  session: RunSession,
  config: EvolveConfig,
  environment: EvolveEnvironment | null,
  options: RunWatch,
): Promise<EvolveResult> {
  const named = config.objective === null ? null : parseObjectives(config.objective, config);
  const sign = named?.[0].sign ?? (config.minimize ? -1 : 1);
  const view = { best: (archive: ArchiveView) => archive.incumbent(), sign } as const;
  const frame = new RunFrame("evolve", session, config, environment, options, view);
  const { progress, signal } = frame;
  progress.phase(`measuring the start: ${config.score}`);
  const plan = await frame.project((live) => live.plan(signal));
  if (config.objective === null && plan.objective !== SCORE)
    progress.note(`the score has no number named ${SCORE}: its first, ${plan.objective}, counts (--objective chooses)`);
  await environment?.limit(plan);
  const target = new Target(plan.sources, plan.tree);
  const check: Check = environment?.check ?? recordedOnly();
  const gate = scoreGate(check, {
    target,
    objective: plan.objective,
    sign,
    alpha: RUN_ALPHA,
    minGain: config.minGain,
    tolerance: named?.[0].tolerance ?? 0,
    others: plan.others,
    goal: config.goal,
    maxPairs: MOST_PAIRS,
  });
  const languages = await frame.languages();
  const { sources } = plan;
  const outside = outsideTerms(config.proposer);
  const window = outside?.window ?? plan.window;
  const blocks = config.blocks === true;
  const ownName = asksModels(config.proposer) || outside !== null ? SYNTAX : config.proposer;
  const own = await proposerFor(ownName, sources, languages, { ...config, blocks, window });
  const fence = blocks && outside !== null ? new BlockFence(languages, sources) : null;
  const engaged = await frame.engage(own, {
    target,
    models: {
      task: { system: "system-improve", goal: scoreGoal(config, plan, sign), failing: [], suspiciousness: {} },
      sources,
      languages,
    },
    work: () => scoreTask(config, plan, sign),
    refusal: (path, text) => (fence?.keeps(path, text) === false ? OUTSIDE_OF_BLOCKS : null),
  });
  const loop = await frame.search({
    target,
    check,
    gate,
    search: searchFor(config.search, outside === null ? ownName : config.proposer, {
      blocks,
      objectives: [plan, ...plan.others],
      sign,
    }),
    proposer: blocks && engaged !== own ? withinBlocks(engaged, plan, languages) : engaged,
    base: baseVerdict(plan),
    window,
  });

  const baselines = (await session.observe("baselines", async () => {
    if (!config.baselines || loop.screened === 0) return [];
    progress.phase(`the same budget for the baseline: ${baselineFor(config.proposer).name}`);
    const used = { evaluations: loop.screened, seconds: Math.max(1, frame.searched()) };
    return [await baselineOf({ target, check, gate, plan, config, languages, used, signal })] as unknown as Json[];
  })) as unknown as readonly Baseline[];

  const best = loop.archive.incumbent().candidate;
  progress.phase("measuring the result again");
  const others = plan.others.map((each) => each.objective);
  const measured = (await session.observe(
    "final",
    async () => (await measure(frame.live(), target, best, plan.objective, others, signal)) as unknown as Json,
  )) as unknown as Measured;
  const result = evolveResult(frame, config, plan, loop, target, best, measured, baselines, sign);
  return frame.finish(result, loop.kept.length === 0 ? null : best);
}

/** What models and their like propose, where it changes nothing but blocks. */
function withinBlocks(inner: Proposer, { sources }: EvolvePlan, languages: Languages): Proposer {
  return new BlockProposer({ languages, sources, inner, drawn: false });
}
