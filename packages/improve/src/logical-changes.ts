import { structuredPatch } from "diff";
import type { Candidate, ChangedFiles, Submission, Target, TextEdit, Verdict } from "@pawl/core";

/** One unbroken change of lines, as an edit of the base text. */
export interface Hunk extends TextEdit {
  readonly path: string;
  /** 1-based line of the base text where it begins. */
  readonly line: number;
}

/** A part of a patch that stands for itself: it was judged alone. */
export interface LogicalChange {
  readonly hunks: readonly Hunk[];
  /** Visible tests that fail on the base and pass with this change alone. */
  readonly repairs: readonly string[];
}

/** With more, a patch is not taken apart: every hunk costs a run of the tests. */
const MOST_HUNKS = 6;

/** The line-wise hunks of a candidate against the base, by path and place. */
export function hunksOf(target: Target, candidate: Candidate): readonly Hunk[] {
  return Object.entries(target.filesOf(candidate)).flatMap(([path, after]) => {
    const before = target.baseText(path);
    const starts = lineStarts(before);
    const { hunks } = structuredPatch(path, path, before, after, "", "", { context: 0 });
    return hunks.map(({ oldStart, oldLines, lines }): Hunk => {
      const first = oldStart - 1;
      const start = starts[first] ?? before.length;
      const end = starts[first + oldLines] ?? before.length;
      return { path, line: first + 1, start, end, text: addedText(lines) };
    });
  });
}

/** Texts of the files that some hunks change. */
export function filesWith(target: Target, hunks: readonly Hunk[]): ChangedFiles {
  const derived = target.derive(target.base, editsOf(hunks), { proposer: "part", summary: "" });
  return "files" in derived ? derived.files : {};
}

/**
 * Takes a patch apart. `judge` runs all visible tests with a part of it. Two or more changes come back when each, alone, makes tests pass that
 * no other does, breaks none, and all of them one after the other do what they do alone; else the patch is one change, and null comes back.
 */
export async function logicalChanges(
  target: Target,
  candidate: Candidate,
  failing: readonly string[],
  judge: (submission: Submission) => Promise<Verdict>,
): Promise<readonly LogicalChange[] | null> {
  const hunks = hunksOf(target, candidate);
  if (hunks.length < 2 || hunks.length > MOST_HUNKS) return null;
  const repairsOf = async (part: readonly Hunk[]): Promise<readonly string[] | null> => {
    const { mechanical } = candidate.origin;
    const origin = { proposer: "part", summary: "part of a patch", ...(mechanical === true ? { mechanical } : {}) };
    const derived = target.derive(target.base, editsOf(part), origin);
    if (!("candidate" in derived)) return null;
    const verdict = await judge(derived);
    if ((verdict.status !== "passed" && verdict.status !== "failed") || verdict.failing === undefined) return null;
    const still = new Set(verdict.failing);
    if ([...still].some((test) => !failing.includes(test))) return null;
    return failing.filter((test) => !still.has(test));
  };
  const alone: LogicalChange[] = [];
  const rest: Hunk[] = [];
  for (const hunk of hunks) {
    const repairs = await repairsOf([hunk]);
    if (repairs !== null && repairs.length > 0) alone.push({ hunks: [hunk], repairs });
    else rest.push(hunk);
  }
  if (rest.length > 0 && alone.length > 0) alone.push({ hunks: rest, repairs: (await repairsOf(rest)) ?? [] });
  const all = alone.flatMap((change) => change.repairs);
  const disjoint = new Set(all).size === all.length && all.length === failing.length;
  if (alone.length < 2 || alone.some((change) => change.repairs.length === 0) || !disjoint) return null;
  for (let count = 2; count < alone.length; count++) {
    const first = alone.slice(0, count);
    const repaired = await repairsOf(first.flatMap((change) => change.hunks));
    if (repaired?.length !== first.reduce((sum, change) => sum + change.repairs.length, 0)) return null;
  }
  return alone;
}

function editsOf(hunks: readonly Hunk[]): Readonly<Record<string, readonly TextEdit[]>> {
  const byPath = Map.groupBy(hunks, (hunk) => hunk.path);
  return Object.fromEntries([...byPath].map(([path, own]) => [path, own.toSorted((a, b) => a.start - b.start)]));
}

function addedText(lines: readonly string[]): string {
  const added = lines.flatMap((line, i) => {
    if (!line.startsWith("+")) return [];
    return [line.slice(1) + (lines[i + 1]?.startsWith("\\") === true ? "" : "\n")];
  });
  return added.join("");
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
