import { UsageError } from "./errors.ts";

/** What a run may spend; what is not named is not limited. */
export interface BudgetLimits {
  readonly evaluations?: number;
  readonly seconds?: number;
  readonly tokens?: number;
  readonly dollars?: number;
}

export type BudgetUnit = keyof BudgetLimits;
export type Spending = Readonly<Record<BudgetUnit, number>>;

const UNITS: readonly BudgetUnit[] = ["evaluations", "seconds", "tokens", "dollars"];
const SUFFIXES: Readonly<Record<string, { unit: BudgetUnit; factor: number }>> = {
  "": { unit: "evaluations", factor: 1 },
  s: { unit: "seconds", factor: 1 },
  m: { unit: "seconds", factor: 60 },
  h: { unit: "seconds", factor: 3600 },
  tok: { unit: "tokens", factor: 1 },
  usd: { unit: "dollars", factor: 1 },
};

/** Of these there are no parts. */
const COUNTED: ReadonlySet<BudgetUnit> = new Set<BudgetUnit>(["evaluations", "tokens"]);

/** Reads `200`, `90s`, `5m`, `1h`, `2usd`, `1e6tok`, or several of them separated by commas. */
export function parseBudget(text: string): BudgetLimits {
  const limits: Partial<Record<BudgetUnit, number>> = {};
  for (const part of text.split(",")) {
    const match = /^\s*([0-9]+(?:\.[0-9]+)?(?:e[0-9]+)?)\s*([a-z]*)\s*$/i.exec(part);
    const suffix = match === null ? undefined : SUFFIXES[(match[2] as string).toLowerCase()];
    const amount = match === null ? Number.NaN : Number(match[1]);
    if (suffix === undefined || !(amount > 0)) {
      throw new UsageError({
        what: `cannot read the budget '${part.trim()}'`,
        where: `--budget ${text}`,
        todo: "Give evaluations (200), time (90s, 5m, 1h), money (2usd) or tokens (1e6tok), or several separated by commas.",
      });
    }
    if (limits[suffix.unit] !== undefined) {
      throw new UsageError({
        what: `the budget names ${suffix.unit} twice`,
        where: `--budget ${text}`,
        todo: "Name each kind of budget once.",
      });
    }
    if (COUNTED.has(suffix.unit) && amount % 1 > 0) {
      throw new UsageError({
        what: `the budget '${part.trim()}' is no whole number of ${suffix.unit}`,
        where: `--budget ${text}`,
        todo: "Give a whole number, or a time: half a minute is `0.5m`.",
      });
    }
    limits[suffix.unit] = amount * suffix.factor;
  }
  return limits;
}

/** `200 evaluations, 90 seconds` */
export function formatBudget(limits: BudgetLimits): string {
  const parts = UNITS.filter((unit) => limits[unit] !== undefined).map((unit) => `${limits[unit]} ${unit}`);
  return parts.length === 0 ? "no limit" : parts.join(", ");
}

/** An amount set aside before it is spent. Exactly one of the two ends it. */
export interface Reservation {
  /** What was really spent (default: what was reserved). */
  settle(actual?: Partial<Spending>): void;
  release(): void;
}

/** The one place where spending is checked: reserve first, then spend, then settle. */
export class Budget {
  readonly limits: BudgetLimits;
  readonly #spent: Record<BudgetUnit, number> = {
    evaluations: 0,
    seconds: 0,
    tokens: 0,
    dollars: 0,
  };
  readonly #reserved: Record<BudgetUnit, number> = {
    evaluations: 0,
    seconds: 0,
    tokens: 0,
    dollars: 0,
  };

  constructor(limits: BudgetLimits, spent: Partial<Spending> = {}) {
    this.limits = limits;
    for (const unit of UNITS) this.#spent[unit] = spent[unit] ?? 0;
  }

  /** Null when the amount does not fit in what is left; the unit that is short is then `exhausted()`'s business. */
  reserve(amount: Partial<Spending>): Reservation | null {
    for (const unit of UNITS) {
      const limit = this.limits[unit];
      if (limit !== undefined && this.#spent[unit] + this.#reserved[unit] + (amount[unit] ?? 0) > limit) return null;
    }
    for (const unit of UNITS) this.#reserved[unit] += amount[unit] ?? 0;
    let open = true;
    const close = (spent: Partial<Spending>): void => {
      if (!open) throw new Error("a reservation was ended twice");
      open = false;
      for (const unit of UNITS) {
        this.#reserved[unit] -= amount[unit] ?? 0;
        this.#spent[unit] += spent[unit] ?? 0;
      }
    };
    return { settle: (actual) => close(actual ?? amount), release: () => close({}) };
  }

  /** Sets the seconds used so far: time passes by itself and is not reserved. */
  clock(seconds: number): void {
    this.#spent.seconds = seconds;
  }

  /** The first of the units of which nothing is left, or null. */
  exhausted(units: readonly BudgetUnit[] = UNITS): BudgetUnit | null {
    for (const unit of units) {
      const limit = this.limits[unit];
      if (limit === undefined) continue;
      const used = this.#spent[unit] + this.#reserved[unit];
      // Evaluations are reserved one at a time, and a limit need not be whole.
      if (unit === "evaluations" ? used + 1 > limit : used >= limit) return unit;
    }
    return null;
  }

  spent(): Spending {
    return { ...this.#spent };
  }

  /** What is left of each limited unit, reservations taken off. */
  left(): BudgetLimits {
    return Object.fromEntries(
      UNITS.flatMap((unit) =>
        this.limits[unit] === undefined
          ? []
          : [[unit, Math.max(0, (this.limits[unit] as number) - this.#spent[unit] - this.#reserved[unit])]],
      ),
    );
  }
}
