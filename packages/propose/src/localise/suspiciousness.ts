import type { TextEdit } from "@pawl/core";
import type { SyntaxLanguage } from "../syntax/types.ts";
import { lineScores, type TestTrace } from "./spectrum.ts";

/** What is known about the failing tests. */
export interface FailureEvidence {
  readonly traces: readonly TestTrace[];
  /** Lines named by the failing tests' stack traces, innermost first. */
  readonly stacks: readonly (readonly { readonly path: string; readonly line: number }[])[];
  /** Words of the failing tests: names, messages, and the test's own source where it is known. */
  readonly words: readonly string[];
}

/** How suspicious each line of each file is, as plain data so that it can be recorded: path → scores of lines 1, 2, 3 … */
export type Suspiciousness = Readonly<Record<string, readonly number[]>>;

const STACK_BONUS = 0.25;
const IDENTIFIER_BONUS = 0.15;
/** For lines that no failing test executes (declarations run at load time, code that should have been reached). */
export const FLOOR = 0.05;

/**
 * Spectrum-based suspiciousness, raised on lines that a failing test's stack names (the innermost most) and on lines that share
 * identifiers with the failing tests. Lines inside a statement take the statement's score, since counters stand at statement starts.
 */
export function suspiciousness(
  sources: Readonly<Record<string, string>>,
  evidence: FailureEvidence,
  languageOf: (path: string) => SyntaxLanguage | null,
): Suspiciousness {
  const spectrum = lineScores(evidence.traces);
  const words = new Set(evidence.words.flatMap((word) => splitWords(word)));
  const result: Record<string, readonly number[]> = {};
  for (const [path, source] of Object.entries(sources)) {
    const lines = source.split("\n").length;
    const scores = Array.from({ length: lines + 1 }, () => 0);
    for (const [line, score] of spectrum.get(path) ?? []) if (line <= lines) scores[line] = score;
    const language = languageOf(path);
    const parsed = language?.parse(source, path) ?? null;
    if (language !== null && parsed !== null) {
      for (const { line, endLine } of language.statementLines(parsed)) {
        for (let inner = line + 1; inner <= Math.min(endLine, lines); inner++)
          scores[inner] = Math.max(scores[inner] as number, scores[line] as number);
      }
      for (const [identifier, places] of language.identifiers(parsed)) {
        const shared = splitWords(identifier).filter((word) => words.has(word)).length;
        if (shared === 0) continue;
        for (const line of places)
          if ((scores[line] ?? 0) > 0)
            scores[line] = (scores[line] as number) + (IDENTIFIER_BONUS * shared) / (shared + 1) / places.length;
      }
    }
    for (const stack of evidence.stacks) {
      stack.forEach((frame, depth) => {
        if (frame.path === path && frame.line <= lines)
          scores[frame.line] =
            (scores[frame.line] as number) + STACK_BONUS / (depth + 1) / Math.max(1, evidence.stacks.length);
      });
    }
    result[path] = scores.slice(1).map((score) => Math.min(1, Math.max(FLOOR, score)));
  }
  return normalise(result);
}

/** Scales so that the most suspicious line has 1. */
function normalise(scores: Record<string, readonly number[]>): Suspiciousness {
  const highest = Math.max(
    FLOOR,
    ...Object.values(scores).map((lines) => lines.reduce((top, score) => Math.max(top, score), 0)),
  );
  return Object.fromEntries(
    Object.entries(scores).map(([path, lines]) => [
      path,
      lines.map((score) => Math.round((score / highest) * 1e6) / 1e6),
    ]),
  );
}

/** `parseHTTPHeader_v2` → parse, http, header, v2 */
function splitWords(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2);
}

/**
 * Scores of an edited file's lines, from the base's scores: lines before the change keep their number, lines after it are shifted, lines
 * inside it take the highest score of the replaced ones.
 */
export function scoresAfterChange(
  baseScores: readonly number[],
  baseText: string,
  change: TextEdit | null,
): (line: number) => number {
  if (change === null) return (line) => baseScores[line - 1] ?? FLOOR;
  const firstLine = countLines(baseText, 0, change.start) + 1;
  const removed = countLines(baseText, change.start, change.end);
  const added = countLines(change.text, 0, change.text.length);
  let highest = FLOOR;
  for (let old = firstLine; old <= firstLine + removed; old++)
    highest = Math.max(highest, baseScores[old - 1] ?? FLOOR);
  return (line) => {
    if (line < firstLine) return baseScores[line - 1] ?? FLOOR;
    return line > firstLine + added ? (baseScores[line - added + removed - 1] ?? FLOOR) : highest;
  };
}

function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at !== -1 && at < to; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
