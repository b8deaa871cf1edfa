import {
  Budget,
  DivergenceError,
  judgedBase,
  ParetoFront,
  runLoop,
  Target,
  type ArchiveEntry,
  type Candidate,
  type Check,
  type Json,
  type LoopResult,
  type Proposer,
  type RunSession,
  type Search,
} from "@pawl/core";
import { BlockProposer, Languages } from "@pawl/propose";
import { createSearch } from "@pawl/search";
import { SCORE, scoreOf } from "@pawl/verify";
import { baselineFor, baselineOf } from "./evolve-baseline.ts";
import { baseVerdict, EvolveEnvironment, evolvePlanAsJson, type EvolvePlan } from "./evolve-environment.ts";
import { gainInterval, mean, measure, type Measured } from "./evolve-measure.ts";
import { defaultProposer, EVOLVE_PROPOSERS, proposerFor, searchFor } from "./evolve-proposer.ts";
import { demandUnchanged, startRun, stateFolder } from "./execute.ts";
import { unknownProposer } from "./unknown-proposer.ts";
import { scoreGate } from "./gates.ts";
import { engageModels } from "./model-proposers.ts";
import { asksModels, modelsAsked, withModels, type ModelConfig } from "./models.ts";
import { copiedFiles, type EvolveOptions } from "./options.ts";
import { patchOfCandidate } from "./patch.ts";
import { ProgressReporter } from "./progress.ts";
import { recordedOnly } from "./recorded-check.ts";
import { parseObjectives } from "./objectives.ts";
import { answersOf, type Baseline, type EvolveResult, type FrontMember, type OtherScore } from "./results.ts";
import { searchClock } from "./search-clock.ts";

/** What an `evolve` run is a function of, besides the project: recorded with its first event. */
export interface EvolveConfig extends ModelConfig {
  readonly root: string;
  readonly files: readonly string[];
  readonly score: string;
  readonly heldOutScore: string | null;
  readonly scoreTimeout: number | null;
  readonly objective: string | null;
  readonly minimize: boolean;
  readonly minGain: number;
  readonly goal: number | null;
  readonly baselines: boolean;
  readonly problem: string | null;
  /** Left out of the record when the whole files may change. */
  readonly blocks?: true;
  /** Not recorded when the project was copied as git has it. */
  readonly exclude?: readonly string[];
  readonly include?: readonly string[];
  readonly budget: EvolveOptions["budget"] & {};
  readonly seed: number;
  readonly search: string;
}

const SYNTAX = "syntax";
const DEFAULT_BUDGET = { evaluations: 300, seconds: 300 };
/** Error budget of a run: the chance that anything is kept that is not better. */
const RUN_ALPHA = 0.05;
const MOST_PAIRS = 40;

/** Raises (or lowers) a score. Throws a UsageError when the score cannot be had, an InterruptedError when the run was paused. */
export async function evolve(given: EvolveOptions): Promise<EvolveResult> {
  const options = await withModels(given, defaultProposer(given.files, given.problem) === SYNTAX);
  const config = evolveConfigOf(options);
  createSearch(config.search); // an unknown name is said before anything is started
  if (!EVOLVE_PROPOSERS.some((id) => id === config.proposer) && !asksModels(config.proposer))
    throw unknownProposer(config.proposer, EVOLVE_PROPOSERS);
  const environment = await EvolveEnvironment.open(options);
  try {
    return await startRun(stateFolder(options), "evolve", config as unknown as Json, (session) =>
      runEvolve(session, config, environment, options),
    );
  } finally {
    await environment.close();
  }
}

export function evolveConfigOf(options: EvolveOptions): EvolveConfig {
  return {
    root: options.root,
    files: options.files,
    score: options.score,
    heldOutScore: options.heldOutScore ?? null,
    scoreTimeout: options.scoreTimeout ?? null,
    objective: options.objective ?? null,
    minimize: options.minimize ?? false,
    minGain: options.minGain ?? 0,
    goal: options.goal ?? null,
    baselines: options.baselines ?? true,
    problem: options.problem ?? null,
    ...(options.blocks === true ? { blocks: true as const } : {}),
    ...copiedFiles(options),
    budget: options.budget ?? DEFAULT_BUDGET,
    seed: options.seed ?? 1,
    search: options.search ?? "hill-climb",
    proposer: options.proposer ?? defaultProposer(options.files, options.problem),
    ...modelsAsked(options),
  };
}

export function evolveOptionsOf(config: EvolveConfig): EvolveOptions {
  const { heldOutScore, scoreTimeout, objective, problem, goal, ...rest } = config;
  return {
    ...rest,
    ...(heldOutScore === null ? {} : { heldOutScore }),
    ...(scoreTimeout === null ? {} : { scoreTimeout }),
    ...(objective === null ? {} : { objective }),
    ...(problem === null ? {} : { problem }),
    ...(goal === null ? {} : { goal }),
  };
}

/** The run itself: the same code for a new run, a resumed one, and a replay (which has no environment). */
export async function runEvolve(
  session: RunSession,
  config: EvolveConfig,
  environment: EvolveEnvironment | null,
  options: Pick<EvolveOptions, "signal" | "onProgress"> & { readonly onSearch?: (search: Search) => void },
): Promise<EvolveResult> {
  const named = config.objective === null ? null : parseObjectives(config.objective, config);
  const sign = named?.[0].sign ?? (config.minimize ? -1 : 1);
  const progress = new ProgressReporter(session, options.onProgress, { best: (archive) => archive.incumbent(), sign });
  const signal = options.signal ?? new AbortController().signal;
  const live = (): EvolveEnvironment => {
    if (environment === null)
      throw new DivergenceError({ what: "the record ends before the run does", todo: "Resume the run instead." });
    return environment;
  };
  progress.phase(`measuring the start: ${config.score}`);
  const plan = (await session.observe("project", async () =>
    evolvePlanAsJson(await live().plan(signal)),
  )) as unknown as EvolvePlan;
  if (config.objective === null && plan.objective !== SCORE)
    progress.note(`the score has no number named ${SCORE}: its first, ${plan.objective}, counts (--objective chooses)`);
  if (environment !== null) demandUnchanged(environment.snapshot, plan);
  const elapsed = searchClock(session, "project", session.elapsed());
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
  const languages = environment?.languages ?? (await Languages.load());
  const ownName = asksModels(config.proposer) ? SYNTAX : config.proposer;
  const blocks = config.blocks === true;
  const own = await proposerFor(ownName, plan.sources, languages, { ...config, blocks, window: plan.window });
  const models = asksModels(config.proposer)
    ? await engageModels({
        session,
        config,
        command: "evolve",
        own,
        task: { system: "system-improve", goal: goalOf(config, plan, sign), failing: [], suspiciousness: {} },
        sources: plan.sources,
        languages,
        note: (text) => progress.note(text),
      })
    : null;
  const budget = new Budget(config.budget);
  progress.phase("searching", budget);
  const search = searchFor(config.search, ownName, { blocks, objectives: [plan, ...plan.others], sign });
  options.onSearch?.(search);
  const loop = await runLoop({
    target,
    check,
    gate,
    search,
    proposer: models === null ? own : blocks ? withinBlocks(models.proposer, plan, languages) : models.proposer,
    base: judgedBase(target, baseVerdict(plan), gate),
    journal: session.journal,
    budget,
    seed: config.seed,
    window: plan.window,
    elapsed,
    signal,
    onProgress: (event) => progress.step(event),
  }).finally(() => models?.close());
  models?.save();

  const baselines = (await session.observe("baselines", async () => {
    if (!config.baselines || loop.screened === 0) return [];
    progress.phase(`the same budget for the baseline: ${baselineFor(config.proposer).name}`);
    const used = { evaluations: loop.screened, seconds: Math.max(1, elapsed()) };
    return [await baselineOf({ target, check, gate, plan, config, languages, used, signal })] as unknown as Json[];
  })) as unknown as readonly Baseline[];

  const best = loop.archive.incumbent().candidate;
  progress.phase("measuring the result again");
  const measured = (await session.observe(
    "final",
    async () =>
      (await measure(
        live(),
        target,
        best,
        plan.objective,
        plan.others.map((each) => each.objective),
        signal,
      )) as unknown as Json,
  )) as unknown as Measured;
  const result = resultOf(session, config, plan, loop, target, best, measured, baselines, sign);
  session.journal.decide({
    type: "finished",
    data: { outcome: result.status, best: loop.kept.length === 0 ? null : best.id, result: withoutTime(result) },
    meta: { seconds: result.seconds },
  });
  return result;
}

/** What models and their like propose, where it changes nothing but blocks. */
function withinBlocks(inner: Proposer, { sources }: EvolvePlan, languages: Languages): Proposer {
  return new BlockProposer({ languages, sources, inner, drawn: false });
}

/** What a model is told to do. */
function goalOf(config: EvolveConfig, plan: EvolvePlan, sign: 1 | -1): string {
  const better = sign === 1 ? "higher" : "lower";
  const name = plan.objective === SCORE ? "The score" : `The score \`${plan.objective}\``;
  const start = mean(plan.baseScores) ?? "unknown";
  return `${name} that \`${config.score}\` prints for this code is to get ${better}; the code as it was at the start has ${start}. Change the code so that it does.`;
}

function resultOf(
  session: RunSession,
  config: EvolveConfig,
  plan: EvolvePlan,
  loop: LoopResult,
  target: Target,
  best: Candidate,
  measured: Measured,
  baselines: readonly Baseline[],
  sign: 1 | -1,
): EvolveResult {
  const before = mean(measured.before) ?? (plan.baseScores[0] as number);
  const after = mean(measured.after) ?? before;
  const others = plan.others.map(({ objective, sign, baseScores }): OtherScore & { gain: number } => {
    const series = measured.others[objective] ?? { before: [], after: [] };
    const first = mean(series.before) ?? (baseScores[0] as number);
    const last = mean(series.after) ?? first;
    return { name: objective, before: first, after: last, interval: gainInterval(series), gain: sign * (last - first) };
  });
  const gained = sign * (after - before) > config.minGain || others.some(({ gain }) => gain > 0);
  const improved = loop.kept.length > 0 && gained;
  return {
    run: session.id,
    status: improved ? "improved" : "not-improved",
    score: { before, after, interval: gainInterval(measured), heldOut: measured.heldOut },
    others: others.map(({ gain: _gain, ...score }) => score),
    ...(others.length === 0 ? {} : { front: frontOf(loop, [{ ...plan, sign }, ...plan.others]) }),
    baselines,
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

/** The candidates that no other beats in every objective, by the scores of their last verdicts, in the order they came. */
function frontOf(
  { archive }: LoopResult,
  objectives: readonly { readonly objective: string; readonly sign: 1 | -1 }[],
): readonly FrontMember[] {
  const front = new ParetoFront<ArchiveEntry>();
  for (let index = 0; index < archive.size; index++) {
    const entry = archive.at(index);
    const scores = objectives.map(({ objective, sign }) => sign * (scoreOf(entry.verdict, objective) ?? Number.NaN));
    if (scores.every(Number.isFinite)) front.add(scores, entry);
  }
  return front
    .items()
    .toSorted((a, b) => a.index - b.index)
    .map(({ candidate, verdict, confirmed }) => ({
      candidate: candidate.id,
      scores: Object.fromEntries(objectives.map(({ objective }) => [objective, scoreOf(verdict, objective) as number])),
      confirmed,
      summary: candidate.origin.summary,
    }));
}

function withoutTime(result: EvolveResult): Json {
  const { seconds: _seconds, ...rest } = result;
  return rest as unknown as Json;
}
