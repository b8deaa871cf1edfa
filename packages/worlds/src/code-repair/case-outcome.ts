import type { FunctionCase, TaggedValue } from "./task-format.ts";

/** What the runners print for a case: a result, an error, or that the process came to its end. */
export interface CaseOutcome {
  readonly returns?: TaggedValue;
  /** The name of the error. */
  readonly throws?: string;
  readonly message?: string;
  readonly argsAfter?: readonly TaggedValue[];
  /** Set by the parent when the code had to be stopped or ended the process. */
  readonly ended?: "timeout" | "exit";
}

/** Why an outcome is not what a case asks for, or null when it is. */
export function failureOf(expected: FunctionCase, outcome: CaseOutcome): string | null {
  if (outcome.ended !== undefined)
    return outcome.ended === "timeout" ? "was stopped after its time" : "ended the process";
  const tolerance = expected.tolerance ?? 0;
  if (expected.throws !== undefined) {
    if (outcome.throws === undefined)
      return `returned ${JSON.stringify(outcome.returns)} instead of throwing ${expected.throws}`;
    if (outcome.throws !== expected.throws)
      return `threw ${outcome.throws} (${outcome.message ?? ""}) instead of ${expected.throws}`;
  } else {
    if (outcome.throws !== undefined) return `threw ${outcome.throws} (${outcome.message ?? ""})`;
    if (!sameValue(outcome.returns ?? null, expected.returns ?? null, tolerance)) {
      return `returned ${JSON.stringify(outcome.returns)} instead of ${JSON.stringify(expected.returns)}`;
    }
  }
  if (expected.argsAfter !== undefined && !sameValue(outcome.argsAfter ?? [], expected.argsAfter, tolerance)) {
    return `left the arguments as ${JSON.stringify(outcome.argsAfter)} instead of ${JSON.stringify(expected.argsAfter)}`;
  }
  return null;
}

/**
 * Deep equality of tagged values. The order of lists and tuples counts; that of
 * object properties, maps, dictionaries and sets does not.
 */
export function sameValue(a: TaggedValue, b: TaggedValue, tolerance = 0): boolean {
  if (typeof a === "number" && typeof b === "number") return a === b || Math.abs(a - b) <= tolerance;
  if (isValueList(a) || isValueList(b)) {
    return isValueList(a) && isValueList(b) && sameLists(a, b, tolerance);
  }
  if (!isValueRecord(a) || !isValueRecord(b)) return a === b;
  const tag = a["$"];
  if (tag !== b["$"]) return false;
  if (tag === "Map" || tag === "dict" || tag === "Set" || tag === "set") {
    const [one, other] = [a["v"], b["v"]];
    return isValueList(one) && isValueList(other) && sameBags(one, other, tolerance);
  }
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => {
    const [one, other] = [a[name], b[name]];
    return Object.hasOwn(b, name) && one !== undefined && other !== undefined && sameValue(one, other, tolerance);
  });
}

function sameLists(a: readonly TaggedValue[], b: readonly TaggedValue[], tolerance: number): boolean {
  return a.length === b.length && a.every((item, i) => sameValue(item, b[i] ?? null, tolerance));
}

function sameBags(a: readonly TaggedValue[], b: readonly TaggedValue[], tolerance: number): boolean {
  if (a.length !== b.length) return false;
  const rest = [...b];
  return a.every((item) => {
    const at = rest.findIndex((other) => sameValue(item, other, tolerance));
    if (at === -1) return false;
    rest.splice(at, 1);
    return true;
  });
}

function isValueList(value: TaggedValue | undefined): value is readonly TaggedValue[] {
  return Array.isArray(value);
}

function isValueRecord(value: TaggedValue): value is { readonly [name: string]: TaggedValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
