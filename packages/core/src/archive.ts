import type { Candidate, CandidateId } from "./candidate.ts";
import type { Evaluated } from "./contracts.ts";
import type { Rng } from "./rng.ts";
import { ParetoFront } from "./pareto.ts";

export interface ArchiveEntry extends Evaluated {
  /** Order of arrival, 0 for the base. */
  readonly index: number;
  /** How many archived candidates have this one as a parent. */
  readonly children: number;
}

/** What searches and proposers may see. Every method is O(1) in the size of the archive, `lineage` O(depth), `frontier` O(its own size). */
export interface ArchiveView {
  readonly size: number;
  readonly base: ArchiveEntry;
  get(id: CandidateId): ArchiveEntry | undefined;
  has(id: CandidateId): boolean;
  at(index: number): ArchiveEntry;
  /** Highest fitness; among equals the earliest. Falls back to the base. */
  best(): ArchiveEntry;
  /** The candidate kept last: the one a challenger has to beat. The base until something was kept. */
  incumbent(): ArchiveEntry;
  /** Candidates that no other beats in every score (means of the repetitions). */
  frontier(): readonly ArchiveEntry[];
  /** From the candidate to the base along first parents. */
  lineage(id: CandidateId): readonly ArchiveEntry[];
  /** Uniform over all entries. */
  sample(rng: Rng): ArchiveEntry;
}

type MutableEntry = { -readonly [K in keyof ArchiveEntry]: ArchiveEntry[K] };

/** Candidates with their verdicts and lineage. Indexes are kept up to date on `add`; nothing ever scans. */
export class Archive implements ArchiveView {
  readonly #entries: MutableEntry[] = [];
  readonly #byId = new Map<CandidateId, MutableEntry>();
  readonly #front = new ParetoFront<MutableEntry>();
  #best: MutableEntry | null = null;
  #incumbent: MutableEntry | null = null;

  constructor(base: Evaluated) {
    this.add(base);
  }

  get size(): number {
    return this.#entries.length;
  }

  get base(): ArchiveEntry {
    return this.at(0);
  }

  /** Adds a candidate, or replaces its verdict when it is known (a confirmation after a screening). */
  add(evaluated: Evaluated): ArchiveEntry {
    let entry = this.#byId.get(evaluated.candidate.id);
    if (entry === undefined) {
      entry = { ...evaluated, index: this.#entries.length, children: 0 };
      this.#entries.push(entry);
      this.#byId.set(evaluated.candidate.id, entry);
      for (const parent of evaluated.candidate.parents) {
        const known = this.#byId.get(parent);
        if (known !== undefined) known.children += 1;
      }
    } else {
      Object.assign(entry, evaluated);
    }
    this.#rank(entry);
    return entry;
  }

  /** Makes an archived candidate the incumbent. */
  keep(id: CandidateId): void {
    const entry = this.#byId.get(id);
    if (entry === undefined) throw new RangeError(`candidate ${id} is not in the archive`);
    this.#incumbent = entry;
  }

  get(id: CandidateId): ArchiveEntry | undefined {
    return this.#byId.get(id);
  }

  has(id: CandidateId): boolean {
    return this.#byId.has(id);
  }

  at(index: number): ArchiveEntry {
    const entry = this.#entries[index];
    if (entry === undefined) throw new RangeError(`the archive has ${this.#entries.length} entries, no index ${index}`);
    return entry;
  }

  best(): ArchiveEntry {
    return this.#best ?? this.base;
  }

  incumbent(): ArchiveEntry {
    return this.#incumbent ?? this.base;
  }

  frontier(): readonly ArchiveEntry[] {
    return this.#front.items();
  }

  lineage(id: CandidateId): readonly ArchiveEntry[] {
    const line: ArchiveEntry[] = [];
    let entry = this.#byId.get(id);
    while (entry !== undefined) {
      line.push(entry);
      const parent: CandidateId | undefined = entry.candidate.parents[0];
      entry = parent === undefined ? undefined : this.#byId.get(parent);
    }
    return line;
  }

  sample(rng: Rng): ArchiveEntry {
    return this.at(rng.int(this.#entries.length));
  }

  #rank(entry: MutableEntry): void {
    if (entry.fitness === null) return;
    if (this.#best === null || beats(entry, this.#best)) this.#best = entry;
    const names = Object.keys(entry.verdict.scores).sort();
    const point = names.map((name) => mean(entry.verdict.scores[name] ?? []));
    if (point.length > 0 && point.every(Number.isFinite)) this.#front.add(point, entry);
  }
}

function beats(challenger: Evaluated, holder: Evaluated): boolean {
  return (challenger.fitness as number) > (holder.fitness as number);
}

function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** A candidate whose verdict is not known yet, as the base is before it is measured. */
export function unjudged(candidate: Candidate): Evaluated {
  return {
    candidate,
    request: { parent: candidate.id, edits: 0, temperature: 0 },
    verdict: {
      status: "failed",
      scores: {},
      feedback: [],
      cost: { wallMs: 0, cpuMs: 0 },
      evidence: [],
    },
    fitness: null,
    confirmed: false,
  };
}
