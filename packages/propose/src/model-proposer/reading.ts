import { applyEdits, smallestChange, type ProposeContext, type TextEdit } from "@pawl/core";
import type { EditContext, EditFormat, EditProblem, ParsedEdits } from "../edit-formats/edit-format.ts";
import type { ModelAnswer } from "../model/model.ts";

const SUMMARY_LENGTH = 100;

/** An answer without edits and without a reason for that has one here: nothing is dropped in silence. */
export function read(format: EditFormat, answer: ModelAnswer, context: EditContext): ParsedEdits {
  const parsed = format.parse(answer, context);
  if (Object.keys(parsed.edits).length > 0 || parsed.problems.length > 0) return parsed;
  const reason = answer.finish === "refusal" ? "the model refused" : "the answer holds no edit in the form asked for";
  return { ...parsed, problems: [{ path: null, reason }] };
}

/** Notes what an answer held, for the record. */
export function noteReading(
  context: ProposeContext,
  what: string,
  { finish, faults }: ModelAnswer,
  { edits, notes, problems }: ParsedEdits,
): void {
  const count = Object.values(edits).reduce((sum, list) => sum + list.length, 0);
  const ending = finish === "stop" || finish === "tool-calls" || finish === "enough" ? "" : `, ended by ${finish}`;
  context.note(`${what}: ${count} edits${ending}`);
  for (const fault of faults) context.note(`call: ${fault}`);
  for (const note of notes) context.note(`read: ${note}`);
  for (const problem of problems) context.note(`problem: ${inWords(problem)}`);
}

export function inWords({ path, reason }: EditProblem): string {
  return path === null || reason.includes(path) ? `- ${reason}` : `- ${path}: ${reason}`;
}

/** The texts with the edits in them. */
export function applied(
  files: Readonly<Record<string, string>>,
  { edits }: ParsedEdits,
): Readonly<Record<string, string>> {
  const texts = { ...files };
  for (const [path, list] of Object.entries(edits)) {
    const text = applyEdits(texts[path] ?? "", list);
    if (text === null) throw new Error(`an edit format gave edits of ${path} that overlap`);
    texts[path] = text;
  }
  return texts;
}

/** The edits that make the one texts of the other; files that are the same are left out. */
export function changesOf(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): Record<string, readonly TextEdit[]> {
  return Object.fromEntries(
    Object.entries(after).flatMap(([path, text]) => {
      const change = smallestChange(before[path] ?? "", text);
      return change === null ? [] : [[path, [change]]];
    }),
  );
}

/** The first line that says something. */
export function summaryOf(explanation: string, edits: Readonly<Record<string, unknown>>): string {
  const line = explanation
    .split("\n")
    .map((each) => each.trim())
    .find((each) => /[a-z]{3}/i.test(each));
  if (line === undefined) return `a change of ${Object.keys(edits).join(", ")}`;
  return line.length <= SUMMARY_LENGTH ? line : `${line.slice(0, SUMMARY_LENGTH - 1)}…`;
}
