import type { Feedback } from "@pawl/core";
import type { Attempt } from "./attempts.ts";
import { scrub, shortened, type Goal } from "./goal.ts";

const LONGEST_FEEDBACK = 8;
const LONGEST_LINE = 600;

/** What the user says: the task, and the files. Files that have no room are left out; which ones are shown is told as well. */
export function promptOf(
  goal: Goal,
  sources: Readonly<Record<string, string>>,
  mostCharacters: number,
): { readonly text: string; readonly shown: ReadonlySet<string> } {
  const shown = new Set<string>();
  let room = mostCharacters;
  const files: string[] = [];
  for (const path of goal.files) {
    const text = sources[path] ?? "";
    if (text.length > room) continue;
    room -= text.length;
    shown.add(path);
    files.push(`File \`${path}\`:\n\n${fenced(text, path.slice(path.lastIndexOf(".") + 1))}`);
  }
  const ask = "Answer with one unified diff against these files.";
  return { text: [goal.words, ...files, ask].join("\n\n"), shown };
}

/** What the assistant says: the patch in a fence. */
export function completionOf(attempt: Attempt): string {
  return fenced(attempt.patch, "diff");
}

/** What a person would be told of a failed attempt. Empty when nothing is known that could help. */
export function feedbackOf(attempt: Attempt, root: string): string {
  const lines = evidence(attempt.feedback, root);
  if (lines.length === 0) return "";
  return [
    `The patch does not solve it: ${outcomeWords(attempt)}.`,
    "",
    ...lines,
    "",
    "Try again: answer with one unified diff against the files as they were.",
  ].join("\n");
}

/** A candidate and the evidence, for a critic. */
export function critiquePrompt(prompt: string, attempt: Attempt, root: string): string {
  const lines = evidence(attempt.feedback, root);
  return [
    prompt,
    "Somebody answered with this patch:",
    completionOf(attempt),
    ...(lines.length === 0 ? [] : [`What the checks reported:\n\n${lines.join("\n")}`]),
    "Say whether the patch solves the task, why, and what would be right.",
  ].join("\n\n");
}

/** The critique with the outcome: what was changed, what came of it, and, in hindsight, what was right. */
export function critiqueOf(attempt: Attempt, repair: Attempt | null, root: string): string {
  const verdict = attempt.good === true ? "The patch solves the task." : "The patch does not solve the task.";
  const edits = attempt.edits.map((edit) => `${edit.operator} (${edit.faultClass}) at ${edit.path}:${edit.line}`);
  const did = edits.length === 0 ? attempt.summary : edits.join("; ");
  const first = attempt.feedback[0];
  const shows = first === undefined ? "" : ` ${oneLine(feedbackLine(first, root))}`;
  return [
    `Verdict: ${attempt.good === true ? "right" : "wrong"}. ${verdict}`,
    `Change: ${scrub(did, root)}.`,
    `Outcome: ${outcomeWords(attempt)}.${shows}`,
    ...(repair === null || attempt.good === true ? [] : [`What passed instead:\n\n${completionOf(repair)}`]),
  ].join("\n");
}

/** In words, and without a word on held-out tests. */
export function outcomeWords(attempt: Attempt): string {
  if (attempt.good === true) return "it was confirmed in a fresh sandbox";
  if (attempt.status === "timeout") return "it did not end in time";
  if (attempt.status === "error") return "the code does not load or crashes";
  if (attempt.status === "failed")
    return attempt.feedback.some((each) => each.kind === "test") ? "tests fail" : "it is refused by the checks";
  return attempt.gains.length > 0 ? "it does not improve on the code as it was" : "it does not hold in other cases";
}

function evidence(feedback: readonly Feedback[], root: string): readonly string[] {
  return feedback.slice(0, LONGEST_FEEDBACK).map((each) => `- ${feedbackLine(each, root).replaceAll("\n", "\n  ")}`);
}

function feedbackLine({ name, message, path, line, expected, actual }: Feedback, root: string): string {
  const place = path === undefined ? "" : ` (${path}${line === undefined ? "" : `:${line}`})`;
  const values = expected === undefined || actual === undefined ? "" : `\nexpected ${expected}\nactual ${actual}`;
  const said = shortened(scrub(`${message.trim()}${values}`, root), LONGEST_LINE);
  return name === undefined ? `${said}${place}` : `${name}${place}: ${said}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

/** In a fence longer than any within. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/^ {0,3}(`{3,})/gm)].map((match) => (match[1] as string).length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}${text.endsWith("\n") || text === "" ? "" : "\n"}${fence}`;
}
