import { Archive, type ArchiveEntry } from "./archive.ts";
import type { Budget, BudgetUnit, Reservation } from "./budget.ts";
import type { CandidateId } from "./candidate.ts";
import type { Check, Evaluated, ProposalRequest, Proposer, Search, Spent, Submission } from "./contracts.ts";
import type { Gate, Progress } from "./gate.ts";
import type { Json } from "./json.ts";
import type { Journal } from "./journal.ts";
import { OpenRequest } from "./open-request.ts";
import { RecordedVerdicts, type VerdictDifference } from "./recorded-verdicts.ts";
import { Rng } from "./rng.ts";
import type { Rejection, Target } from "./target.ts";
import type { Verdict } from "./verdict.ts";

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
  /**
   * Candidates in flight. Part of the run's identity: with at most c requests open at the proposer, request n is asked when all but
   * window + c − 1 of those before it were told, however many lanes there are and whichever answer or verdict is ready first.
   */
  readonly window: number;
  /** Seconds this run has used so far. */
  readonly elapsed: () => number;
  readonly signal: AbortSignal;
  /** Called once, when the record was passed and there is more to do; never in a replay of a whole run. */
  readonly onLive?: () => void;
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
  readonly differences: readonly VerdictDifference[];
}

interface AtProposer {
  readonly request: OpenRequest;
  readonly reservation: Reservation;
}

/** A new candidate, and the request it answers: its parent is what it was made from. */
interface Taken {
  readonly request: ProposalRequest;
  readonly submission: Submission;
}

interface InFlight extends Taken {
  readonly n: number;
  readonly reservation: Reservation;
  readonly spent: Spent;
  /** Null when the verdict is on record and is not to be checked again. */
  readonly verdict: Promise<Verdict> | null;
}

/** What setTimeout can wait for. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Requests in a row for which somebody was asked in vain, before the run ends: answers cost, and more of the same will not help. */
const MOST_MISSES = 40;

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
  /** Requests at the proposer, oldest first. */
  readonly #open: AtProposer[] = [];
  /** Candidates at the check, oldest first. */
  readonly #inFlight: InFlight[] = [];
  readonly #verdicts: RecordedVerdicts;
  readonly #abandon = new AbortController();
  readonly #signal: AbortSignal;
  readonly #live = Promise.withResolvers<void>();
  #isLive = false;
  readonly #kept: CandidateId[] = [];
  readonly #spent = { answers: 0, tokens: 0, dollars: 0, unpriced: 0 };
  #n = 0;
  #screened = 0;
  #confirmed = 0;
  #lastKeptAt: number | null = null;
  #missesInARow = 0;
  /** The unit of the budget that is too short for another question. */
  #short: BudgetUnit | null = null;

  constructor(options: LoopOptions) {
    this.#o = options;
    this.#signal = AbortSignal.any([options.signal, this.#abandon.signal]);
    this.#archive = new Archive(options.base);
    this.#seen.add(options.target.baseId);
    this.#verdicts = new RecordedVerdicts(options.journal, options.recheck === true);
  }

  async run(): Promise<LoopResult> {
    const { gate, window } = this.#o;
    for (;;) {
      this.#o.signal.throwIfAborted();
      this.#noteLive();
      const reason = this.#stopReason();
      // Time that is up ends the run at once; otherwise what was begun is finished.
      const finishes = reason !== "seconds";
      // After a miss a verdict may teach more than the next answer.
      const tellFirst = this.#missesInARow > 0 && this.#inFlight.length > 0;
      if (reason === null && !tellFirst && this.#mayOpen()) await this.#openNext();
      else if (finishes && !tellFirst && this.#open.length > 0 && this.#inFlight.length < window)
        await this.#takeTurn();
      else if (finishes && this.#inFlight.length > 0) {
        await this.#takeOldest();
        const enough = this.#o.proposer.pending === true ? null : gate.satisfied(this.#progress());
        if (enough !== null) return this.#stop(enough);
      } else return this.#stop(reason ?? "nothing left to try");
    }
  }

  /** What follows costs time and answers. */
  #noteLive(): void {
    if (this.#isLive || this.#o.journal.replaying) return;
    this.#isLive = true;
    this.#live.resolve();
    this.#o.onLive?.();
  }

  #stop(reason: string): LoopResult {
    this.#o.journal.decide({ type: "stopped", data: { reason } });
    return { ...this.#progress(), reason, differences: this.#verdicts.differences };
  }

  /** Releases what is still in flight. */
  abandon(): void {
    this.#abandon.abort();
    for (const { request, reservation } of this.#open.splice(0)) {
      request.close();
      reservation.release();
    }
    for (const each of this.#inFlight.splice(0)) {
      each.reservation.release();
      each.verdict?.catch(() => {});
    }
  }

  /**
   * Evaluations are counted by the run itself, and what answers cost is on record; time comes from outside, so on record its end is an event.
   */
  #stopReason(): string | null {
    const { budget, journal } = this.#o;
    const own = this.#short ?? (this.#missesInARow >= MOST_MISSES ? "no new candidates" : null);
    if (journal.replaying || journal.readOnly) {
      if (journal.peekStop() === "seconds") return "seconds";
      return budget.exhausted(["evaluations"]) ?? own;
    }
    budget.clock(this.#o.elapsed());
    return budget.exhausted(["evaluations", "seconds"]) ?? own;
  }

  #mayOpen(): boolean {
    const { proposer, search, window } = this.#o;
    const most = proposer.concurrency ?? 1;
    if (this.#open.length >= most || this.#open.length + this.#inFlight.length >= window + most - 1) return false;
    return this.#open.at(-1)?.request.waits !== true && !search.done();
  }

  /** Asks for one new candidate. */
  async #openNext(): Promise<void> {
    const { search, journal, budget, proposer, target } = this.#o;
    const n = this.#n++;
    const rng = Rng.of(this.#o.seed, "ask", n);
    const request = new OpenRequest({
      n,
      request: search.ask(this.#archive, rng),
      journal,
      budget,
      signal: this.#signal,
      live: this.#live.promise,
    });
    // There is room: the budget was asked just before.
    const reservation = budget.reserve({ evaluations: 1 }) as Reservation;
    this.#open.push({ request, reservation });
    if (!this.#archive.has(request.request.parent))
      throw new RangeError(`search '${search.id}' asked for unknown parent ${request.request.parent}`);
    await request.open(proposer, {
      archive: this.#archive,
      editable: target.editable,
      refuses: (path) => target.refuses(path),
      rng: rng.child("propose"),
      read: (id: CandidateId, path: string): string => {
        const entry = this.#archive.get(id);
        if (entry === undefined) throw new RangeError(`unknown candidate ${id}`);
        return target.textOf(entry.candidate, path);
      },
    });
  }

  /** Takes what came of the oldest open request, and sends a new candidate off to be judged. */
  async #takeTurn(): Promise<void> {
    const { search, check, journal, proposer } = this.#o;
    const { request: open, reservation } = this.#open[0] as AtProposer;
    const { n, request, notes } = open;
    // All before it are settled, so that there will never be more room than now.
    if (open.waits) this.#short = open.refuse();
    else if (open.asked && !(await this.#answeredInTime(open))) return;
    const skipped: Partial<Record<Rejection, number>> = {};
    const taken = this.#short === null ? await this.#firstNew(open, skipped) : null;
    this.#o.signal.throwIfAborted();
    this.#open.shift();
    open.close();
    const { spent } = open;
    for (const key of ["answers", "tokens", "dollars", "unpriced"] as const) this.#spent[key] += spent[key];
    this.#open.at(-1)?.request.retry();
    if (taken === null) {
      reservation.release();
      if (this.#short !== null) return;
      if (!open.asked) return search.exhausted(request);
      this.#missesInARow += 1;
      journal.decide({
        type: "missed",
        data: { n, request, skipped: skipped as Record<string, number>, notes },
        meta: { spent } as unknown as Json,
      });
      return proposer.missed?.({ n, request, skipped: skipped as Record<string, number>, spent });
    }
    const { submission } = taken;
    this.#missesInARow = 0;
    this.#seen.add(submission.candidate.id);
    journal.decide({
      type: "proposed",
      data: {
        n,
        request: taken.request,
        candidate: submission.candidate,
        skipped: skipped as Record<string, number>,
        ...(notes.length === 0 ? {} : { notes }),
      },
    });
    const verdict = this.#verdicts.wants(n) ? check.screen(submission, this.#signal) : null;
    verdict?.catch(() => {}); // handled when its turn comes
    this.#inFlight.push({ n, ...taken, reservation, spent, verdict });
  }

  /** Waits for a request that asked somebody slow, until the time of the run is up; on record it was in time. */
  async #answeredInTime(open: OpenRequest): Promise<boolean> {
    const { budget, journal, elapsed } = this.#o;
    const seconds = journal.replaying || journal.readOnly ? undefined : budget.limits.seconds;
    const ended = Promise.withResolvers<boolean>();
    const abort = (): void => ended.resolve(false);
    const left = seconds === undefined ? LONGEST_TIMER_MS : Math.max(0, seconds - elapsed()) * 1000 + 1;
    const timer = setTimeout(abort, Math.min(left, LONGEST_TIMER_MS));
    this.#signal.addEventListener("abort", abort);
    try {
      return await Promise.race([open.ready().then(() => true), ended.promise]);
    } finally {
      clearTimeout(timer);
      this.#signal.removeEventListener("abort", abort);
    }
  }

  async #firstNew(open: OpenRequest, skipped: Partial<Record<Rejection, number>>): Promise<Taken | null> {
    const { target } = this.#o;
    for (let proposal = await open.next(); proposal !== null; proposal = await open.next()) {
      const { parent = open.request.parent, edits, origin } = proposal;
      const request = { ...open.request, parent };
      const from = (this.#archive.get(parent) as ArchiveEntry).candidate;
      const derived = target.derive(from, edits, origin, [parent, ...(request.inspirations ?? [])]);
      if ("rejected" in derived) skipped[derived.rejected] = (skipped[derived.rejected] ?? 0) + 1;
      else if (this.#seen.has(derived.candidate.id)) skipped.duplicate = (skipped.duplicate ?? 0) + 1;
      else return { request, submission: derived };
    }
    return null;
  }

  /** Waits for the verdict of the oldest candidate, records it, and tells everybody. */
  async #takeOldest(): Promise<void> {
    const { search, proposer, gate, signal } = this.#o;
    const next = this.#inFlight.shift() as InFlight;
    const { candidate } = next.submission;
    const verdict = await this.#verdicts.screened(next.n, candidate.id, next.verdict, signal);
    next.reservation.settle();
    this.#screened += 1;
    const parentFitness = this.#archive.get(next.request.parent)?.fitness ?? null;
    let result: Evaluated = {
      candidate,
      request: next.request,
      verdict,
      fitness: gate.fitness(verdict),
      confirmed: false,
    };
    this.#archive.add(result);
    this.#report(result, "screened", candidate.origin.summary);
    this.#noteLive(); // a process may end between a screening and its confirmation
    if (gate.promising(result, this.#archive)) {
      const confirmation = await this.#verdicts.confirmed(
        next.n,
        candidate.id,
        () => gate.confirm(next.submission, this.#archive, signal),
        signal,
      );
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
    proposer.learn?.({ ...result, n: next.n, parentFitness, spent: next.spent });
  }

  #progress(): Progress {
    return {
      archive: this.#archive,
      kept: this.#kept,
      screened: this.#screened,
      confirmed: this.#confirmed,
      lastKeptAt: this.#lastKeptAt,
      spent: this.#spent,
    };
  }

  #report(last: Evaluated, stage: "screened" | "confirmed", note: string): void {
    this.#o.onProgress?.({ ...this.#progress(), last, stage, note });
  }
}
