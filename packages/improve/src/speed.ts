import {
  Budget,
  DivergenceError,
  judgedBase,
  runLoop,
  Target,
  type Candidate,
  type Check,
  type Gate,
  type Json,
  type LoopResult,
  type Proposer,
  type RunSession,
  type Search,
} from "@pawl/core";
import { Languages, SpeedProposer, SyntaxProposer, UNIFORM_MODEL } from "@pawl/propose";
import { createSearch, HillClimb } from "@pawl/search";
import { CPU, LOG_CPU } from "@pawl/verify";
import { demandUnchanged, startRun, stateFolder } from "./execute.ts";
import { unknownProposer } from "./unknown-proposer.ts";
import { scoreGate } from "./gates.ts";
import { engageModels } from "./model-proposers.ts";
import { asksModels, modelsAsked, withModels, type ModelConfig } from "./models.ts";
import { copiedFiles, type SpeedOptions } from "./options.ts";
import { patchOfCandidate } from "./patch.ts";
import { ProgressReporter } from "./progress.ts";
import { recordedOnly } from "./recorded-check.ts";
import { answersOf, type SpeedResult } from "./results.ts";
import { searchClock } from "./search-clock.ts";
import { asksForPairs, reviewed, reviewedGate } from "./speed-expert.ts";
import { speedBaseVerdict, SpeedEnvironment, speedPlanAsJson, type SpeedPlan } from "./speed-environment.ts";
import { measureSpeed, ratioOf, type MeasuredSpeed } from "./speed-measure.ts";

/** What a `speed` run is a function of, besides the project: recorded with its first event. */
export interface SpeedConfig extends ModelConfig {
  readonly root: string;
  readonly target: string;
  readonly cases: string | null;
  readonly test: string | null;
  /** Smallest share of the time that has to be saved, such as 0.05. */
  readonly minGain: number;
  /** Left out of the record when nobody reviews. */
  readonly expert?: "scripted" | "me";
  readonly exclude?: readonly string[];
  readonly include?: readonly string[];
  readonly budget: SpeedOptions["budget"] & {};
  readonly seed: number;
  readonly search: string;
}

/** Who may propose changes: rewrites that are known to save time, or, as a control, any edit. */
export const SPEED_PROPOSERS = ["speed", "random"] as const;

const DEFAULT_BUDGET = { evaluations: 120, seconds: 300 };
const DEFAULT_MIN_GAIN = 0.05;
/** Error budget of a run: the chance that anything is kept that is not faster. */
const RUN_ALPHA = 0.05;
const MOST_PAIRS = 40;
/** Screenings within this of the best are not worth a measurement. */
const PROMISING = Math.log(1.08);
/** Fresh calls on which the result is compared with the base before it is reported. */
const LAST_CALLS = 1000;

/** Makes a function faster. Throws a UsageError when it cannot be called or measured, an InterruptedError when the run was paused. */
export async function speed(given: SpeedOptions): Promise<SpeedResult> {
  const options = await withModels(given);
  const config = speedConfigOf(options);
  createSearch(config.search); // an unknown name is said before anything is started
  if (!SPEED_PROPOSERS.some((id) => id === config.proposer) && !asksModels(config.proposer))
    throw unknownProposer(config.proposer, SPEED_PROPOSERS);
  const environment = await SpeedEnvironment.open(options);
  try {
    return await startRun(stateFolder(options), "speed", config as unknown as Json, (session) =>
      runSpeed(session, config, environment, options),
    );
  } finally {
    await environment.close();
  }
}

export function speedConfigOf(options: SpeedOptions): SpeedConfig {
  return {
    root: options.root,
    target: options.target,
    cases: options.cases ?? null,
    test: options.test ?? null,
    minGain: options.minGain ?? DEFAULT_MIN_GAIN,
    ...(options.expert === undefined || options.expert === "none" ? {} : { expert: options.expert }),
    ...copiedFiles(options),
    budget: options.budget ?? DEFAULT_BUDGET,
    seed: options.seed ?? 1,
    search: options.search ?? "hill-climb",
    proposer: options.proposer ?? "speed",
    ...modelsAsked(options),
  };
}

export function speedOptionsOf({ cases, test, ...rest }: SpeedConfig): SpeedOptions {
  return { ...rest, ...(cases === null ? {} : { cases }), ...(test === null ? {} : { test }) };
}

/** The run itself: the same code for a new run, a resumed one, and a replay (which has no environment). */
export async function runSpeed(
  session: RunSession,
  config: SpeedConfig,
  environment: SpeedEnvironment | null,
  options: Pick<SpeedOptions, "signal" | "onProgress" | "expertDesk"> & {
    readonly onSearch?: (search: Search) => void;
  },
): Promise<SpeedResult> {
  const progress = new ProgressReporter(session, options.onProgress, {
    best: (archive) => archive.incumbent(),
    sign: -1,
  });
  const signal = options.signal ?? new AbortController().signal;
  const live = (): SpeedEnvironment => {
    if (environment === null)
      throw new DivergenceError({ what: "the record ends before the run does", todo: "Resume the run instead." });
    return environment;
  };
  const plan = (await session.observe("project", async () =>
    speedPlanAsJson(await live().plan(config.seed, signal, (phase) => progress.phase(phase))),
  )) as unknown as SpeedPlan;
  if (environment !== null) demandUnchanged(environment.snapshot, plan);
  const target = new Target(plan.sources, plan.tree);
  const opening = session.elapsed();
  const check = environment === null ? null : await environment.check(plan, signal);
  const languages = environment?.languages ?? (await Languages.load());
  const own = proposerOf(config, plan, languages);
  const models = asksModels(config.proposer)
    ? await engageModels({
        session,
        config,
        command: "speed",
        own,
        task: {
          system: "system-improve",
          goal: `Make the function \`${plan.call}\` of ${plan.module} faster. For every input it has to do exactly what it does now; a difference is a failure.`,
          failing: [],
          suspiciousness: { [plan.module]: plan.heat },
          focus: { path: plan.module, name: plan.call },
        },
        sources: plan.sources,
        languages,
        note: (text) => progress.note(text),
      })
    : null;
  const elapsed = searchClock(session, "project", opening);
  const judge: Check = check ?? recordedOnly();
  const { expertDesk: desk } = options;
  const gate = reviewedGate(speedGate(judge, target, config), config.expert, desk);
  const budget = new Budget(config.budget);
  progress.phase("searching", budget);
  const search = searchOf(config);
  options.onSearch?.(search);
  const loop = await runLoop({
    target,
    check: judge,
    gate,
    search,
    proposer: reviewed(models?.proposer ?? own, config.expert, plan, desk),
    base: judgedBase(target, speedBaseVerdict(plan), gate),
    journal: session.journal,
    budget,
    seed: config.seed,
    // A person hears of one rewrite before the next is made.
    window: config.expert === "me" ? 1 : 2,
    elapsed,
    signal,
    onProgress: (event) => progress.step(event),
  }).finally(() => models?.close());
  models?.save();
  const best = loop.archive.incumbent().candidate;
  const found = loop.kept.length > 0;
  progress.phase("measuring the result again, on inputs of its own");
  const final = (await session.observe("final", async () => {
    if (!found || check === null) return null as Json;
    const difference = await check.compareFresh(target.filesOf(best), "final", LAST_CALLS, signal);
    const measured = await measureSpeed(check, target, best, plan.timing, signal);
    return { measured, difference: difference === null ? null : difference.message } as unknown as Json;
  })) as unknown as { readonly measured: MeasuredSpeed; readonly difference: string | null } | null;
  if (final !== null && final.difference !== null)
    progress.note(`the best rewrite behaves differently after all: ${final.difference}`);
  const result = resultOf(session, config, plan, loop, target, best, final);
  const { seconds: _seconds, ...rest } = result;
  session.journal.decide({
    type: "finished",
    data: { outcome: result.status, best: found ? best.id : null, result: rest as unknown as Json },
    meta: { seconds: result.seconds },
  });
  return result;
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
  return search === "hill-climb" ? speedClimb() : createSearch(search);
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

function resultOf(
  session: RunSession,
  config: SpeedConfig,
  plan: SpeedPlan,
  loop: LoopResult,
  target: Target,
  best: Candidate,
  final: { readonly measured: MeasuredSpeed; readonly difference: string | null } | null,
): SpeedResult {
  const baseMs = plan.timing.cpuMs.reduce((sum, each) => sum + each, 0);
  const measured = final?.measured ?? null;
  const { ratio, interval } = measured === null ? { ratio: 1, interval: null } : ratioOf(measured.ratios);
  const sum = (side: "before" | "after"): number =>
    measured === null ? baseMs : measured.distributions.reduce((total, each) => total + each[side], 0);
  const faster = final !== null && final.difference === null && (interval?.[0] ?? 0) > 1;
  return {
    run: session.id,
    status: faster ? "faster" : "not-faster",
    target: config.target,
    cpu: {
      unit: CPU,
      before: sum("before"),
      after: sum("after"),
      ratio,
      interval,
      distributions: measured?.distributions ?? [],
    },
    growth: measured?.growth ?? { before: null, after: null },
    checked: {
      examples: plan.examples.length,
      calls: plan.timing.calls + (final === null ? 0 : LAST_CALLS),
      timedInputs: plan.timing.groups.reduce((total, { count }) => total + count, 0),
    },
    patch: loop.kept.length === 0 ? "" : patchOfCandidate(target, best),
    files: best.changes.map((change) => change.path),
    evaluations: { screened: loop.screened, confirmed: loop.confirmed },
    ...answersOf(loop),
    seconds: Math.round(session.elapsed() * 10) / 10,
    isolation: plan.isolation,
    proposer: config.proposer,
    search: config.search,
  };
}
