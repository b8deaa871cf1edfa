import {
  recordOf,
  type ArchiveEntry,
  type ArchiveView,
  type Json,
  type Proposer,
  type RunSession,
  type Target,
} from "@pawl/core";
import type { FixPlan } from "../fix-plan.ts";
import { hintsOf, type Hint } from "./hints.ts";
import { failedEdits, learnFrom } from "./learn.ts";
import { recallLessons, type RecalledLesson } from "./lesson.ts";
import { situationOf } from "./situation.ts";
import { TrialProposer, trialOf, type LessonTrial } from "./trial.ts";

/** The lessons a run starts with, and its report of whether they helped. */
export interface LessonsInRun {
  readonly recalled: readonly RecalledLesson[];
  trial(): LessonTrial;
}

/** Looks for lessons that fit the failure; what was found is on record, so that resuming and replaying know the same. Null when not wanted. */
export async function recallForRun(
  session: RunSession,
  config: { readonly lessons?: boolean; readonly seed: number },
  plan: FixPlan,
): Promise<LessonsInRun | null> {
  if (config.lessons !== true) return null;
  const recalled = (await session.observe(
    "lessons",
    async () => recallLessons(session.store, situationOf(plan)) as unknown as Json,
  )) as unknown as readonly RecalledLesson[];
  return {
    recalled,
    trial: () => trialOf(recordOf(session.store, session.id), config.seed, recalled.length),
  };
}

/** The proposer as it is; or two of it, one of which knows the lessons, for the trial. */
export function withLessons<T extends Proposer>(
  make: (hint: Hint | null) => T,
  lessons: LessonsInRun | null,
  seed: number,
): { readonly plain: T; readonly proposer: Proposer } {
  const plain = make(null);
  if (lessons === null) return { plain, proposer: plain };
  return { plain, proposer: new TrialProposer(make(hintsOf(lessons.recalled)), plain, seed) };
}

/** Writes down what a finished `fix` run has taught. */
export function rememberFix(
  session: RunSession,
  plan: FixPlan,
  target: Target,
  archive: ArchiveView,
  best: ArchiveEntry | null,
): void {
  const lineage = best === null ? [] : archive.lineage(best.candidate.id);
  learnFrom(session.store, {
    run: session.id,
    situation: situationOf(plan),
    target,
    failed: failedEdits(recordOf(session.store, session.id)),
    repair: lineage.flatMap((step) => step.candidate.origin.edits ?? []),
    best: best?.candidate ?? null,
  });
}
