import type {
  CandidateId,
  Experience,
  Json,
  Miss,
  Proposal,
  ProposalRequest,
  ProposeContext,
  Proposer,
  Verdict,
} from "@pawl/core";
import { type Expert, type ExpertWord, PersonExpert, type SpeedTrial } from "../critics/expert-critic.ts";
import { addWeights } from "../feedback/edit-weights.ts";
import { isSpeedFamily, type SpeedFamily } from "./families.ts";

/** What a person answers about a measured proposal. */
export interface ExpertAnswer {
  /** `keep` also stands for "go on", where there is nothing to keep. */
  readonly decision: "keep" | "veto";
  /** Only these from now on; null to leave it open. */
  readonly families: readonly SpeedFamily[] | null;
}

/** Where a person is asked. */
export interface ExpertDesk {
  /** `choice`: the proposal is measurably faster, and is kept unless the answer is a veto. */
  review(trial: SpeedTrial, choice: boolean, signal: AbortSignal): Promise<ExpertAnswer>;
}

export interface ExpertProposerOptions {
  readonly inner: Proposer;
  readonly expert: Expert;
  /** For a person as expert: asked about every proposal that was measured and not offered for keeping. Answers are recorded. */
  readonly desk?: ExpertDesk;
  /** Name of the score that counts, in milliseconds; further ones are called `<name>:<kind of input>`. */
  readonly score: string;
}

const NOTE = "expert";
const KEPT = "kept";

/** Notes in the verdict of a confirmation what became of it, for the expert to hear. */
export function withOutcome(verdict: Verdict, kept: boolean): Verdict {
  const note = { kind: "note" as const, name: KEPT, message: kept ? "yes" : "no" };
  return { ...verdict, feedback: [...verdict.feedback, note] };
}

/** Puts an expert's answer into the verdict of a confirmation, where the record keeps it. A vetoed one has no score: nothing is built on it. */
export function withAnswer(verdict: Verdict, answer: ExpertAnswer): Verdict {
  const feedback = [...verdict.feedback, { kind: "note" as const, name: NOTE, message: written(answer) }];
  return answer.decision === "keep" ? { ...verdict, feedback } : { ...verdict, status: "failed", scores: {}, feedback };
}

function answerIn({ feedback }: Verdict): ExpertAnswer | null {
  const note = feedback.find(({ kind, name }) => kind === "note" && name === NOTE);
  return note === undefined ? null : read(note.message);
}

/**
 * Rewrites for speed with an expert beside them (Florath 2023): each verdict is reviewed, and what the expert says bends the weights of the next
 * proposals. A person's answers are asked for before the next proposal, and recorded.
 */
export class ExpertProposer implements Proposer {
  readonly id: string;
  readonly concurrency?: number;
  readonly #o: ExpertProposerOptions;
  /** Times by kind of input, of what was judged. */
  readonly #times = new Map<CandidateId, Readonly<Record<string, number>>>();
  /** Measured, and not spoken about with the person. */
  readonly #pending: SpeedTrial[] = [];
  readonly #words: ExpertWord[] = [];

  constructor(options: ExpertProposerOptions) {
    this.#o = options;
    this.id = options.inner.id;
    // A person is asked about one proposal before the next is made.
    if (options.inner.concurrency !== undefined && options.desk === undefined)
      this.concurrency = options.inner.concurrency;
  }

  /** Everything the expert said, in order. */
  get words(): readonly ExpertWord[] {
    return this.#words;
  }

  get pending(): boolean {
    return this.#o.inner.pending === true;
  }

  async *propose(request: ProposalRequest, context: ProposeContext): AsyncGenerator<Proposal> {
    const { desk, expert, inner } = this.#o;
    let asked = false;
    const known: ProposeContext = {
      ...context,
      archive: context.archive,
      ask: (name, bound, get) => {
        asked = true;
        return context.ask(name, bound, get);
      },
    };
    const { candidate, verdict } = known.archive.base;
    this.#times.set(candidate.id, timesOf(verdict, this.#o.score));
    if (desk !== undefined && expert instanceof PersonExpert && this.#pending.length > 0) {
      const trials = this.#pending.splice(0);
      for (const [i, trial] of trials.entries()) {
        const answer = await context.ask<Json>(`${NOTE}-${i}`, {}, async (signal) => ({
          value: written(await desk.review(trial, false, signal)),
        }));
        expert.ask(read(String(answer))?.families ?? null);
      }
    }
    // Whoever was asked has given the one answer of this request.
    for (let again = true; again; again = !asked && expert.relent()) {
      const weights = addWeights(request.weights, expert.weights());
      const hint = [request.hint, this.#words.at(-1)?.reason].filter((said) => said !== undefined).join("\n");
      const bent = { ...request, ...(weights === undefined ? {} : { weights }), ...(hint === "" ? {} : { hint }) };
      yield* inner.propose(bent, known);
    }
  }

  learn(experience: Experience): void {
    const { candidate, verdict, request } = experience;
    const { expert, inner, score } = this.#o;
    inner.learn?.(experience);
    const times = timesOf(verdict, score);
    this.#times.set(candidate.id, times);
    const answer = answerIn(verdict);
    const trial = trialOf(candidate.origin.summary, verdict, this.#times.get(request.parent) ?? {}, times, score);
    if (expert instanceof PersonExpert) {
      if (answer === null) this.#pending.push(trial);
      else expert.ask(answer.families);
      return;
    }
    this.#words.push(expert.review(trial));
  }

  missed(miss: Miss): void {
    this.#o.inner.missed?.(miss);
  }

  async close(): Promise<void> {
    await this.#o.inner.close?.();
  }
}

/** A trial from a verdict and the times of what it is compared with. */
export function trialOf(
  summary: string,
  verdict: Verdict,
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
  score: string,
): SpeedTrial {
  const found = verdict.feedback.find(({ kind }) => kind !== "note");
  const outcome = verdict.feedback.find(({ kind, name }) => kind === "note" && name === KEPT);
  const wrong = verdict.status === "passed" ? null : `${found?.message ?? verdict.status}${inputOf(found)}`;
  const ratioOf = (name: string): number | null => {
    const [a, b] = [before[name], after[name]];
    return a === undefined || b === undefined ? null : a / Math.max(b, 0.01);
  };
  const kinds = Object.keys(after).filter((name) => name !== score && before[name] !== undefined);
  return {
    summary,
    wrong,
    ratio: wrong === null ? ratioOf(score) : null,
    ratios:
      wrong !== null || ratioOf(score) === null
        ? null
        : Object.fromEntries(kinds.map((name) => [name.slice(score.length + 1), ratioOf(name) as number])),
    kept: outcome === undefined ? null : outcome.message === "yes",
  };
}

function inputOf(found: Verdict["feedback"][number] | undefined): string {
  return found?.expected === undefined ? "" : ` (${found.expected}, and now ${found.actual ?? "something else"})`;
}

/** Means of the repetitions. */
export function timesOf({ scores }: Verdict, score: string): Readonly<Record<string, number>> {
  const own = Object.entries(scores).filter(([name]) => name === score || name.startsWith(`${score}:`));
  return Object.fromEntries(
    own.map(([name, values]) => [name, values.reduce((sum, value) => sum + value, 0) / values.length]),
  );
}

function written({ decision, families }: ExpertAnswer): string {
  return families === null ? decision : `${decision}; ${families.join(", ")}`;
}

function read(text: string): ExpertAnswer | null {
  const [decision, named] = text.split("; ");
  if (decision !== "keep" && decision !== "veto") return null;
  return { decision, families: named === undefined ? null : named.split(", ").filter(isSpeedFamily) };
}
