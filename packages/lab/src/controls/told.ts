import { Rng, type CandidateId, type Verdict } from "@pawl/core";

/** Of a verdict, how many of the cases pass and nothing finer: no closeness of wrong outputs. */
export function shareOnly(verdict: Verdict): Verdict {
  const { passed, regressions } = verdict.scores;
  return {
    ...verdict,
    scores: { ...(passed === undefined ? {} : { passed }), ...(regressions === undefined ? {} : { regressions }) },
  };
}

/** Of a verdict, whether it passed and nothing else: no share, no failing cases, no messages. */
export function sparse(verdict: Verdict): Verdict {
  const { failing: _failing, ...rest } = verdict;
  const passed = verdict.status === "passed";
  return {
    ...rest,
    status: passed ? "passed" : "failed",
    scores: { passed: [passed ? 1 : 0] },
    // By it a search knows the goal.
    ...(passed ? { failing: [] } : {}),
    feedback: [],
  };
}

/**
 * A verifier that errs: what each case says is turned round with a probability, for every judging anew. Everything finer than the share of the
 * cases is left out, for it would give away which of them were turned. The same seed errs in the same way about the same candidate, so that
 * arms under one noise can be paired.
 */
export class NoisyVerifier {
  readonly #p: number;
  readonly #cases: number;
  readonly #seed: number;
  readonly #name: string;
  readonly #clean = new Map<CandidateId, { readonly verdict: Verdict; judged: number }>();

  /** `p` in [0, 1]; `cases`: how many the clean verdicts are of; `name`: of the task, so that tasks err apart. */
  constructor({ p, cases, seed, name }: { p: number; cases: number; seed: number; name: string }) {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability of ${p}`);
    if (!Number.isInteger(cases) || cases < 1) throw new RangeError(`${cases} cases`);
    this.#p = p;
    this.#cases = cases;
    this.#seed = seed;
    this.#name = name;
  }

  /** What is told of a candidate that was judged for the first time. */
  told(verdict: Verdict, candidate: CandidateId): Verdict {
    this.#clean.set(candidate, { verdict, judged: 0 });
    return this.again(candidate) as Verdict;
  }

  /** What a further judging tells; null for a candidate that was never judged. */
  again(candidate: CandidateId): Verdict | null {
    const known = this.#clean.get(candidate);
    if (known === undefined) return null;
    const rng = Rng.of(this.#seed, "noise", this.#name, candidate, known.judged++);
    const { verdict } = known;
    const share = verdict.scores["passed"]?.[0];
    // What does not load or does not end is seen as such.
    if (share === undefined || (verdict.status !== "passed" && verdict.status !== "failed")) return shareOnly(verdict);
    const passing = Math.round(share * this.#cases);
    let told = 0;
    for (let at = 0; at < this.#cases; at++) if (at < passing !== rng.uniform() < this.#p) told += 1;
    const passed = told === this.#cases;
    return {
      ...shareOnly(verdict),
      status: passed ? "passed" : "failed",
      scores: { ...shareOnly(verdict).scores, passed: [told / this.#cases] },
    };
  }
}
