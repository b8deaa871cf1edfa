import {
  Rng,
  wilsonInterval,
  type Experience,
  type Proposal,
  type ProposalRequest,
  type ProposeContext,
  type Proposer,
  type RunEvent,
} from "@pawl/core";

/** How many candidates that were asked for in one way got further than their parent. */
export interface TrialArm {
  readonly asked: number;
  readonly progressed: number;
  /** 95 % interval of the share (Wilson). */
  readonly interval: readonly [number, number];
}

/** Did lessons help? Candidates of the same run, asked for with them and without. */
export interface LessonTrial {
  /** Lessons that were found at the start. */
  readonly recalled: number;
  readonly with: TrialArm;
  readonly without: TrialArm;
}

/** Share of the requests that are asked without lessons. */
const CONTROL = 0.25;

/** True when request n of a run is asked without lessons: drawn by its number, so that it is the same in every execution. */
export function isControl(seed: number, n: number): boolean {
  return Rng.of(seed, "lessons", n).uniform() < CONTROL;
}

/** Two proposers, one of which knows the lessons. Both learn from every verdict; what the other has tried is skipped as a duplicate. */
export class TrialProposer implements Proposer {
  readonly id: string;
  readonly #withLessons: Proposer;
  readonly #without: Proposer;
  readonly #seed: number;

  constructor(withLessons: Proposer, without: Proposer, seed: number) {
    this.id = without.id;
    this.#withLessons = withLessons;
    this.#without = without;
    this.#seed = seed;
  }

  async *propose(request: ProposalRequest, context: ProposeContext): AsyncGenerator<Proposal> {
    const control = isControl(this.#seed, context.n);
    yield* (control ? this.#without : this.#withLessons).propose(request, context);
    // What is left over of the other: a parent is exhausted only when both have nothing more.
    yield* (control ? this.#withLessons : this.#without).propose(request, context);
  }

  learn(experience: Experience): void {
    this.#withLessons.learn?.(experience);
    this.#without.learn?.(experience);
  }
}

/** Counts, from the record alone, what came of the requests. Candidates without a verdict that is data count for neither. */
export function trialOf(events: readonly RunEvent[], seed: number, recalled: number): LessonTrial {
  const passed = new Map<string, number>();
  const parents = new Map<string, string>();
  const counts = { with: { asked: 0, progressed: 0 }, without: { asked: 0, progressed: 0 } };
  for (const event of events) {
    if (event.type === "proposed") parents.set(event.data.candidate.id, event.data.candidate.parents[0] ?? "");
    if (event.type !== "judged") continue;
    const { candidate, status, scores, n } = event.data;
    if (status === "tampered" || status === "infrastructure") continue;
    const own = (scores["passed"]?.[0] ?? 0) - (scores["regressions"]?.[0] ?? 0);
    passed.set(candidate, own);
    const arm = counts[isControl(seed, n) ? "without" : "with"];
    arm.asked += 1;
    if (status === "passed" || own > (passed.get(parents.get(candidate) ?? "") ?? 0)) arm.progressed += 1;
  }
  return { recalled, with: armOf(counts.with), without: armOf(counts.without) };
}

function armOf({ asked, progressed }: { readonly asked: number; readonly progressed: number }): TrialArm {
  const { low, high } = wilsonInterval(progressed, asked);
  return { asked, progressed, interval: [low, high] };
}
