import type { EditWeights } from "@pawl/core";
import { BUG_IDS, type BugId } from "./bug-taxonomy.ts";

/** [accepted, tried] by operator, by bug: plain data, to be stored and added to. */
export interface BugOperatorCounts {
  readonly version: 1;
  readonly counts: Readonly<Partial<Record<BugId, Readonly<Record<string, readonly [number, number]>>>>>;
}

/** An operator nobody tried with this kind of bug is taken for one of its own overall rate, by so many tries. */
const STRENGTH = 4;
/** Nothing is certain: no operator gains or loses more than this, in nats. */
const MOST = 2;

/**
 * Which operators repaired which kinds of bugs: Beta counts of (bug, operator) → accepted. What it says of an operator is how much oftener it was
 * accepted with this bug than with all of them.
 */
export class BugOperators {
  readonly #counts = new Map<BugId, Map<string, [number, number]>>();

  constructor(known?: BugOperatorCounts) {
    for (const [id, operators] of Object.entries(known?.counts ?? {}))
      for (const [operator, [won, tried]] of Object.entries(operators)) this.#add(id as BugId, operator, won, tried);
  }

  learn(id: BugId, operator: string, accepted: boolean): void {
    this.#add(id, operator, Number(accepted), 1);
  }

  /** Undefined when nothing was learned of this bug. */
  weights(id: BugId): EditWeights | undefined {
    const own = this.#counts.get(id);
    if (own === undefined) return undefined;
    const [won, tried] = this.#sum([...this.#counts.values()].flatMap((each) => [...each.values()]));
    const [wonHere, triedHere] = this.#sum([...own.values()]);
    if (won === 0 || wonHere === 0) return undefined;
    const byOperator: Record<string, number> = {};
    const operators = new Set([...this.#counts.values()].flatMap((each) => [...each.keys()]));
    for (const operator of operators) {
      const everywhere = this.#sum([...this.#counts.values()].flatMap((each) => [each.get(operator) ?? [0, 0]]));
      const general = (everywhere[0] + STRENGTH * (won / tried)) / (everywhere[1] + STRENGTH);
      const [a, n] = own.get(operator) ?? [0, 0];
      // Bugs of one kind may be harder on the whole: that is not the operator's doing.
      const here = (a + STRENGTH * general) / (n + STRENGTH) / (wonHere / triedHere);
      byOperator[operator] = Math.max(-MOST, Math.min(MOST, Math.log(here / (general / (won / tried)))));
    }
    return { byOperator };
  }

  /** The counts, bugs and operators in a fixed order. */
  counts(): BugOperatorCounts {
    const counts: Partial<Record<BugId, Record<string, readonly [number, number]>>> = {};
    for (const id of BUG_IDS) {
      const own = this.#counts.get(id);
      if (own !== undefined) counts[id] = Object.fromEntries([...own].toSorted(([a], [b]) => (a < b ? -1 : 1)));
    }
    return { version: 1, counts };
  }

  #add(id: BugId, operator: string, won: number, tried: number): void {
    const own = this.#counts.get(id) ?? new Map<string, [number, number]>();
    this.#counts.set(id, own);
    const [a, n] = own.get(operator) ?? [0, 0];
    own.set(operator, [a + won, n + tried]);
  }

  #sum(counts: readonly (readonly [number, number])[]): readonly [number, number] {
    return counts.reduce<[number, number]>(([a, n], [won, tried]) => [a + won, n + tried], [0, 0]);
  }
}
