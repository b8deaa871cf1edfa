import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Trial } from "../../packages/verify/attacks/trial.ts";

const DATA = new URL("../../docs/data/attacks.json", import.meta.url);

/** What came of one attack against one judge. What is left out: nothing was screened as passed, nothing succeeded, nothing is unexpected. */
export interface Outcome {
  readonly confirmed: Trial["confirmed"];
  readonly screened?: "passed";
  readonly successes?: readonly string[];
  readonly unexpected?: true;
}

/** Everything found so far; a long run can be put together from several. */
export interface AttackRecord {
  /** Attacks that fool the naive judge, with how. */
  readonly naive: Record<string, string>;
  /** By judge and kind of box, then by attack. */
  readonly judges: Record<string, Record<string, Outcome>>;
  /** What each judge left behind: processes, and host files that changed. */
  readonly left: Record<string, { readonly orphans: readonly string[]; readonly changed: readonly string[] }>;
}

export function emptyRecord(): AttackRecord {
  return { naive: {}, judges: {}, left: {} };
}

/** The record of docs/reliability.md. */
export function readRecord(): AttackRecord {
  return existsSync(DATA) ? (JSON.parse(readFileSync(DATA, "utf8")) as AttackRecord) : emptyRecord();
}

/** Replaces what is on record about the judges of this run, and keeps the rest. */
export function addToRecord(found: AttackRecord): void {
  const old = readRecord();
  const sorted = <T>(...parts: Record<string, T>[]): Record<string, T> =>
    Object.fromEntries(
      Object.entries(Object.assign({}, ...parts) as Record<string, T>).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  const record: AttackRecord = {
    naive: sorted(Object.keys(found.naive).length === 0 ? old.naive : found.naive),
    judges: sorted(old.judges, found.judges),
    left: sorted(old.left, found.left),
  };
  // A line for each attack: short, and readable as a difference.
  const lines = JSON.stringify(record, null, 1).replace(
    /\{\s*("screened"[^{}]*?)\s*\}/g,
    (_whole, inner: string) => `{ ${inner.replace(/\s+/g, " ")} }`,
  );
  writeFileSync(DATA, `${lines}\n`);
}

/** What `npm run attacks -- --json` prints. */
export interface AttackFigures {
  readonly attacks: number;
  readonly trials: number;
  /** Trials in which an attack got anything of what it wanted. */
  readonly successes: number;
  readonly hangs: number;
  readonly orphans: number;
  readonly changedHostFiles: number;
  /** Attacks that fool a judge in the candidate's own process. */
  readonly naiveJudgeFooled: number;
}

export function figuresOf({ naive, judges, left }: AttackRecord): AttackFigures {
  const trials = Object.values(judges).flatMap((own) => Object.values(own));
  return {
    attacks: new Set(Object.values(judges).flatMap((own) => Object.keys(own))).size,
    trials: trials.length,
    successes: trials.filter(({ successes = [] }) => successes.length > 0).length,
    hangs: trials.filter(({ confirmed }) => confirmed === "hang").length,
    orphans: new Set(Object.values(left).flatMap(({ orphans }) => orphans)).size,
    changedHostFiles: new Set(Object.values(left).flatMap(({ changed }) => changed)).size,
    naiveJudgeFooled: Object.keys(naive).length,
  };
}
