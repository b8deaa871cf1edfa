import type { ArchiveView } from "./archive.ts";
import type { Budget, BudgetUnit, Reservation } from "./budget.ts";
import type { Answer, AskBound, ProposalRequest, Proposal, ProposeContext, Proposer, Spent } from "./contracts.ts";
import { DivergenceError, PawlError } from "./errors.ts";
import type { AnsweredData } from "./events.ts";
import type { Journal } from "./journal.ts";
import type { Json } from "./json.ts";

/** An outside proposer was asked and gave no answer: its failure, or too little left of the budget. The record repeats it. */
export class AnswerFault extends Error {
  override readonly name = "AnswerFault";
}

export interface OpenRequestOptions {
  readonly n: number;
  readonly request: ProposalRequest;
  readonly journal: Journal;
  readonly budget: Budget;
  readonly signal: AbortSignal;
  /** Resolved when new calls may be made: not before the record was passed, so that a run that had ended pays for nothing more. */
  readonly live: Promise<void>;
}

const NO_ROOM = "not asked: too little is left of the budget";

/** Units that answers cost. */
const UNITS = ["tokens", "dollars"] as const;

/**
 * A request whose proposer is at work. Its budget is reserved when it is opened and settled when its turn comes, whenever the answers
 * arrive, so that what fits into the budget does not depend on their order.
 */
export class OpenRequest {
  readonly n: number;
  readonly request: ProposalRequest;
  readonly notes: string[] = [];
  readonly #o: OpenRequestOptions;
  readonly #names = new Set<string>();
  readonly #stop = new AbortController();
  #ownSignal: AbortSignal | null = null;
  readonly #spent = { answers: 0, tokens: 0, dollars: 0, unpriced: 0 };
  #proposals: AsyncIterator<Proposal> | null = null;
  #first: Promise<IteratorResult<Proposal>> | null = null;
  #allowance: AskBound | null = null;
  #reservation: Reservation | null = null;
  /** Of what is allowed, set aside for calls that were not answered yet. */
  readonly #asking = { tokens: 0, dollars: 0 };
  #decided = Promise.withResolvers<void>();
  #waiting: { readonly bound: AskBound; grant(): void; refuse(): void } | null = null;
  #failure: unknown = null;
  #turn = Promise.withResolvers<void>();
  #isTurn = false;

  constructor(options: OpenRequestOptions) {
    this.#o = options;
    this.n = options.n;
    this.request = options.request;
  }

  /** Made when it is needed: proposers that ask nobody are called many times a second. */
  get #signal(): AbortSignal {
    return (this.#ownSignal ??= AbortSignal.any([this.#o.signal, this.#stop.signal]));
  }

  /** True once something was asked: then an end without a candidate is bad luck, not the end of what there is. */
  get asked(): boolean {
    return this.#spent.answers > 0 || this.#allowance !== null || this.#waiting !== null;
  }

  /** True while the budget has no room for it. */
  get waits(): boolean {
    return this.#waiting !== null;
  }

  get spent(): Spent {
    return { ...this.#spent };
  }

  /** Lets the proposer begin; returns when its first question has its place in the budget, or it has none. */
  async open(
    proposer: Proposer,
    context: Omit<ProposeContext, "n" | "ask" | "reserve" | "note" | "signal">,
  ): Promise<void> {
    const proposals = proposer.propose(this.request, this.#contextFrom(context))[Symbol.asyncIterator]();
    this.#proposals = proposals;
    this.#first = proposals.next();
    const decide = (): void => this.#decided.resolve();
    this.#first.then(decide, decide);
    await this.#decided.promise;
  }

  /** Resolves when the first proposal, or the end, is there; called in the turn of this request. */
  async ready(): Promise<void> {
    this.#begin();
    await this.#first?.catch(() => {});
  }

  #begin(): void {
    this.#isTurn = true;
    this.#turn.resolve();
  }

  /** The next proposal, in the turn of this request. Throws what must end the run. */
  async next(): Promise<Proposal | null> {
    this.#begin();
    const step = this.#first ?? (this.#proposals as AsyncIterator<Proposal>).next();
    this.#first = null;
    try {
      const { done, value } = await step;
      if (this.#failure !== null) throw this.#failure;
      return done === true ? null : value;
    } catch (error) {
      if (this.#failure !== null) throw this.#failure;
      // A fault the proposer did not deal with costs this request, not the run.
      if (!(error instanceof AnswerFault)) throw error;
      this.notes.push(error.message);
      return null;
    }
  }

  /** Takes its place in the budget if there is room by now. */
  retry(): void {
    if (this.#waiting !== null && this.#reserve(this.#waiting.bound)) this.#waiting.grant();
  }

  /** There will be no room for it. Returns the unit that is short. */
  refuse(): BudgetUnit {
    const { bound, refuse } = this.#waiting as { bound: AskBound; refuse(): void };
    this.#recordRefusal(bound);
    refuse();
    const left = this.#o.budget.left();
    return UNITS.find((unit) => (bound[unit] ?? 0) > (left[unit] ?? Infinity)) ?? "tokens";
  }

  /** A replay has to know what did not fit. */
  #recordRefusal(reserved: AskBound): void {
    const { n } = this;
    if (this.#o.journal.answer(n, "budget") === null)
      this.#o.journal.recordAnswer({ n, name: "budget", fault: NO_ROOM, tokens: 0, dollars: 0, reserved });
  }

  /** Ends it: what was not spent goes back. */
  close(): void {
    this.#stop.abort();
    this.#first?.catch(() => {});
    this.#first = null;
    this.#reservation?.settle({ tokens: this.#spent.tokens, dollars: this.#spent.dollars });
    this.#reservation = null;
    const ended = this.#proposals?.return?.();
    ended?.catch(() => {});
    this.#proposals = null;
  }

  #contextFrom(context: Pick<ProposeContext, "archive" | "read" | "editable" | "refuses" | "rng">): ProposeContext {
    const signal = (): AbortSignal => this.#signal;
    const archive = (): ArchiveView => {
      if (!this.asked) return context.archive;
      throw new Error(
        "the archive is read before the first question: what it holds afterwards depends on when answers arrive",
      );
    };
    return {
      ...context,
      n: this.n,
      get signal(): AbortSignal {
        return signal();
      },
      get archive(): ArchiveView {
        return archive();
      },
      reserve: (bound) => this.#allow(bound),
      ask: (name, bound, get) => this.#ask(name, bound, get),
      note: (line) => void this.notes.push(line),
    };
  }

  async #allow(asked: AskBound): Promise<void> {
    if (this.#allowance !== null) throw new Error("a request reserves its budget once, before its first question");
    const bound = this.#o.journal.reserved(this.n) ?? asked;
    this.#allowance = bound;
    if (this.#reserve(bound)) return this.#decided.resolve();
    if (this.#isTurn) {
      // All before it are settled, so that there will never be more room than now.
      this.#recordRefusal(bound);
      throw new AnswerFault(NO_ROOM);
    }
    await new Promise<void>((grant, reject) => {
      const end = (then: () => void) => (): void => {
        this.#waiting = null;
        then();
      };
      this.#waiting = {
        bound,
        grant: end(grant),
        refuse: end(() => reject(new AnswerFault(NO_ROOM))),
      };
      this.#decided.resolve();
    });
  }

  #reserve(bound: AskBound): boolean {
    this.#reservation = this.#o.budget.reserve({ tokens: bound.tokens ?? 0, dollars: bound.dollars ?? 0 });
    return this.#reservation !== null;
  }

  async #ask<T extends Json>(
    name: string,
    bound: AskBound,
    get: (signal: AbortSignal) => Promise<Answer<T>>,
  ): Promise<T> {
    if (this.#names.has(name)) throw new Error(`'${name}' was asked twice in one request`);
    this.#names.add(name);
    if (this.#allowance === null) await this.#allow(bound);
    const short = this.#shortFor(bound);
    for (const unit of UNITS) this.#asking[unit] += bound[unit] ?? 0;
    const answered = this.#o.journal.answer(this.n, name) ?? (await this.#call(name, short, get));
    for (const unit of UNITS) this.#asking[unit] -= bound[unit] ?? 0;
    this.#spent.answers += 1;
    this.#spent.tokens += answered.tokens;
    this.#spent.dollars += answered.dollars ?? 0;
    if (answered.dollars === null) this.#spent.unpriced += 1;
    if (answered.fault !== undefined) throw new AnswerFault(answered.fault);
    return answered.value as T;
  }

  /** Later questions are paid from what the request reserved at first, so that they do not compete with other requests. */
  #shortFor(bound: AskBound): BudgetUnit | null {
    const { limits } = this.#o.budget;
    const left = (unit: "tokens" | "dollars"): number =>
      (this.#allowance?.[unit] ?? 0) - this.#spent[unit] - this.#asking[unit];
    return UNITS.find((unit) => limits[unit] !== undefined && (bound[unit] ?? 0) > left(unit)) ?? null;
  }

  /** Makes the call and puts its answer, or its fault, on record before anything depends on it. */
  async #call<T extends Json>(
    name: string,
    short: BudgetUnit | null,
    get: (signal: AbortSignal) => Promise<Answer<T>>,
  ): Promise<AnsweredData> {
    const { n } = this;
    const reserved = this.#allowance ?? {};
    const { journal, live } = this.#o;
    if (journal.readOnly)
      throw this.#endsRun(
        new DivergenceError({
          what: `the run asks for '${name}' of request ${n}, and its record has no answer`,
          todo: "Resume the run instead, or start a new one.",
        }),
      );
    if (short !== null) {
      const fault = `not asked: too little is left of the ${short} this request reserved`;
      return journal.recordAnswer({ n, name, fault, tokens: 0, dollars: 0, reserved });
    }
    if (journal.replaying) await Promise.race([live, this.#turn.promise]);
    this.#signal.throwIfAborted();
    let data: AnsweredData;
    try {
      const { value, tokens = 0, dollars = 0 } = await get(this.#signal);
      data = { n, name, value, tokens, dollars, reserved };
    } catch (error) {
      this.#signal.throwIfAborted();
      // A wrong key or a missing program is for the person to repair: on record it would fail for ever.
      if (error instanceof PawlError) throw this.#endsRun(error);
      const { message, spent = {} } = error as {
        message?: string;
        spent?: { tokens?: number; dollars?: number | null };
      };
      data = {
        n,
        name,
        fault: message ?? String(error),
        tokens: spent.tokens ?? 0,
        dollars: spent.dollars === undefined ? 0 : spent.dollars,
        reserved,
      };
    }
    this.#signal.throwIfAborted();
    return journal.recordAnswer(data);
  }

  #endsRun(error: Error): Error {
    this.#failure ??= error;
    return error;
  }
}
