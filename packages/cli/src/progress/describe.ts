import type { BudgetLimits } from "@pawl/core";
import type { RunProgress } from "@pawl/improve";
import { count, duration, figure, oneLine } from "../words.ts";

/** `41 screened, 2 confirmed, 1 kept` */
export function describeWork(progress: RunProgress): string {
  return `${progress.screened} screened, ${progress.confirmed} confirmed, ${progress.kept} kept`;
}

/** `0.86 (from 0.71): swapped < for <= in clamp.js`, or null when nothing is better than the base yet. */
export function describeBest(progress: RunProgress): string | null {
  const { best, base } = progress;
  if (best === undefined) return null;
  const from = base === undefined || base === null ? "" : ` (from ${figure(base)})`;
  const value = best.fitness === null ? "" : `${figure(best.fitness)}${from}: `;
  return `${value}${oneLine(best.summary)}`;
}

/** `159 evaluations, 48 s left`, or null when the budget limits nothing. */
export function describeLeft(left: BudgetLimits): string | null {
  const parts = [
    left.evaluations === undefined ? null : count(Math.floor(left.evaluations), "evaluation"),
    left.seconds === undefined ? null : duration(left.seconds),
    left.tokens === undefined ? null : count(Math.floor(left.tokens), "token"),
    left.dollars === undefined ? null : `${left.dollars.toFixed(2)} USD`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : `${parts.join(", ")} left`;
}

const UNITS = ["evaluations", "seconds", "tokens", "dollars"] as const;

/** Keeps the largest amount seen of each unit, which is what the run started with, and says how much of the scarcest is left. */
export class BudgetGauge {
  readonly #most: { -readonly [K in keyof BudgetLimits]: number } = {};

  /** In [0, 1]; null when the budget limits nothing. */
  left(left: BudgetLimits): number | null {
    let least: number | null = null;
    for (const unit of UNITS) {
      const amount = left[unit];
      if (amount === undefined) continue;
      const most = Math.max(this.#most[unit] ?? 0, amount);
      this.#most[unit] = most;
      if (most > 0) least = Math.min(least ?? 1, amount / most);
    }
    return least;
  }
}
