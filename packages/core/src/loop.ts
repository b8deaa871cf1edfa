import { Archive, unjudged, type ArchiveView } from "./archive.ts";
import type { Budget, Reservation } from "./budget.ts";
import type { CandidateId } from "./candidate.ts";
import type { Check, Evaluated, ProposalRequest, Proposer, Search, Submission } from "./contracts.ts";
import type { JudgedData, JudgedMeta } from "./events.ts";
import { canonicalJson } from "./json.ts";
import type { Journal } from "./journal.ts";
import { Rng } from "./rng.ts";
import type { Rejection, Target } from "./target.ts";
import type { Verdict } from "./verdict.ts";

/** What is wanted of a candidate, and when its screening is good enough to look closer. */
export interface Gate {
  /** Scalar to maximise; null when the verdict has no score. */
  fitness(verdict: Verdict): number | null;
  /** Is this screened candidate worth a confirmation? */
  promising(result: Evaluated, archive: ArchiveView): boolean;
  /** The word that counts. Makes measurements; what it returns is recorded. */
  confirm(submission: Submission, archive: ArchiveView, signal: AbortSignal): Promise<Confirmation>;
  /** A reason to stop before the budget is used up, or null. A function of what was recorded only. */
  satisfied(progress: Progress): string | null;
}

export interface Confirmation {
  readonly verdict: Verdict;
  readonly kept: boolean;
  /** One line: why it was kept or not. */
  readonly reason: string;
}

export interface Progress {
  readonly archive: ArchiveView;
  /** Ids of kept candidates, in order. */
  readonly kept: readonly CandidateId[];
  readonly screened: number;
  readonly confirmed: number;
  /** `screened` at the time when something was kept last; null when nothing was. */
  readonly lastKeptAt: number | null;
}

export interface LoopOptions {
  readonly target: Target;
  readonly check: Check;
  readonly gate: Gate;
  readonly search: Search;
  readonly proposer: Proposer;
  /** The base with its verdict. */
  readonly base: Evaluated;
  readonly journal: Journal;
  readonly budget: Budget;
  readonly seed: number;
  /** Candidates in flight. Part of the run's identity: request n is asked after verdict n − window, however many lanes there are. */
  readonly window: number;
  /** Seconds this run has used so far. */
  readonly elapsed: () => number;
  readonly signal: AbortSignal;
  /** Judge again what is on record and report differences, instead of taking the record's word. */
  readonly recheck?: boolean;
  readonly onProgress?: (event: ProgressEvent) => void;
}

export type ProgressEvent = Progress & {
  readonly last: Evaluated;
  readonly stage: "screened" | "confirmed";
  readonly note: string;
};

export interface LoopResult extends Progress {
  readonly reason: string;
  /** Verdicts that came out differently when judged again (`recheck`). */
  readonly differences: readonly {
    readonly n: number;
    readonly recorded: string;
    readonly now: string;
  }[];
}

interface InFlight {
  readonly n: number;
  readonly request: ProposalRequest;
  readonly submission: Submission;
  readonly reservation: Reservation;
  /** Null when the verdict is on record and is not to be checked again. */
  readonly verdict: Promise<Verdict> | null;
}

/**
 * Rounds of propose → verify → keep → learn. Verdicts are told in the order of proposals, so a run is a function of its seed, its
 * observations and its verdicts; executing it again over the same journal gives the same events.
 * Throws when `signal` is aborted; everything told so far is recorded then.
 */
export async function runLoop(options: LoopOptions): Promise<LoopResult> {
  const loop = new Loop(options);
  try {
    return await loop.run();
  } finally {
    loop.abandon();
  }
}

class Loop {
  readonly #o: LoopOptions;
  readonly #archive: Archive;
  readonly #seen = new Set<CandidateId>();
  readonly #inFlight: InFlight[] = [];
  readonly #judgedOnRecord: ReadonlySet<number>;
  readonly #abandon = new AbortController();
  readonly #signal: AbortSignal;
  readonly #kept: CandidateId[] = [];
  readonly #differences: { n: number; recorded: string; now: string }[] = [];
  #n = 0;
  #screened = 0;
  #confirmed = 0;
  #lastKeptAt: number | null = null;

  constructor(options: LoopOptions) {
    this.#o = options;
    this.#signal = AbortSignal.any([options.signal, this.#abandon.signal]);
    this.#archive = new Archive(options.base);
    this.#seen.add(options.target.baseId);
    this.#judgedOnRecord = new Set(
      options.journal.ahead().flatMap((event) => (event.type === "judged" ? [event.data.n] : [])),
    );
  }

  async run(): Promise<LoopResult> {
    const { gate, journal, search } = this.#o;
    for (;;) {
      this.#o.signal.throwIfAborted();
      const reason = this.#stopReason();
      if (reason === null && this.#inFlight.length < this.#o.window && !search.done() && (await this.#propose()))
        continue;
      if (this.#inFlight.length > 0 && (reason === null || reason === "evaluations")) {
        await this.#takeOldest();
        const enough = gate.satisfied(this.#progress());
        if (enough === null) continue;
        journal.decide({ type: "stopped", data: { reason: enough } });
        return this.#result(enough);
      }
      const stopped = reason ?? "nothing left to try";
      journal.decide({ type: "stopped", data: { reason: stopped } });
      return this.#result(stopped);
    }
  }

  /** Releases what is still in flight. */
  abandon(): void {
    this.#abandon.abort();
    for (const each of this.#inFlight.splice(0)) {
      each.reservation.release();
      each.verdict?.catch(() => {});
    }
  }

  /** Evaluations are counted by the run itself; time and money come from outside, so on record their end is an event. */
  #stopReason(): string | null {
    const { budget, journal } = this.#o;
    if (journal.replaying || journal.readOnly) {
      const event = journal.peekStop();
      if (event === "seconds" || event === "tokens" || event === "dollars") return event;
      return budget.exhausted() === "evaluations" ? "evaluations" : null;
    }
    budget.clock(this.#o.elapsed());
    return budget.exhausted();
  }

  /** Asks for one new candidate and sends it off. False when the proposer had none for the request. */
  async #propose(): Promise<boolean> {
    const { search, check, journal, budget } = this.#o;
    const n = this.#n;
    const rng = Rng.of(this.#o.seed, "ask", n);
    const request = search.ask(this.#archive, rng);
    const reservation = budget.reserve({ evaluations: 1 });
    if (reservation === null) return false;
    const skipped: Partial<Record<Rejection, number>> = {};
    const submission = await this.#firstNew(request, rng.child("propose"), skipped);
    if (submission === null) {
      reservation.release();
      search.exhausted(request);
      this.#n = n + 1;
      return true;
    }
    this.#n = n + 1;
    this.#seen.add(submission.candidate.id);
    journal.decide({
      type: "proposed",
      data: {
        n,
        request,
        candidate: submission.candidate,
        skipped: skipped as Record<string, number>,
      },
    });
    const known = this.#judgedOnRecord.has(n);
    const judge = this.#o.recheck === true ? known : !known && !journal.readOnly;
    const verdict = judge ? check.screen(submission, this.#signal) : null;
    verdict?.catch(() => {}); // handled when its turn comes
    this.#inFlight.push({ n, request, submission, reservation, verdict });
    return true;
  }

  async #firstNew(
    request: ProposalRequest,
    rng: Rng,
    skipped: Partial<Record<Rejection, number>>,
  ): Promise<Submission | null> {
    const { target, proposer, signal } = this.#o;
    const parent = this.#archive.get(request.parent);
    if (parent === undefined)
      throw new RangeError(`search '${this.#o.search.id}' asked for unknown parent ${request.parent}`);
    const context = {
      archive: this.#archive,
      editable: target.editable,
      rng,
      signal,
      read: (id: CandidateId, path: string): string => {
        const entry = this.#archive.get(id);
        if (entry === undefined) throw new RangeError(`unknown candidate ${id}`);
        return target.textOf(entry.candidate, path);
      },
    };
    for await (const proposal of proposer.propose(request, context)) {
      const parents = [request.parent, ...(request.inspirations ?? [])];
      const derived = target.derive(parent.candidate, proposal.edits, proposal.origin, parents);
      if ("rejected" in derived) skipped[derived.rejected] = (skipped[derived.rejected] ?? 0) + 1;
      else if (this.#seen.has(derived.candidate.id)) skipped.duplicate = (skipped.duplicate ?? 0) + 1;
      else return derived;
    }
    return null;
  }

  /** Waits for the verdict of the oldest candidate, records it, and tells everybody. */
  async #takeOldest(): Promise<void> {
    const { journal, search, proposer, gate } = this.#o;
    const next = this.#inFlight.shift() as InFlight;
    const verdict = await this.#verdictOf(next);
    next.reservation.settle();
    this.#screened += 1;
    const parentFitness = this.#archive.get(next.request.parent)?.fitness ?? null;
    let result: Evaluated = {
      candidate: next.submission.candidate,
      request: next.request,
      verdict,
      fitness: gate.fitness(verdict),
      confirmed: false,
    };
    this.#archive.add(result);
    this.#report(result, "screened", next.submission.candidate.origin.summary);
    if (gate.promising(result, this.#archive)) {
      const confirmation = await this.#confirm(next.n, next.submission, journal);
      this.#confirmed += 1;
      result = {
        ...result,
        verdict: confirmation.verdict,
        fitness: gate.fitness(confirmation.verdict),
        confirmed: true,
      };
      this.#archive.add(result);
      if (confirmation.kept) {
        this.#archive.keep(result.candidate.id);
        this.#kept.push(result.candidate.id);
        this.#lastKeptAt = this.#screened;
      }
      this.#report(result, "confirmed", confirmation.reason);
    }
    search.tell(result);
    proposer.learn?.({ ...result, parentFitness });
  }

  async #verdictOf(next: InFlight): Promise<Verdict> {
    const { journal } = this.#o;
    const candidate = next.submission.candidate.id;
    const recorded = journal.recall("judged");
    if (recorded === null) {
      const verdict = await (next.verdict as Promise<Verdict>);
      this.#o.signal.throwIfAborted();
      journal.write({
        type: "judged",
        data: judgedData(next.n, candidate, verdict),
        meta: judgedMeta(verdict),
      });
      return verdict;
    }
    if (next.verdict !== null) {
      const now = canonicalJson(judgedData(next.n, candidate, await next.verdict));
      if (now !== canonicalJson(recorded.data))
        this.#differences.push({ n: next.n, recorded: canonicalJson(recorded.data), now });
    }
    return verdictFrom(recorded.data, recorded.meta);
  }

  async #confirm(n: number, submission: Submission, journal: Journal): Promise<Confirmation> {
    const recorded = journal.recall("confirmed");
    if (recorded !== null && this.#o.recheck !== true)
      return {
        verdict: verdictFrom(recorded.data, recorded.meta),
        kept: recorded.data.kept,
        reason: recorded.data.reason,
      };
    const confirmation = await this.#o.gate.confirm(submission, this.#archive, this.#o.signal);
    this.#o.signal.throwIfAborted();
    const data = {
      ...judgedData(n, submission.candidate.id, confirmation.verdict),
      kept: confirmation.kept,
      reason: confirmation.reason,
    };
    if (recorded === null) {
      journal.write({ type: "confirmed", data, meta: judgedMeta(confirmation.verdict) });
      return confirmation;
    }
    if (canonicalJson(data) !== canonicalJson(recorded.data))
      this.#differences.push({
        n,
        recorded: canonicalJson(recorded.data),
        now: canonicalJson(data),
      });
    return {
      verdict: verdictFrom(recorded.data, recorded.meta),
      kept: recorded.data.kept,
      reason: recorded.data.reason,
    };
  }

  #progress(): Progress {
    return {
      archive: this.#archive,
      kept: this.#kept,
      screened: this.#screened,
      confirmed: this.#confirmed,
      lastKeptAt: this.#lastKeptAt,
    };
  }

  #report(last: Evaluated, stage: "screened" | "confirmed", note: string): void {
    this.#o.onProgress?.({ ...this.#progress(), last, stage, note });
  }

  #result(reason: string): LoopResult {
    return { ...this.#progress(), reason, differences: this.#differences };
  }
}

function judgedData(n: number, candidate: CandidateId, verdict: Verdict): JudgedData {
  return {
    n,
    candidate,
    status: verdict.status,
    scores: verdict.scores,
    ...(verdict.failing === undefined ? {} : { failing: verdict.failing }),
  };
}

function judgedMeta(verdict: Verdict): JudgedMeta {
  return { cost: verdict.cost, feedback: verdict.feedback, evidence: verdict.evidence };
}

function verdictFrom(data: JudgedData, meta: JudgedMeta | undefined): Verdict {
  return {
    status: data.status,
    scores: data.scores,
    ...(data.failing === undefined ? {} : { failing: data.failing }),
    feedback: meta?.feedback ?? [],
    cost: meta?.cost ?? { wallMs: 0, cpuMs: 0 },
    evidence: meta?.evidence ?? [],
  };
}

/** The base as the loop wants it, with the verdict of its baseline. */
export function judgedBase(target: Target, verdict: Verdict, gate: Gate): Evaluated {
  return { ...unjudged(target.base), verdict, fitness: gate.fitness(verdict), confirmed: true };
}
