import type { CandidateId } from "./candidate.ts";
import type { JudgedData, JudgedMeta } from "./events.ts";
import type { Confirmation } from "./gate.ts";
import { canonicalJson } from "./json.ts";
import type { Journal } from "./journal.ts";
import type { Verdict } from "./verdict.ts";

/** A verdict that came out differently when it was judged again. */
export interface VerdictDifference {
  readonly n: number;
  readonly recorded: string;
  readonly now: string;
}

/** Takes verdicts from the record where they are on it, and writes them there where they are not. With `recheck`, what is judged again is compared. */
export class RecordedVerdicts {
  readonly #journal: Journal;
  readonly #recheck: boolean;
  readonly #onRecord: ReadonlySet<number>;
  readonly #differences: VerdictDifference[] = [];

  constructor(journal: Journal, recheck: boolean) {
    this.#journal = journal;
    this.#recheck = recheck;
    this.#onRecord = new Set(journal.ahead().flatMap((event) => (event.type === "judged" ? [event.data.n] : [])));
  }

  get differences(): readonly VerdictDifference[] {
    return this.#differences;
  }

  /** Whether candidate `n` has to be judged now. */
  wants(n: number): boolean {
    const known = this.#onRecord.has(n);
    return this.#recheck ? known : !known && !this.#journal.readOnly;
  }

  /** The verdict of the next candidate in order. `now`: null when it is on record and is not judged again. Throws when `signal` is aborted. */
  async screened(
    n: number,
    candidate: CandidateId,
    now: Promise<Verdict> | null,
    signal: AbortSignal,
  ): Promise<Verdict> {
    const recorded = this.#journal.recall("judged");
    if (recorded === null) {
      const verdict = await (now as Promise<Verdict>);
      signal.throwIfAborted();
      this.#journal.write({
        type: "judged",
        data: judgedData(n, candidate, verdict),
        meta: judgedMeta(verdict),
      });
      return verdict;
    }
    if (now !== null) this.#compare(n, recorded.data, judgedData(n, candidate, await now));
    return verdictFrom(recorded.data, recorded.meta);
  }

  /** The same for its confirmation; `confirm` is called where it is needed. */
  async confirmed(
    n: number,
    candidate: CandidateId,
    confirm: () => Promise<Confirmation>,
    signal: AbortSignal,
  ): Promise<Confirmation> {
    const recorded = this.#journal.recall("confirmed");
    if (recorded === null || this.#recheck) {
      const confirmation = await confirm();
      signal.throwIfAborted();
      const { verdict, kept, reason } = confirmation;
      const data = { ...judgedData(n, candidate, verdict), kept, reason };
      if (recorded === null) {
        this.#journal.write({ type: "confirmed", data, meta: judgedMeta(verdict) });
        return confirmation;
      }
      this.#compare(n, recorded.data, data);
    }
    const { kept, reason } = recorded.data;
    return { verdict: verdictFrom(recorded.data, recorded.meta), kept, reason };
  }

  #compare(n: number, before: JudgedData, after: JudgedData): void {
    const [recorded, now] = [canonicalJson(before), canonicalJson(after)];
    if (now !== recorded) this.#differences.push({ n, recorded, now });
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
