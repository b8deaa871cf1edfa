export { defineConfig, improve, type PawlConfig } from "./config.ts";
export { demo, type DemoOptions, type DemoReport } from "./demo.ts";
export { doctor } from "./doctor.ts";
export { evolve } from "./evolve.ts";
export { fix } from "./fix.ts";
export { demandText, raiseByIssue, readIssue } from "./issue.ts";
export { DEFAULT_LOCALISER, locate, type LocateOptions, type LocateResult, type MethodLine } from "./locate.ts";
export { why, type WhyOptions, type WhyResult } from "./why.ts";
export { repairSettings, shippedFaultCounts, type RepairKnowledge } from "./fault-hypotheses.ts";
export { InterruptedError, stateFolder } from "./execute.ts";
export { repairGate, scoreGate } from "./gates.ts";
export { byPlausibility, logPlausibility } from "./select.ts";
export { rankByConsensus } from "./consensus.ts";
export { acceptPatch, type Acceptance, type AcceptanceEvidence } from "./accept-critic.ts";
export { debatePatches, judgePatches, type JudgedPatch, type Judgement } from "./patch-judge.ts";
export { resetExperience, shippedModel } from "./experience.ts";
export { parseVersions } from "@pawl/verify";
export { runCompleted, type FragmentLoopOptions, type FragmentOutcome } from "./fragment-loop.ts";
export { languageFor, runFragment, type FragmentOptions, type FragmentResult } from "./run-fragment.ts";
export { matrix, type MatrixBisection, type MatrixOptions, type MatrixResult, type MatrixVersion } from "./matrix.ts";
export type { EvolveOptions, FixOptions, RunOptions, RunProgress, SpeedOptions } from "./options.ts";
export type * from "./results.ts";
export { latestRun } from "./record.ts";
export { replayRun, resumeRun } from "./resume.ts";
export { treeOfRun, type TreeLine } from "./search-tree.ts";
export { listRuns, patchOf, showRun, stopRun } from "./runs.ts";
export { applyRun } from "./apply.ts";
export { branchRun } from "./branch.ts";
export { exportRuns, type ExportOptions, type ExportReport } from "./export/export.ts";
export { EXPORT_FORMATS, type ExportFormat } from "./export/rows.ts";
export { parseShares } from "./export/splits.ts";
export { hintsOf, type Hint } from "./lessons/hints.ts";
export { learnFrom, type Learned } from "./lessons/learn.ts";
export {
  forgetLessons,
  learnLesson,
  listLessons,
  openLessons,
  recallLessons,
  type Lesson,
  type RecalledLesson,
  type Situation,
} from "./lessons/lesson.ts";
export { suspiciousCode } from "./lessons/situation.ts";
export { lessonTexts } from "./lessons/lessons-for.ts";
export { checkRun, type RunProblem } from "./check-run.ts";
export {
  repairFunction,
  suspicionByCases,
  type FunctionPatch,
  type FunctionRepair,
  type FunctionRepairOptions,
} from "./repair-function.ts";
export { speed, speedClimb } from "./speed.ts";
export { submit, type SubmissionVerdict, type SubmittedChange } from "./submit.ts";
export { openCall } from "./inbox.ts";
export { editorDesk } from "./editor-desk.ts";
export { asksForPairs, hottestLine } from "./speed-expert.ts";
export { bugsOf, type BugLine, type BugReport, type LabelledAttempt } from "./bugs.ts";
export { CRITICS } from "./guidance.ts";
export { findTargets, type FixTargets } from "./targets.ts";
export { feedbackOf, type CandidateFeedback } from "./feedback.ts";
export { BackgroundRuns, type BackgroundStatus, type Watched } from "./background-runs.ts";
export type { ModelSetting, NamedModels } from "./models.ts";
export * from "./self-agent/index.ts";
