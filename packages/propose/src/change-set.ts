import { smallestChange, type CandidateId, type Proposal, type ProposeContext, type TextEdit } from "@pawl/core";

/** Full texts of files as somebody left them; what is not named stays as it was. */
export type ChangeSet = Readonly<Record<string, string>>;

export interface Refusal {
  readonly path: string;
  readonly reason: string;
}

/** The edits that turn a parent's files into those of a change set; none for files that are the same. What may not change is passed over. */
export function editsToward(
  files: ChangeSet,
  parent: CandidateId,
  context: Pick<ProposeContext, "read" | "editable" | "refuses">,
): Proposal["edits"] {
  const edits: Record<string, readonly TextEdit[]> = {};
  for (const path of context.editable) {
    const text = files[path];
    if (text === undefined) continue;
    const change = smallestChange(context.read(parent, path), text);
    if (change !== null) edits[path] = [change];
  }
  const editable = new Set(context.editable);
  for (const path of Object.keys(files).filter((each) => !editable.has(each) && context.refuses(each) === null)) {
    const text = files[path] as string;
    // An empty file is one, too.
    edits[path] = [smallestChange(context.read(parent, path), text) ?? { start: 0, end: 0, text: "" }];
  }
  return edits;
}

/** One line for people: which files, and how many of their lines are others. `editable`: those that the base has; the rest are new. */
export function summaryOf(
  edits: Proposal["edits"],
  before: (path: string) => string,
  editable: readonly string[],
): string {
  const parts = Object.entries(edits).map(([path, list]) => {
    if (!editable.includes(path)) return `${path} (new)`;
    const text = before(path);
    const lines = (part: string): number => part.split("\n").length;
    const gone = list.reduce((sum, edit) => sum + lines(text.slice(edit.start, edit.end)), 0);
    const come = list.reduce((sum, edit) => sum + lines(edit.text), 0);
    return `${path} (-${gone} +${come})`;
  });
  return parts.join(", ");
}
