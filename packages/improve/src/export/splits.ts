import { sha256, UsageError } from "@pawl/core";

export const SPLIT_NAMES = ["train", "validation", "test"] as const;
export type Split = (typeof SPLIT_NAMES)[number];

/** Percent of the tasks in train, validation and test. */
export type SplitShares = readonly [number, number, number];

export const DEFAULT_SHARES: SplitShares = [80, 10, 10];

/** `80,10,10` */
export function parseShares(text: string): SplitShares {
  const parts = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const valid = parts.length === 3 && parts.every((part) => part >= 0) && parts.reduce((a, b) => a + b, 0) === 100;
  if (!valid)
    throw new UsageError({
      what: `cannot read '${text}' as shares of train, validation and test`,
      where: `--split ${text}`,
      todo: "Give three numbers that add up to 100: 80,10,10.",
    });
  return parts as unknown as SplitShares;
}

/** The split of a task: a function of its name alone, so that a larger export later does not move it. */
export function splitOf(task: string, shares: SplitShares): Split {
  const place = (Number.parseInt(sha256(`split ${task}`).slice(0, 8), 16) / 2 ** 32) * 100;
  return place < shares[0] ? "train" : place < shares[0] + shares[1] ? "validation" : "test";
}
