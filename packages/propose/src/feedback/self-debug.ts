import type { Feedback, Verdict } from "@pawl/core";
import { textForms } from "../prompts/forms.ts";
import type { PromptForm } from "../prompts/prompt.ts";
import type { LineExplanation } from "./explain-lines.ts";

/**
 * How much a proposer is told after a failure; each level holds those before it, apart from `explanation` and `trace`, which both build on `tests`
 * (Chen et al. 2023, "Teaching Large Language Models to Self-Debug"). Only visible tests are ever told.
 */
export const FEEDBACK_LEVELS = ["simple", "tests", "explanation", "trace"] as const;
export type FeedbackLevel = (typeof FEEDBACK_LEVELS)[number];

/** What a failing call did, as recorded in its box: the values before each line. */
export interface RecordedCall {
  readonly call: string;
  readonly steps: readonly { readonly line: number; readonly values: Readonly<Record<string, string>> }[];
  readonly outcome: string | null;
  readonly more: boolean;
}

/** What a failing test executed: 1-based lines by path. */
export interface ExecutedLines {
  readonly test: string;
  readonly lines: Readonly<Record<string, readonly number[]>>;
}

/** The evidence; what is missing is left out of the text. */
export interface FailureMaterial {
  readonly verdict: Verdict;
  readonly path: string;
  readonly source: string;
  /** Source of failing tests by name, where it is known. */
  readonly tests?: Readonly<Record<string, string>>;
  readonly explanation?: readonly LineExplanation[];
  readonly trace?: RecordedCall;
  /** Where values were not recorded. */
  readonly executed?: ExecutedLines;
}

const MOST_FAILURES = 5;
const MOST_STEPS = 40;
const MOST_LINES = 60;

/** The feedback of one level in several lengths, for a prompt. */
export function feedbackForms(level: FeedbackLevel, material: FailureMaterial): PromptForm[] {
  return textForms(feedbackText(level, material), (text) => text);
}

/** The feedback of one level. */
export function feedbackText(level: FeedbackLevel, material: FailureMaterial): string {
  const parts = [verdictText(material.verdict)];
  if (level !== "simple") parts.push(testText(material));
  return [...parts, analysisText(level, material)].filter((part) => part !== "").join("\n\n");
}

/** Of one level, what says more than the tests do: empty below `explanation`. */
export function analysisText(level: FeedbackLevel, material: FailureMaterial): string {
  if (level === "explanation") return explanationText(material);
  return level === "trace" ? traceText(material) || executedText(material) : "";
}

function verdictText({ status }: Verdict): string {
  const words: Readonly<Record<Verdict["status"], string>> = {
    passed: "All tests pass.",
    failed: "The change is wrong: not all tests pass.",
    error: "The change is wrong: the code does not load, or ends its process.",
    timeout: "The change is wrong: it does not come to an end.",
    tampered: "The attempt was not judged.",
    infrastructure: "The attempt was not judged.",
  };
  return words[status];
}

function testText({ verdict, tests = {} }: FailureMaterial): string {
  const failures = verdict.feedback.filter(({ kind }) => kind !== "note");
  const shown = failures.slice(0, MOST_FAILURES).map((each) => failureText(each, tests));
  const rest = failures.length - shown.length;
  return [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join("\n\n");
}

function failureText(
  { name, message, path, line, expected, actual }: Feedback,
  tests: Readonly<Record<string, string>>,
): string {
  const source = name === undefined ? undefined : tests[name];
  return [
    `${name === undefined ? "" : `${name}: `}${message}${path === undefined ? "" : ` (${path}${line === undefined ? "" : `:${line}`})`}`,
    ...(expected === undefined ? [] : [`  expected: ${expected}`]),
    ...(actual === undefined ? [] : [`  got:      ${actual}`]),
    ...(source === undefined ? [] : ["  test:", ...source.split("\n").map((each) => `    ${each}`)]),
  ].join("\n");
}

function explanationText({ source, explanation = [] }: FailureMaterial): string {
  if (explanation.length === 0) return "";
  const lines = source.split("\n");
  const said = explanation.map(({ line, text }) => `${line}: ${lines[line - 1]?.trim() ?? ""}\n   ${text}`);
  return ["What the code does, line by line:", ...said].join("\n");
}

/** Each step with the variables that changed since the one before. Of a long trace the beginning and the end. */
function traceText({ source, trace }: FailureMaterial): string {
  if (trace === undefined || trace.steps.length === 0) return "";
  const lines = source.split("\n");
  let before: Readonly<Record<string, string>> = {};
  const said = trace.steps.map(({ line, values }) => {
    const changed = Object.entries(values).filter(([name, value]) => before[name] !== value);
    before = values;
    const state = changed.length === 0 ? "" : `   [${changed.map(([name, value]) => `${name} = ${value}`).join(", ")}]`;
    return `${line}: ${lines[line - 1]?.trim() ?? ""}${state}`;
  });
  const half = MOST_STEPS / 2;
  const shown =
    said.length <= MOST_STEPS
      ? said
      : [...said.slice(0, half), `(${said.length - MOST_STEPS} steps not shown)`, ...said.slice(-half)];
  const end = trace.outcome ?? (trace.more ? "goes on without an end in sight" : "does not end");
  return [`The call ${trace.call} as it ran; in brackets, what changed before the line:`, ...shown, `It ${end}.`].join(
    "\n",
  );
}

function executedText({ path, source, executed }: FailureMaterial): string {
  const lines = executed?.lines[path] ?? [];
  if (executed === undefined || lines.length === 0) return "";
  const texts = source.split("\n");
  const shown = lines.slice(0, MOST_LINES).map((line) => `${line}: ${texts[line - 1]?.trim() ?? ""}`);
  const more = lines.length > MOST_LINES ? [`(${lines.length - MOST_LINES} lines not shown)`] : [];
  return [`Lines of ${path} that '${executed.test}' runs:`, ...shown, ...more].join("\n");
}
