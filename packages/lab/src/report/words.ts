import type { Inequality } from "../system.ts";

/** `0.42`, `1300`, `0.0031`: three significant digits, whole numbers whole. */
export function figure(value: number): string {
  const digits = Number.isInteger(value) || Math.abs(value) >= 1000 ? value.toFixed(0) : short(value, 3);
  return minus(digits);
}

/** `0.423 ± 0.012`: as many decimals as the standard error's two leading digits ask for. Without one, the figure alone. */
export function interval(mean: number, standardError: number | null): string {
  if (standardError === null) return figure(mean);
  if (standardError === 0) return `${figure(mean)} ± 0`;
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

export function heldWord(holds: boolean | null): string {
  return holds === null ? "not measured" : holds ? "holds" : "does not hold";
}

function short(value: number, digits: number): string {
  return String(Number(value.toPrecision(digits)));
}

function minus(digits: string): string {
  return digits.replace(/^-/, "−");
}
