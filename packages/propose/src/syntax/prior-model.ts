import type { TextEdit } from "@pawl/core";

/** What the model looks at in one single edit. */
export interface EditTraits {
  readonly operator: string;
  readonly nodeKind: string;
  /** In (0, 1]. */
  readonly weight: number;
  readonly replacements?: readonly TextEdit[];
}

/** Weights of a log-linear model over single edits, by feature. Plain data: shipped, recorded with a run. */
export interface PriorModel {
  readonly version: 1;
  readonly weights: Readonly<Record<string, number>>;
}

/** Without any training: no operator is likelier than another, suspicious lines and the operators' own favourites come first. */
export const UNIFORM_MODEL: PriorModel = { version: 1, weights: { "log-suspiciousness": 1.5, "log-weight": 0.5 } };

/** So that a line no failing test executes keeps a chance. */
const SUSPICION_FLOOR = 0.02;

/** Features of an edit on a line of that suspiciousness, as name and value. */
export function featuresOf(edit: EditTraits, suspiciousness: number): readonly (readonly [string, number])[] {
  const inserted = (edit.replacements ?? []).reduce((sum, { text }) => sum + text.length, 0);
  const removed = (edit.replacements ?? []).reduce((sum, { start, end }) => sum + end - start, 0);
  return [
    [`operator ${edit.operator}`, 1],
    ["log-suspiciousness", Math.log(suspiciousness + SUSPICION_FLOOR)],
    ["suspiciousness", suspiciousness],
    ["most-suspicious", Number(suspiciousness >= 1)],
    ["log-weight", Math.log(edit.weight)],
    ["weight", edit.weight],
    ["log-inserted", Math.log(1 + inserted)],
    ["log-removed", Math.log(1 + removed)],
    ["log-growth", Math.log(1 + Math.abs(inserted - removed))],
    ["inserts-only", Number(removed === 0)],
    ["removes-only", Number(inserted === 0)],
  ];
}

/** Log of the unnormalised probability that this edit, among all single edits of a program, is the right one. */
export function modelScore(model: PriorModel, edit: EditTraits, suspiciousness: number): number {
  return featuresOf(edit, suspiciousness).reduce((sum, [name, value]) => sum + (model.weights[name] ?? 0) * value, 0);
}
