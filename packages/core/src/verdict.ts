/**
 * `tampered` and `infrastructure` mean "no data": they are recorded, never counted as a score.
 * `error`: the candidate does not load or crashes outside of any test.
 */
export type Status = "passed" | "failed" | "error" | "timeout" | "tampered" | "infrastructure";

/** One finding, made of real evidence, for people and proposers. */
export interface Feedback {
  readonly kind: "test" | "error" | "note";
  readonly name?: string;
  readonly message: string;
  readonly path?: string;
  readonly line?: number;
  readonly expected?: string;
  readonly actual?: string;
}

/** Milliseconds; `cpuMs` covers the whole box, read from outside. */
export interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

export interface Verdict {
  readonly status: Status;
  /**
   * Measurements by name, one number per repetition. Test-like checks report `passed` = [fraction of the tests asked for that pass].
   * Higher is better unless the objective says otherwise.
   */
  readonly scores: Readonly<Record<string, readonly number[]>>;
  /**
   * Ids of the tests that did not pass, sorted; part of what must repeat. Left out where there are no tests: a score called `passed` is the
   * user's own then.
   */
  readonly failing?: readonly string[];
  readonly feedback: readonly Feedback[];
  readonly cost: Cost;
  /** Hashes of blobs with raw output. */
  readonly evidence: readonly string[];
}

/** True when the verdict says something about the candidate (and not only about the machine or about cheating). */
export function isData(verdict: Verdict): boolean {
  return verdict.status !== "tampered" && verdict.status !== "infrastructure";
}
