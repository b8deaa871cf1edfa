export type { Json } from "./json.ts";
export { canonicalJson } from "./json.ts";
export { sha256 } from "./hash.ts";
export * from "./errors.ts";
export { Rng } from "./rng.ts";
export { FAULT_CLASSES, type FaultClass } from "./fault-class.ts";
export type * from "./candidate.ts";
export { isData, type Cost, type Feedback, type Status, type Verdict } from "./verdict.ts";
export type * from "./contracts.ts";
export { Target, applyEdits, smallestChange, type Derived, type Rejection } from "./target.ts";
export { Budget, formatBudget, parseBudget, type BudgetLimits, type BudgetUnit, type Spending } from "./budget.ts";
export { Archive, unjudged, type ArchiveEntry, type ArchiveView } from "./archive.ts";
export { ParetoFront } from "./pareto.ts";
export { CellMap } from "./cells.ts";
export * from "./events.ts";
export { DOCUMENT_SCHEMA, DocumentIndex, type Document, type Found } from "./document-index.ts";
export { Store, type RunRow } from "./store.ts";
export { Journal, type EventSink, type ValueStore } from "./journal.ts";
export { AnswerFault } from "./open-request.ts";
export {
  judgedBase,
  runLoop,
  type Confirmation,
  type Gate,
  type LoopOptions,
  type LoopResult,
  type Progress,
  type ProgressEvent,
} from "./loop.ts";
export { RunSession, isAlive, recordOf, runState, type RunState } from "./run.ts";
export * from "./statistics/index.ts";
export type * from "./constrained-problem.ts";
export type * from "./critic.ts";
