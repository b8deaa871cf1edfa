import { dirname } from "node:path";
import { type Check, type Json, type LoopResult, type Proposer, type RunSession } from "@pawl/core";
import { SyntaxProposer, VersionNamesProposer } from "@pawl/propose";
import { createSearch } from "@pawl/search";
import { startRun, stateFolder } from "./execute.ts";
import { loadKnowledge, saveExperience, type Knowledge } from "./experience.ts";
import { demandProposer } from "./demand-proposer.ts";
import { fixConfigOf, type FixConfig } from "./fix-config.ts";
import { chooseFinalist, takeApart } from "./fix-finalists.ts";
import { FixEnvironment } from "./fix-environment.ts";
import { fixBaseVerdict, fixResult } from "./fix-result.ts";
import { repairSettings } from "./fault-hypotheses.ts";
import { repairGate } from "./gates.ts";
import { engageGuidance } from "./guidance.ts";
import { demandText } from "./issue.ts";
import type { Hint } from "./lessons/hints.ts";
import { recallForRun, rememberFix, withLessons } from "./lessons/in-run.ts";
import { lessonTexts } from "./lessons/lessons-for.ts";
import { asksModels, withModels } from "./models.ts";
import type { FixOptions } from "./options.ts";
import { outsideTerms } from "./outside-proposers.ts";
import { targetOf } from "./record.ts";
import { recordedOnly } from "./recorded-check.ts";
import type { FixResult } from "./results.ts";
import { RunFrame, type RunWatch } from "./run-frame.ts";
import { approvedAgent, asksEvolvedAgent } from "./self-agent/approval.ts";
import { SelfProposer } from "./self-agent/self-proposer.ts";
import { failingOf, repairTask } from "./work-task.ts";

const GOAL = "Change the code so that the failing tests pass and every other test still does.";
/** Evaluations after the first fix in which a likelier one may turn up, and how many fixes are enough. */
const TERMS = { patience: 60, enough: 5 };
/** The same where every candidate has a price. */
const TERMS_OF_MODELS = { patience: 12, enough: 3 };

/** Makes failing tests pass. Throws a UsageError when there is nothing to do or no way to begin, an InterruptedError when it was paused. */
export async function fix(given: FixOptions): Promise<FixResult> {
  const options = await withModels(given);
  if (options.issue !== undefined) demandText(options.issue, "the issue");
  const config = fixConfigOf(options);
  createSearch(config.search); // an unknown name is said before anything is started
  demandProposer(config, ["syntax", ...(asksEvolvedAgent(config.proposer) ? [config.proposer] : [])]);
  await using environment = await FixEnvironment.open(options);
  const folder = stateFolder({ ...options, root: environment.snapshot.root });
  if (asksEvolvedAgent(config.proposer)) approvedAgent(folder, config.proposer); // says no before a run is started
  const start = { folder, command: "fix", config: config as unknown as Json };
  return await startRun({ ...start, signal: options.signal }, (session) =>
    runFix(session, config, environment, options),
  );
}

/** What a model is told last. */
function goalOf({ issue }: FixConfig): string {
  return issue === undefined ? GOAL : `${GOAL}\n\nThis is how the fault was reported:\n\n${issue.trim()}`;
}

/**
 * The run itself: the same code for a new run, a resumed one, and a replay (which has no environment unless it judges again).
 */
export async function runFix(
  session: RunSession,
  config: FixConfig,
  environment: FixEnvironment | null,
  options: RunWatch & {
    readonly recheck?: boolean;
    readonly onLoopEnd?: (result: LoopResult) => void;
  },
): Promise<FixResult> {
  const frame = new RunFrame("fix", session, config, environment, options);
  const note = (text: string): void => frame.progress.note(text);
  const plan = await frame.project((live) => live.plan(config.seed, (phase) => frame.progress.phase(phase)));
  for (const each of plan.notes) note(each);
  const knowledge = (await session.observe(
    "experience",
    async () => loadKnowledge(session.store) as unknown as Json,
  )) as unknown as Knowledge;
  const lessons = await recallForRun(session, config, plan);

  const target = targetOf(plan);
  const check: Check = environment === null ? recordedOnly() : await environment.judge(plan);
  const languages = await frame.languages();
  const { sources, suspiciousness, ingredients } = plan;
  const makeSyntax = (hint: Hint | null): SyntaxProposer =>
    new SyntaxProposer({
      languages,
      ...knowledge,
      sources,
      suspiciousness,
      ingredients,
      ...(hint === null ? {} : { hint }),
    });
  const { plain: syntax, proposer: informed } = withLessons(makeSyntax, lessons, config.seed);
  const { model } = knowledge;
  const guidance = await engageGuidance({ session, config, plan, target, languages, model, environment });
  const own = (): Proposer => {
    const { proposer: id, seed } = config;
    if (!asksEvolvedAgent(id))
      return guidance.guided(
        plan.versionNames === undefined ? informed : new VersionNamesProposer(informed, plan.versionNames),
      );
    const agent = environment?.evolvedAgent(approvedAgent(dirname(session.store.path), id), check) ?? null;
    return new SelfProposer({ id, engaged: agent, target, sources, suspiciousness, seed });
  };
  const proposer = await frame.engage(own(), {
    target,
    models: {
      task: {
        system: "system",
        goal: goalOf(config),
        failing: failingOf(plan),
        suspiciousness,
        ...(lessons === null ? {} : { lessons: lessonTexts(lessons.recalled) }),
      },
      guidance: () => guidance.forModels(),
      sources,
      languages,
    },
    work: () => repairTask(plan, config.issue),
  });
  const outside = outsideTerms(config.proposer);
  const gate = repairGate(check, outside?.gate ?? (asksModels(config.proposer) ? TERMS_OF_MODELS : TERMS));
  const loop = await frame.search({
    target,
    check,
    gate,
    search: createSearch(config.search, repairSettings({ languages, model, target, suspiciousness })),
    proposer,
    base: fixBaseVerdict(plan),
    window: outside?.window ?? plan.window,
    recheck: options.recheck ?? false,
  });
  options.onLoopEnd?.(loop);

  const chosen = await chooseFinalist(frame, plan, target, loop);
  await takeApart(frame, plan, target, chosen);
  const result = frame.finish(
    {
      ...fixResult(frame, plan, loop, target, chosen),
      ...(lessons === null ? {} : { lessons: lessons.trial() }),
    },
    chosen?.entry.candidate ?? null,
  );
  if (!session.journal.readOnly) {
    saveExperience(session.store, knowledge.experience, syntax.experience());
    guidance.save(loop.archive);
    rememberFix(session, plan, target, loop.archive, result.status === "fixed" ? (chosen?.entry ?? null) : null);
  }
  return result;
}
