import type { Check, Feedback, Submission, Verdict } from "@pawl/core";

/**
 * Several checks as one, cheap ones first: the first that a candidate does not pass ends it, and those after it are not run. That they were not
 * is said in the verdict's feedback. Passes when all pass; scores of all that ran are kept, under their own names.
 */
export function cascade(checks: readonly [Check, ...Check[]]): Check {
  if (checks.length === 1) return checks[0];
  const inTurn = async (judge: (check: Check) => Promise<Verdict>): Promise<Verdict> => {
    let all: Verdict | null = null;
    for (const [i, check] of checks.entries()) {
      const verdict = await judge(check);
      all = all === null ? verdict : together(all, verdict);
      if (verdict.status !== "passed") return withSkipped(all, check, checks.slice(i + 1));
    }
    return all as Verdict;
  };
  return {
    id: checks.map(({ id }) => id).join(", then "),
    deterministic: checks.every(({ deterministic }) => deterministic),
    screen: (submission: Submission, signal) => inTurn((check) => check.screen(submission, signal)),
    confirm: (submission: Submission, signal) => inTurn((check) => check.confirm(submission, signal)),
    async close() {
      for (const check of checks) await check.close();
    },
  };
}

function together(earlier: Verdict, later: Verdict): Verdict {
  const failing = [...(earlier.failing ?? []), ...(later.failing ?? [])];
  return {
    status: later.status,
    scores: { ...earlier.scores, ...later.scores },
    ...(earlier.failing === undefined && later.failing === undefined ? {} : { failing }),
    feedback: [...earlier.feedback, ...later.feedback],
    cost: {
      wallMs: earlier.cost.wallMs + later.cost.wallMs,
      cpuMs: earlier.cost.cpuMs + later.cost.cpuMs,
    },
    evidence: [...earlier.evidence, ...later.evidence],
  };
}

function withSkipped(verdict: Verdict, stopped: Check, skipped: readonly Check[]): Verdict {
  if (skipped.length === 0) return verdict;
  const names = skipped.map(({ id }) => id).join(", ");
  const note: Feedback = { kind: "note", name: stopped.id, message: `not run after ${stopped.id}: ${names}` };
  return { ...verdict, feedback: [...verdict.feedback, note] };
}
