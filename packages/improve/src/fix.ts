import { dirname } from "node:path";
import {
  Budget,
  DivergenceError,
  judgedBase,
  runLoop,
  Target,
  type ArchiveEntry,
  type Feedback,
  type Json,
  type LoopResult,
  type RunSession,
  type Search,
  type Submission,
  type Verdict,
  type Check,
} from "@pawl/core";
import { Languages, SyntaxProposer, VersionNamesProposer } from "@pawl/propose";
import { createSearch } from "@pawl/search";
import { demandUnchanged, startRun, stateFolder } from "./execute.ts";
import { loadKnowledge, saveExperience, type Knowledge } from "./experience.ts";
import { FixEnvironment, planAsJson, type FixPlan } from "./fix-plan.ts";
import { repairSettings } from "./fault-hypotheses.ts";
import { repairGate } from "./gates.ts";
import { engageGuidance, guidanceAsked, type GuidanceConfig } from "./guidance.ts";
import { engageModels } from "./model-proposers.ts";
import { asksModels, modelsAsked, withModels, type ModelConfig } from "./models.ts";
import type { Hint } from "./lessons/hints.ts";
import { recallForRun, rememberFix, withLessons } from "./lessons/in-run.ts";
import { lessonTexts } from "./lessons/lessons-for.ts";
import { demandText } from "./issue.ts";
import { hunksOf, logicalChanges } from "./logical-changes.ts";
import type { Matrix } from "./matrix-views.ts";
import { copiedFiles, type FixOptions } from "./options.ts";
import { patchOfCandidate } from "./patch.ts";
import { recordedOnly } from "./recorded-check.ts";
import { demandOutside, outsideProposer, outsideTerms, taskOf, type AgentOptions } from "./outside-proposers.ts";
import { Inbox } from "./inbox.ts";
import { approvedAgent, asksEvolvedAgent } from "./self-agent/approval.ts";
import { SelfProposer } from "./self-agent/self-proposer.ts";
import { unknownProposer } from "./unknown-proposer.ts";
import { answersOf, type FixResult, type TestCount } from "./results.ts";
import { searchClock } from "./search-clock.ts";
import { byPlausibility } from "./select.ts";
import { ProgressReporter } from "./progress.ts";

/** What a `fix` run is a function of, besides the project: recorded with its first event. */
export interface FixConfig extends ModelConfig, GuidanceConfig {
  readonly root: string;
  readonly paths: readonly string[];
  readonly test: string | null;
  readonly testTimeout: number | null;
  readonly heldOut: number | null;
  readonly editTests: boolean;
  /** Not recorded when earlier runs' lessons are not asked. */
  readonly lessons?: true;
  /** Text of the issue; not recorded when there is none. */
  readonly issue?: string;
  /** Null, or not recorded, when the tests run as the project is. */
  readonly matrix?: Matrix | null;
  /** Not recorded when the project was copied as git has it. */
  readonly exclude?: readonly string[];
  readonly include?: readonly string[];
  readonly budget: FixOptions["budget"] & {};
  readonly seed: number;
  readonly search: string;
  /** Names of variables, not their values; not recorded when no agent was told anything. */
  readonly agent?: AgentOptions;
}

const GOAL = "Change the code so that the failing tests pass and every other test still does.";
const DEFAULT_BUDGET = { evaluations: 2000, seconds: 300 };
/** Evaluations after the first fix in which a likelier one may turn up, and how many fixes are enough. */
const PATIENCE = 60;
const ENOUGH = 5;
/** The same where every candidate has a price. */
const TERMS_OF_MODELS = { patience: 12, enough: 3 };
/** Candidates for which the held-out tests are opened. */
export const FINALISTS = 3;

/** Makes failing tests pass. Throws a UsageError when there is nothing to do or no way to begin, an InterruptedError when it was paused. */
export async function fix(given: FixOptions): Promise<FixResult> {
  const options = await withModels(given);
  if (options.issue !== undefined) demandText(options.issue, "the issue");
  const config = configOf(options);
  createSearch(config.search); // an unknown name is said before anything is started
  if (outsideTerms(config.proposer) !== null) demandOutside(config.proposer, config.root, config.agent);
  else if (config.proposer !== "syntax" && !asksModels(config.proposer)) throw unknownProposer(config.proposer);
  const environment = await FixEnvironment.open(options);
  try {
    const folder = stateFolder({ ...options, root: environment.snapshot.root });
    if (asksEvolvedAgent(config.proposer)) approvedAgent(folder, config.proposer); // says no before a run is started
    return await startRun(folder, "fix", config as unknown as Json, (session) =>
      runFix(session, config, environment, options),
    );
  } finally {
    await environment.close();
  }
}

/** What a model is told last. */
function goalOf({ issue }: FixConfig): string {
  return issue === undefined ? GOAL : `${GOAL}\n\nThis is how the fault was reported:\n\n${issue.trim()}`;
}

export function configOf(options: FixOptions): FixConfig {
  return {
    root: options.root,
    paths: options.paths ?? [],
    test: options.test ?? null,
    testTimeout: options.testTimeout ?? null,
    heldOut: options.heldOut ?? null,
    editTests: options.editTests ?? false,
    matrix: options.matrix ?? null,
    ...copiedFiles(options),
    budget: options.budget ?? outsideTerms(options.proposer ?? "syntax")?.budget ?? DEFAULT_BUDGET,
    seed: options.seed ?? 1,
    search: options.search ?? "hill-climb",
    proposer: options.proposer ?? "syntax",
    ...(options.lessons === true ? { lessons: true } : {}),
    ...(options.issue === undefined ? {} : { issue: options.issue }),
    ...modelsAsked(options),
    ...guidanceAsked(options, options.proposer ?? "syntax"),
    ...(options.agent === undefined ? {} : { agent: options.agent }),
  };
}

export function fixOptionsOf(config: FixConfig): FixOptions {
  return {
    root: config.root,
    paths: config.paths,
    editTests: config.editTests,
    budget: config.budget,
    seed: config.seed,
    search: config.search,
    proposer: config.proposer,
    ...(config.test === null ? {} : { test: config.test }),
    ...(config.testTimeout === null ? {} : { testTimeout: config.testTimeout }),
    ...(config.heldOut === null ? {} : { heldOut: config.heldOut }),
    ...(config.matrix ? { matrix: config.matrix } : {}),
    ...(config.lessons === true ? { lessons: true } : {}),
    ...(config.issue === undefined ? {} : { issue: config.issue }),
    ...modelsAsked(config),
    ...(config.feedback === undefined ? {} : { feedback: config.feedback }),
    ...(config.critics === undefined ? {} : { critics: config.critics }),
    ...(config.agent === undefined ? {} : { agent: config.agent }),
    ...copiedFiles(config),
  };
}

/**
 * The run itself: the same code for a new run, a resumed one, and a replay (which has no environment unless it judges again).
 */
export async function runFix(
  session: RunSession,
  config: FixConfig,
  environment: FixEnvironment | null,
  options: Pick<FixOptions, "signal" | "onProgress" | "desk"> & {
    readonly recheck?: boolean;
    readonly onLoopEnd?: (result: LoopResult) => void;
    /** For whoever wants to look at the search when the run has ended. */
    readonly onSearch?: (search: Search) => void;
  },
): Promise<FixResult> {
  const progress = new ProgressReporter(session, options.onProgress);
  const signal = options.signal ?? new AbortController().signal;
  const plan = (await session.observe("project", async () => {
    if (environment === null)
      throw new DivergenceError({ what: "the record ends before the project was read", todo: "Start a new run." });
    return planAsJson(await environment.plan(config.seed, (phase) => progress.phase(phase)));
  })) as unknown as FixPlan;
  if (environment !== null) demandUnchanged(environment.snapshot, plan);
  for (const note of plan.notes) progress.note(note);
  const knowledge = (await session.observe(
    "experience",
    async () => loadKnowledge(session.store) as unknown as Json,
  )) as unknown as Knowledge;
  const lessons = await recallForRun(session, config, plan);

  const target = new Target(plan.sources, plan.tree);
  const opening = session.elapsed();
  const check: Check = environment === null ? recordedOnly() : await environment.judge(plan);
  const languages = environment?.languages ?? (await Languages.load());
  const makeSyntax = (hint: Hint | null): SyntaxProposer =>
    new SyntaxProposer({
      languages,
      ...knowledge,
      sources: plan.sources,
      suspiciousness: plan.suspiciousness,
      ingredients: plan.ingredients,
      ...(hint === null ? {} : { hint }),
    });
  const { plain: syntax, proposer: informed } = withLessons(makeSyntax, lessons, config.seed);
  const guidance = await engageGuidance({
    session,
    config,
    plan,
    target,
    languages,
    model: knowledge.model,
    environment,
  });
  const own = guidance.guided(
    plan.versionNames === undefined ? informed : new VersionNamesProposer(informed, plan.versionNames),
  );
  const { sources, suspiciousness } = plan;
  const task = taskOf(plan, config.issue);
  const models = asksModels(config.proposer)
    ? await engageModels({
        session,
        config,
        command: "fix",
        own,
        task: {
          system: "system",
          goal: goalOf(config),
          failing: task.failing,
          suspiciousness,
          ...(lessons === null ? {} : { lessons: lessonTexts(lessons.recalled) }),
        },
        guidance: () => guidance.forModels(),
        sources,
        languages,
        note: (text) => progress.note(text),
      })
    : null;
  const elapsed = searchClock(session, "experience", opening);
  const outside = outsideTerms(config.proposer);
  const terms = models === null ? { patience: PATIENCE, enough: ENOUGH } : TERMS_OF_MODELS;
  const gate = repairGate(check, outside?.gate ?? terms);
  const budget = new Budget(config.budget);
  progress.phase("searching", budget);
  const say = (text: string): void => progress.note(text);
  const inbox = new Inbox(dirname(session.store.path), session.id, say);
  const settings = repairSettings({ languages, model: knowledge.model, target, suspiciousness });
  const search = createSearch(config.search, settings);
  options.onSearch?.(search);
  const loop = await runLoop({
    target,
    check,
    gate,
    search,
    proposer: asksEvolvedAgent(config.proposer)
      ? new SelfProposer({
          id: config.proposer,
          engaged:
            environment?.evolvedAgent(approvedAgent(dirname(session.store.path), config.proposer), check) ?? null,
          target,
          sources,
          suspiciousness,
          seed: config.seed,
        })
      : outside !== null
        ? outsideProposer(
            config.proposer,
            { task, root: plan.root },
            environment,
            target,
            options.desk ?? inbox,
            say,
            config.agent,
          )
        : (models?.proposer ?? own),
    base: judgedBase(target, baseVerdict(plan), gate),
    journal: session.journal,
    budget,
    seed: config.seed,
    window: outside?.window ?? plan.window,
    elapsed,
    signal,
    recheck: options.recheck ?? false,
    onProgress: (event) => progress.step(event),
  }).finally(async () => {
    inbox.close();
    await models?.close();
  });
  options.onLoopEnd?.(loop);

  const finalists = loop.kept
    .map((id) => loop.archive.get(id) as ArchiveEntry)
    .sort(byPlausibility(loop.archive))
    .slice(0, FINALISTS);
  const opened = await openHeldOut(session, plan, finalists, target, environment, signal, progress);
  const chosen = choose(finalists, opened);
  await takeApart(session, plan, target, chosen, environment, signal, progress);
  const result = {
    ...resultOf(session, config, plan, loop, target, chosen),
    ...(lessons === null ? {} : { lessons: lessons.trial() }),
  };
  session.journal.decide({
    type: "finished",
    data: { outcome: result.status, best: chosen?.entry.candidate.id ?? null, result: withoutTime(result) },
    meta: { seconds: result.seconds },
  });
  if (!session.journal.readOnly) {
    saveExperience(session.store, knowledge.experience, syntax.experience());
    guidance.save(loop.archive);
    rememberFix(session, plan, target, loop.archive, result.status === "fixed" ? (chosen?.entry ?? null) : null);
  }
  models?.save();
  return result;
}

interface Opened {
  readonly entry: ArchiveEntry;
  /** Null when nothing was held out. */
  readonly heldOut: TestCount | null;
}

/** Opens the held-out tests once, for the final candidates. */
async function openHeldOut(
  session: RunSession,
  plan: FixPlan,
  finalists: readonly ArchiveEntry[],
  target: Target,
  environment: FixEnvironment | null,
  signal: AbortSignal,
  progress: ProgressReporter,
): Promise<readonly Opened[]> {
  const all = plan.split.heldOut.length;
  if (all === 0 || finalists.length === 0) return finalists.map((entry) => ({ entry, heldOut: null }));
  progress.phase("opening the held-out tests");
  const failed = (await session.observe("held-out", async () => {
    if (environment === null)
      throw new DivergenceError({
        what: "the record ends before the held-out tests were opened",
        todo: "Resume the run instead.",
      });
    const check = await environment.check(plan);
    const counts: number[] = [];
    for (const { candidate } of finalists) {
      const verdict = await check.runHeldOut({ candidate, files: target.filesOf(candidate) }, signal);
      counts.push(verdict.failing?.length ?? all);
    }
    return counts;
  })) as readonly number[];
  return finalists.map((entry, i) => ({
    entry,
    heldOut: { passed: all - (failed[i] ?? all), failed: failed[i] ?? all },
  }));
}

/** Finds out whether the result is one change or several, each of which repairs something of its own; `branch` makes a commit of each. */
async function takeApart(
  session: RunSession,
  plan: FixPlan,
  target: Target,
  chosen: Opened | null,
  environment: FixEnvironment | null,
  signal: AbortSignal,
  progress: ProgressReporter,
): Promise<void> {
  const candidate = chosen?.entry.candidate;
  if (candidate === undefined || hunksOf(target, candidate).length < 2) return;
  progress.phase("judging the parts of the patch");
  await session.observe("changes", async () => {
    if (environment === null)
      throw new DivergenceError({
        what: "the record ends before the parts of the patch were judged",
        todo: "Resume the run instead.",
      });
    const check = await environment.check(plan);
    const judge = (part: Submission): Promise<Verdict> => check.confirm(part, signal);
    return (await logicalChanges(target, candidate, plan.split.failing, judge)) as unknown as Json;
  });
}

/** The likeliest candidate with the fewest held-out failures. */
function choose(finalists: readonly ArchiveEntry[], opened: readonly Opened[]): Opened | null {
  if (finalists.length === 0) return null;
  return opened.reduce((best, each) => ((each.heldOut?.failed ?? 0) < (best.heldOut?.failed ?? 0) ? each : best));
}

function resultOf(
  session: RunSession,
  config: FixConfig,
  plan: FixPlan,
  loop: LoopResult,
  target: Target,
  chosen: Opened | null,
): FixResult {
  const beyond = plan.baseline.beyond.length;
  const before = { passed: plan.baseline.passing.length, failed: plan.baseline.failing.length + beyond };
  const missed = chosen?.heldOut?.failed ?? 0;
  return {
    run: session.id,
    status: chosen !== null && missed === 0 ? "fixed" : "not-fixed",
    patch: chosen === null ? "" : patchOfCandidate(target, chosen.entry.candidate),
    files: chosen === null ? [] : chosen.entry.candidate.changes.map((change) => change.path),
    tests: {
      before,
      after:
        chosen === null ? before : { passed: before.passed + before.failed - missed - beyond, failed: missed + beyond },
      heldOut: chosen?.heldOut ?? null,
    },
    types: typesOf(plan),
    evaluations: { screened: loop.screened, confirmed: loop.confirmed },
    ...answersOf(loop),
    seconds: Math.round(session.elapsed() * 10) / 10,
    isolation: plan.isolation,
    proposer: config.proposer,
    search: config.search,
  };
}

function typesOf({ statics }: FixPlan): FixResult["types"] {
  const types = statics?.types ?? null;
  return types === null ? null : { checker: types.checker.name, errorsBefore: types.findings.length };
}

/** Time is not part of what has to repeat. */
function withoutTime(result: FixResult): Json {
  const { seconds: _seconds, ...rest } = result;
  return rest as unknown as Json;
}

/** The base as the loop sees it: none of the failing tests passes, nothing else is broken. */
function baseVerdict(plan: FixPlan): Verdict {
  const outcomes = new Map(plan.baseline.report.tests.map((test) => [test.id, test]));
  return {
    status: "failed",
    scores: { passed: [0] },
    failing: plan.split.failing,
    feedback: plan.split.failing.flatMap((id): Feedback[] => {
      const { message = "failed", expected, actual } = outcomes.get(id) ?? {};
      const results = { ...(expected === undefined ? {} : { expected }), ...(actual === undefined ? {} : { actual }) };
      return [{ kind: "test", name: id, message, ...results }];
    }),
    cost: { wallMs: plan.baseline.report.wallMs, cpuMs: plan.baseline.report.cpuMs },
    evidence: [],
  };
}
