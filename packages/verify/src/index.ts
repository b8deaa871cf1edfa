export type { Command, Limits, ProcessResult } from "./process.ts";
export type { BoxContents, BoxProcess, Isolation, Sandbox } from "./sandbox.ts";
export { snapshotOfTexts } from "./snapshot-of-texts.ts";
export { removeSnapshot, takeSnapshot, type ProjectSnapshot, type SnapshotOptions } from "./snapshot.ts";
export { findAgentProgram, type AgentProgram } from "./agent-program.ts";
export { Workspace, type WorkspaceChanges, type WorkspaceOptions } from "./workspace.ts";
export { openSandbox, type SandboxOptions } from "./open-sandbox.ts";
export { probeSandbox, type SandboxProbe } from "./probe-sandbox.ts";
export { BoxGroups, boxGroups } from "./cgroup.ts";
export { proveBox, type BoxProperty } from "./prove-box.ts";
export { DEFAULT_LIMITS } from "./default-limits.ts";
export {
  accept,
  scoreOf,
  shareOfErrorBudget,
  type Acceptance,
  type AcceptanceOptions,
  type KnownObjective,
  type Objective,
} from "./acceptance.ts";
export { TestSuiteCheck, type CreatedCheck, type CreateOptions, type TestSuiteOptions } from "./suites/check.ts";
export { coverageOf, type Coverage } from "./suites/affected.ts";
export { runBaseline, type Baseline } from "./suites/baseline.ts";
export { discoverTests, packageRoot, type Discovery } from "./suites/discover.ts";
export { workspaceRoot } from "./suites/workspaces.ts";
export { adapterFor } from "./suites/adapters.ts";
export { classifyFiles } from "./suites/classify-files.ts";
export { ignoredByGit, isNeverCopied } from "./project-files.ts";
export type { RunnerAdapter, SuiteContext, TestId, TestOutcome, TestReport, RunnerId } from "./suites/types.ts";
export {
  FunctionCheck,
  parseReference,
  type CaseList,
  type CaseTrace,
  type FunctionCheckOptions,
  type Property,
} from "./function-check.ts";
export { FunctionLanes } from "./function-lanes.ts";
export { callFresh, type FunctionSetting } from "./function-process.ts";
export { traceCalls } from "./function-trace.ts";
export { mismatch, verdictOfCases } from "./function-verdict.ts";
export { callsOf, caseIds, type CallSet, type Reply } from "./wire.ts";
export { constantsIn, generateCalls, type GeneratedCall } from "./generated-calls.ts";
export type { FunctionCase, WireValue } from "./wire.ts";
export { sameValue } from "./equality.ts";
export { shellCommand } from "./suites/discover.ts";
export { cascade } from "./cascade.ts";
export {
  findLinter,
  findTypeChecker,
  runStaticChecker,
  type StaticChecker,
  type StaticFinding,
} from "./static-checkers.ts";
export { LintCheck, TypeCheck } from "./type-check.ts";
export { askPython, runFragment, type FragmentError, type FragmentRun } from "./fragment-run.ts";
export { matrixAdapter } from "./matrix/adapter.ts";
export { bisect, type Flip } from "./matrix/bisect.ts";
export { MatrixCheck, type VersionedCheck } from "./matrix/check.ts";
export { exportsIn } from "./matrix/exports.ts";
export { failureClass, type FailureClass } from "./matrix/failure-class.ts";
export { installVersions, projectPython } from "./matrix/install.ts";
export { releasesNpm } from "./matrix/install-npm.ts";
export { NotInstallable } from "./matrix/installer.ts";
export { judgeVersions, type VersionVerdict } from "./matrix/judge.ts";
export { releasesBetween } from "./matrix/releases.ts";
export { compareVersions, parseVersions, type Ecosystem } from "./matrix/version.ts";
export { openViews, snapshotIn, type VersionView, type VersionViews } from "./matrix/view.ts";
export { SCORE, ScoreCheck, type ScoreCheckOptions, type ScoreFunction } from "./score-check.ts";
export { compareBehaviour, recordBehaviour, type Behaviour, type Difference } from "./equivalence.ts";
export { CPU, cpuOf, LOG_CPU, SpeedCheck, type SpeedCheckOptions, type TimingPlan } from "./timing.ts";
export type { TimedGroup } from "./timing-groups.ts";
export { growthOf, type Growth } from "./timing-growth.ts";
export { familyLike, type InputFamily } from "./timing-inputs.ts";
export type { Arguments, MeasuredFunction } from "./timing-process.ts";
export { traceAllValues, traceValues, type ValueStep, type ValueTrace, type ValueTraceOptions } from "./value-trace.ts";
