import { readFileSync } from "node:fs";
import { UsageError } from "@pawl/core";
import {
  CodeIndex,
  lineScores,
  localiserOf,
  nameOf,
  raiseLines,
  type Languages,
  type Suspiciousness,
  type TestTrace,
} from "@pawl/propose";

/** What an issue's text led to. */
export interface IssueFinding {
  /** `path:Class.method`, best first. */
  readonly located: readonly string[];
}

const LOCALISER = "search+sbfl";
const SHOWN = 5;
/** Nobody reads more, and a file of this size is most likely not an issue. */
const MOST_CHARACTERS = 100_000;

/** The text of a file that reports a fault. */
export function readIssue(file: string): string {
  const where = file;
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const why = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    throw new UsageError({
      what: `the issue cannot be read${why}`,
      where,
      todo: "Name a text file that reports the fault.",
    });
  }
  return demandText(text, where);
}

/** Throws for what cannot be the text of an issue. */
export function demandText(text: string, where: string): string {
  const problem =
    text.trim() === ""
      ? "the text is empty"
      : text.includes("\0")
        ? "this is not a text"
        : text.length > MOST_CHARACTERS
          ? `the text has ${text.length} characters, more than ${MOST_CHARACTERS}`
          : null;
  if (problem === null) return text;
  throw new UsageError({
    what: problem,
    where,
    todo: "Give the text that reports the fault: a title, and what goes wrong.",
  });
}

/** Line scores with the places raised that the issue's text, together with the tests, leads to. */
export function raiseByIssue(
  scores: Suspiciousness,
  known: {
    readonly sources: Readonly<Record<string, string>>;
    readonly traces: readonly TestTrace[];
    readonly languages: Languages;
    readonly issue: string;
  },
): { readonly suspiciousness: Suspiciousness; readonly finding: IssueFinding } {
  const { sources, traces, languages, issue } = known;
  const index = CodeIndex.of(languages, sources);
  const { methods } = localiserOf(LOCALISER).locate({ index, issue, scores: lineScores(traces) });
  return {
    suspiciousness: raiseLines(scores, methods),
    finding: { located: methods.slice(0, SHOWN).map(({ definition }) => nameOf(definition)) },
  };
}
