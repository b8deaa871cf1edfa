import type { Check, Feedback, Submission, Verdict } from "@pawl/core";
import { isData } from "@pawl/core";

/** The check of one version; make it with `snapshotIn(view, snapshot)`. */
export interface VersionedCheck {
  readonly label: string;
  readonly check: Check;
}

/**
 * One check, made for each of several versions of a dependency; passes when it passes in all of them. For the tests of a suite there is
 * `matrixAdapter`; this is for checks of other kinds, such as function checks.
 */
export class MatrixCheck implements Check {
  readonly id: string;
  readonly deterministic: boolean;
  readonly #versions: readonly VersionedCheck[];

  constructor(versions: readonly VersionedCheck[]) {
    if (versions.length === 0) throw new RangeError("a matrix has at least one version");
    this.#versions = versions;
    this.id = `${versions[0]?.check.id} in ${versions.map(({ label }) => label).join(", ")}`;
    this.deterministic = versions.every(({ check }) => check.deterministic);
  }

  screen(submission: Submission, signal: AbortSignal): Promise<Verdict> {
    return this.#each((check) => check.screen(submission, signal));
  }

  confirm(submission: Submission, signal: AbortSignal): Promise<Verdict> {
    return this.#each((check) => check.confirm(submission, signal));
  }

  async close(): Promise<void> {
    for (const { check } of this.#versions) await check.close();
  }

  async #each(judge: (check: Check) => Promise<Verdict>): Promise<Verdict> {
    const verdicts: [string, Verdict][] = [];
    for (const { label, check } of this.#versions) verdicts.push([label, await judge(check)]);
    return together(verdicts);
  }
}

/**
 * `passed` is the mean of the versions' shares, to lead a search; `versions` says how many pass wholly: a mean hides that only one side is
 * ever right. No data in one version is no data.
 */
function together(verdicts: readonly (readonly [label: string, verdict: Verdict])[]): Verdict {
  const all = verdicts.map(([, verdict]) => verdict);
  const bad = all.find((verdict) => !isData(verdict)) ?? all.find((verdict) => verdict.status !== "passed");
  const passing = all.filter((verdict) => verdict.status === "passed").length;
  const share = all.reduce(
    (sum, verdict) => sum + (verdict.scores["passed"]?.[0] ?? Number(verdict.status === "passed")),
    0,
  );
  const feedback = verdicts.flatMap(([label, verdict]): readonly Feedback[] =>
    verdict.feedback.map((each) => ({
      ...each,
      ...(each.name !== undefined && { name: `${label}: ${each.name}` }),
      message: `${label}: ${each.message}`,
    })),
  );
  return {
    status: bad?.status ?? "passed",
    scores: { passed: [share / all.length], versions: [passing] },
    failing: verdicts.flatMap(([label, { failing = [] }]) => failing.map((id) => `${label}: ${id}`)).sort(),
    feedback,
    cost: {
      wallMs: all.reduce((sum, { cost }) => sum + cost.wallMs, 0),
      cpuMs: all.reduce((sum, { cost }) => sum + cost.cpuMs, 0),
    },
    evidence: all.flatMap(({ evidence }) => evidence),
  };
}
