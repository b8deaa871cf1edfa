import {
  Target,
  type ArchiveView,
  type Check,
  type Gate,
  type Json,
  type Proposer,
  type RunSession,
  type Search,
} from "@pawl/core";
import { SpeedProposer, SyntaxProposer, UNIFORM_MODEL, type Languages } from "@pawl/propose";
import { createSearch, HillClimb } from "@pawl/search";
import { LOG_CPU } from "@pawl/verify";
import { demandProposer } from "./demand-proposer.ts";
import { startRun, stateFolder } from "./execute.ts";
import { scoreGate } from "./gates.ts";
import { withModels } from "./models.ts";
import type { SpeedOptions } from "./options.ts";
import { outsideTerms } from "./outside-proposers.ts";
import { recordedOnly } from "./recorded-check.ts";
import type { SpeedResult } from "./results.ts";
import { RunFrame, type RunWatch } from "./run-frame.ts";
import { speedConfigOf, type SpeedConfig } from "./speed-config.ts";
import { speedBaseVerdict, SpeedEnvironment, type SpeedPlan } from "./speed-environment.ts";
import { BEST_ALONE } from "./evolve-proposer.ts";
import { asksForPairs, reviewed, reviewedGate } from "./speed-expert.ts";
import { lastWord, type FinalSpeed } from "./speed-measure.ts";
import { speedResult } from "./speed-result.ts";
import { speedGoal, speedTask } from "./work-task.ts";

/** Who may propose changes: rewrites that are known to save time, or, as a control, any edit. */
export const SPEED_PROPOSERS = ["speed", "random"] as const;

/** Error budget of a run: the chance that anything is kept that is not faster. */
const RUN_ALPHA = 0.05;
const MOST_PAIRS = 40;
/** Screenings within this of the best are not worth a measurement. */
const PROMISING = Math.log(1.08);

/** Makes a function faster. Throws a UsageError when it cannot be called or measured, an InterruptedError when the run was paused. */
export async function speed(given: SpeedOptions): Promise<SpeedResult> {
  const options = await withModels(given);
  const config = speedConfigOf(options);
  createSearch(config.search); // an unknown name is said before anything is started
  demandProposer(config, SPEED_PROPOSERS);
  await using environment = await SpeedEnvironment.open(options);
  const start = { folder: stateFolder(options), command: "speed", config: config as unknown as Json };
  return await startRun({ ...start, signal: options.signal }, (session) =>
    runSpeed(session, config, environment, options),
  );
}

/** The run itself: the same code for a new run, a resumed one, and a replay (which has no environment). */
export async function runSpeed(
  session: RunSession,
  config: SpeedConfig,
  environment: SpeedEnvironment | null,
  options: RunWatch & Pick<SpeedOptions, "expertDesk">,
): Promise<SpeedResult> {
  const view = { best: (archive: ArchiveView) => archive.incumbent(), sign: -1 } as const;
  const frame = new RunFrame("speed", session, config, environment, options, view);
  const { progress, signal } = frame;
  const plan = await frame.project((live) => live.plan(config.seed, signal, (phase) => progress.phase(phase)));
  const target = new Target(plan.sources, plan.tree);
  const check = environment === null ? null : await environment.check(plan, signal);
  const languages = await frame.languages();
  const { sources, module, call, heat } = plan;
  const engaged = await frame.engage(proposerOf(config, plan, languages), {
    target,
    models: {
      task: {
        system: "system-improve",
        goal: speedGoal(plan),
        failing: [],
        suspiciousness: { [module]: heat },
        focus: { path: module, name: call },
      },
      sources,
      languages,
    },
    work: () => speedTask(plan),
  });
  const judge: Check = check ?? recordedOnly();
  const { expertDesk: desk } = options;
  const loop = await frame.search({
    target,
    check: judge,
    gate: reviewedGate(speedGate(judge, target, config), config.expert, desk),
    search: searchOf(config),
    proposer: reviewed(engaged, config.expert, plan, desk),
    base: speedBaseVerdict(plan),
    // A person hears of one rewrite before the next is made.
    window: outsideTerms(config.proposer)?.window ?? (config.expert === "me" ? 1 : 2),
  });
  const best = loop.archive.incumbent().candidate;
  const found = loop.kept.length > 0;
  progress.phase("measuring the result again, on inputs of its own");
  const final = (await session.observe("final", async () => {
    if (!found || check === null) return null as Json;
    return (await lastWord(check, target, best, plan.timing, signal)) as unknown as Json;
  })) as unknown as FinalSpeed | null;
  if (final !== null && final.difference !== null)
    progress.note(`the best rewrite behaves differently after all: ${final.difference}`);
  return frame.finish(speedResult(frame, config, plan, loop, target, best, final), found ? best : null);
}

function speedGate(check: Check, target: Target, { minGain, expert }: SpeedConfig): Gate {
  const asks = asksForPairs(expert);
  const gate = scoreGate(check, {
    target,
    objective: LOG_CPU,
    sign: -1,
    alpha: RUN_ALPHA,
    minGain: -Math.log(1 - minGain),
    goal: null,
    maxPairs: MOST_PAIRS,
  });
  return {
    ...gate,
    promising: (result, archive) =>
      result.fitness !== null &&
      result.fitness > (archive.incumbent().fitness ?? -Infinity) + (asks(result, archive) ? 0 : PROMISING) &&
      gate.promising(result, archive),
  };
}

function searchOf({ search, proposer }: SpeedConfig): Search {
  if (proposer === "random") return createSearch("random");
  if (search !== "hill-climb") return createSearch(search);
  return outsideTerms(proposer) === null ? speedClimb() : new HillClimb(BEST_ALONE);
}

/** Hill climbing among rewrites, of which there are few, and each of which is dear to measure. */
export function speedClimb(temperature = 0): HillClimb {
  return new HillClimb({
    width: 3,
    climbEarly: 0.5,
    climbLate: 0.7,
    settle: 30,
    merge: 0.15,
    mergeWidth: 4,
    jumpEarly: 0,
    jumpLate: 0.05,
    temperature,
  });
}

function proposerOf(config: SpeedConfig, plan: SpeedPlan, languages: Languages): Proposer {
  const { sources, module, heat } = plan;
  if (config.proposer !== "random") return new SpeedProposer({ languages, sources, heat: { [module]: heat } });
  const even = (sources[module] ?? "").split("\n").map(() => 1);
  return new SyntaxProposer({ languages, model: UNIFORM_MODEL, sources, suspiciousness: { [module]: even } });
}
