import type { Verdict } from "@pawl/core";

/** What an attack is tried against. `box`: the sandbox alone, without a verdict; `warm` and `clean` screen and confirm. */
export type CheckKind = "function" | "suite" | "score";

/** The attacking text of one language, around the two functions that the tests call: `double(x)` and `pair(x)`. */
export interface Hostile {
  /** Runs when the module is loaded. JavaScript reaches Node's modules by `builtin("fs")`. */
  readonly before?: string;
  /** Body of `double(x)`; the default is wrong: it returns x. */
  readonly double?: string;
  /** Body of `pair(x)`; the default is `[x, double(x)]`. */
  readonly pair?: string;
  /** Runs at the end of the module. */
  readonly after?: string;
}

/**
 * One hostile candidate, in one or both languages. In its text `{{root}}` is the project, `{{test}}` the test file, `{{secretFile}}` and
 * `{{secretName}}` a file outside of the project and a variable of the caller's environment, `{{hostFile}}` a file outside that anybody may
 * write, `{{port}}` a port of the host that listens, `{{parent}}` the engine's process id.
 */
export interface Attack {
  readonly id: string;
  /** What it tries, for people. */
  readonly tries: string;
  readonly javascript?: Hostile;
  readonly python?: Hostile;
  /** Default: all of them. */
  readonly checks?: readonly CheckKind[];
  /** What may honestly be said about it. */
  readonly want: readonly Verdict["status"][];
  /**
   * It knows what the visible cases ask for, so it may pass them: a table of answers and a forged message with the same answers are one
   * thing. The held-out ones must not pass.
   */
  readonly heldOut?: true;
  /** Takes its limit of time; left out of the short form. */
  readonly slow?: true;
}

/** Wrong like any other candidate. */
export const WRONG = ["failed", "error", "tampered"] as const;
/** Wrong, or over its time. */
export const WRONG_OR_LATE = ["failed", "error", "tampered", "timeout"] as const;
