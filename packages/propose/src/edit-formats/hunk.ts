import { diffArrays } from "diff";

/** One line of a change: what stays, what goes, what comes. */
export interface HunkLine {
  readonly kind: "keep" | "remove" | "add";
  readonly text: string;
}

/** An unbroken change of lines, as an answer states it. */
export type Hunk = readonly HunkLine[];

/** The change from some lines to others; what both have in common stays. */
export function hunkBetween(before: readonly string[], after: readonly string[]): Hunk {
  return diffArrays([...before], [...after]).flatMap((part) =>
    part.value.map((text): HunkLine => ({ kind: part.added ? "add" : part.removed ? "remove" : "keep", text })),
  );
}

/** The lines a hunk expects to find. */
export function oldLines(hunk: Hunk): string[] {
  return hunk.filter(({ kind }) => kind !== "add").map(({ text }) => text);
}

export function newLines(hunk: Hunk): string[] {
  return hunk.filter(({ kind }) => kind !== "remove").map(({ text }) => text);
}
