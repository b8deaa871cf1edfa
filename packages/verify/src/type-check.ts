import type { Check, Feedback, Submission, Verdict } from "@pawl/core";
import type { Sandbox } from "./sandbox.ts";
import type { ProjectSnapshot } from "./snapshot.ts";
import { newFindings, runStaticChecker, type StaticChecker, type StaticFinding } from "./static-checkers.ts";

export interface StaticCheckOptions {
  readonly sandbox: Sandbox;
  readonly snapshot: ProjectSnapshot;
  readonly checker: StaticChecker;
  /** What it finds in the unchanged project: no candidate's fault. */
  readonly base: readonly StaticFinding[];
}

const MOST_FEEDBACK = 20;

/** Fails a candidate that has type errors which the base has not. `typeErrors` is how many. */
export class TypeCheck implements Check {
  readonly id = "types";
  readonly deterministic = true;
  readonly #options: StaticCheckOptions;

  constructor(options: StaticCheckOptions) {
    this.#options = options;
  }

  screen(submission: Submission, signal: AbortSignal): Promise<Verdict> {
    return this.confirm(submission, signal);
  }

  async confirm(submission: Submission, signal: AbortSignal): Promise<Verdict> {
    const found = await findNew(this.#options, submission, signal);
    if ("reason" in found) return noData(found.reason);
    return {
      status: found.findings.length === 0 ? "passed" : "failed",
      scores: { typeErrors: [found.findings.length] },
      feedback: feedbackOn("error", this.#options.checker, found.findings),
      cost: found.cost,
      evidence: [],
    };
  }

  async close(): Promise<void> {}
}

/** Never fails a candidate: what a linter finds in it and not in the base is said, as notes. Asked in confirmations only. */
export class LintCheck implements Check {
  readonly id = "lint";
  readonly deterministic = true;
  readonly #options: StaticCheckOptions;

  constructor(options: StaticCheckOptions) {
    this.#options = options;
  }

  async screen(): Promise<Verdict> {
    return { status: "passed", scores: {}, feedback: [], cost: { wallMs: 0, cpuMs: 0 }, evidence: [] };
  }

  async confirm(submission: Submission, signal: AbortSignal): Promise<Verdict> {
    const found = await findNew(this.#options, submission, signal);
    const silent = "reason" in found;
    return {
      status: "passed",
      scores: {},
      feedback: silent
        ? [{ kind: "note", name: "lint", message: found.reason }]
        : feedbackOn("note", this.#options.checker, found.findings),
      cost: silent ? { wallMs: 0, cpuMs: 0 } : found.cost,
      evidence: [],
    };
  }

  async close(): Promise<void> {}
}

async function findNew(
  { sandbox, snapshot, checker, base }: StaticCheckOptions,
  { files }: Submission,
  signal: AbortSignal,
): Promise<
  { readonly findings: readonly StaticFinding[]; readonly cost: Verdict["cost"] } | { readonly reason: string }
> {
  const run = await runStaticChecker(sandbox, snapshot, checker, files, signal);
  if ("reason" in run) return run;
  return { findings: newFindings(base, run.findings), cost: { wallMs: run.wallMs, cpuMs: run.cpuMs } };
}

function feedbackOn(
  kind: Feedback["kind"],
  { name }: StaticChecker,
  findings: readonly StaticFinding[],
): readonly Feedback[] {
  return findings.slice(0, MOST_FEEDBACK).map(({ path, line, text }) => ({
    kind,
    name,
    message: text,
    ...(path === "" ? {} : { path, line }),
  }));
}

function noData(reason: string): Verdict {
  const feedback: readonly Feedback[] = [{ kind: "error", name: "types", message: reason }];
  return { status: "infrastructure", scores: {}, feedback, cost: { wallMs: 0, cpuMs: 0 }, evidence: [] };
}
