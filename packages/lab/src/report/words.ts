import type { Settled } from "../settle.ts";
import type { Inequality } from "../system.ts";

/** A spread below it is what sums of the same numbers leave behind. */
const ROUNDING = 1e-9;

/** `0.42`, `1300`, `0.0031`: three significant digits, whole numbers whole. */
export function figure(value: number): string {
  if (Math.abs(value) < ROUNDING) return "0";
  const digits = Number.isInteger(value) || Math.abs(value) >= 1000 ? value.toFixed(0) : short(value, 3);
  return minus(digits);
}

/** `0.423 ± 0.012`: as many decimals as the standard error's two leading digits ask for. Without one, the figure alone. */
export function interval(mean: number, standardError: number | null): string {
  if (standardError === null) return figure(mean);
  if (standardError < ROUNDING) return `${figure(mean)} ± 0`;
  const decimals = Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(standardError))));
  return `${minus(mean.toFixed(decimals))} ± ${standardError.toFixed(decimals)}`;
}

/** `≥ 0.1`, `≤ 0`, `0.1 to 0.3`, and `×` behind a ratio. */
export function margin({ atLeast, atMost, compare = "difference" }: Inequality): string {
  const unit = compare === "ratio" ? " ×" : "";
  if (atLeast !== undefined && atMost !== undefined) return `${figure(atLeast)} to ${figure(atMost)}${unit}`;
  return atLeast === undefined ? `≤ ${figure(atMost as number)}${unit}` : `≥ ${figure(atLeast)}${unit}`;
}

/** `mean of solved: tree − best-of-n`. */
export function quantity({ metric, left, right, compare, aggregate = "mean" }: Inequality): string {
  const what = aggregate === "mean" ? metric : `${aggregate} of ${metric}`;
  return right === undefined ? `${what}: ${left}` : `${what}: ${left} ${compare === "ratio" ? "/" : "−"} ${right}`;
}

/** For a cell of a Markdown table: one line; what stands in backticks stays as it is but for the bar. */
export function cell(text: string): string {
  return prose(text)
    .replaceAll(/\s*\n\s*/g, " ")
    .replaceAll("|", "\\|");
}

/** Text in Markdown, in which an angle bracket begins no tag. */
export function prose(text: string): string {
  return text.replaceAll(/(`+)[^]*?\1|</g, (match) => (match === "<" ? "&lt;" : match));
}

/** What became of an inequality, in words. */
export function heldWord({ holds, mayBeChance, perSeed }: Pick<Settled, "holds" | "mayBeChance" | "perSeed">): string {
  if (holds === null) return perSeed.length === 0 ? "not measured" : "no ratio: the divisor is 0";
  return holds ? (mayBeChance ? "holds, may be chance" : "holds") : "does not hold";
}

function short(value: number, digits: number): string {
  return String(Number(value.toPrecision(digits)));
}

/** With a minus sign, and none in front of a zero. */
function minus(digits: string): string {
  return digits.replace(/^-/, Number(digits) === 0 ? "" : "−");
}
