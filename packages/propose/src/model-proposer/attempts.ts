import { isData, type CandidateId, type Experience, type Verdict } from "@pawl/core";

const KEPT_PER_PARENT = 8;
const MOST_PARENTS = 256;
const MOST_CHARACTERS = 300;

/** What became of the last attempts from each parent, for whoever tries the next one. */
export class Attempts {
  readonly #byParent = new Map<CandidateId, string[]>();
  readonly #brief: boolean;

  /** `brief`: only whether they were right. */
  constructor(brief = false) {
    this.#brief = brief;
  }

  /** Newest first. */
  of(parent: CandidateId): readonly string[] {
    return this.#byParent.get(parent) ?? [];
  }

  add({ candidate, request, verdict }: Pick<Experience, "candidate" | "request" | "verdict">): void {
    const known = this.#byParent.get(request.parent) ?? [];
    this.#byParent.delete(request.parent);
    this.#byParent.set(
      request.parent,
      [`- ${candidate.origin.summary}: ${this.#brief ? verdict.status : outcomeOf(verdict, 1)}`, ...known].slice(
        0,
        KEPT_PER_PARENT,
      ),
    );
    const oldest = this.#byParent.keys().next();
    if (this.#byParent.size > MOST_PARENTS && oldest.done !== true) this.#byParent.delete(oldest.value);
  }
}

/** A verdict in words, with `most` of its findings. Held-out tests are not in it. */
export function outcomeOf(verdict: Verdict, most = 5): string {
  if (!isData(verdict)) return `no verdict (${verdict.status})`;
  const scores = Object.entries(verdict.scores).flatMap(([name, values]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return Number.isFinite(mean) ? [`${name} ${Number(mean.toPrecision(6))}`] : [];
  });
  const failing = verdict.failing ?? [];
  const still = failing.length === 0 ? "" : `; not passing: ${failing.slice(0, 2 * most).join(", ")}`;
  const findings = verdict.feedback.slice(0, most).map(({ name, kind, message, path, line }) => {
    const place = path === undefined ? "" : ` (${path}${line === undefined ? "" : `:${line}`})`;
    return `\n  ${name ?? kind}${place}: ${message.slice(0, MOST_CHARACTERS)}`;
  });
  const measured = scores.length === 0 ? "" : ` (${scores.join(", ")})`;
  return `${verdict.status}${measured}${still}${findings.join("")}`;
}
