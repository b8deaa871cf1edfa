import type { Candidate, FileChange, TextEdit } from "@pawl/core";

/**
 * The other candidate's changes as edits of the first one's texts, by path; null when the two change a common place. Both are patches
 * of the same base, so a change of the other stands where it stood, moved by what the first one added or removed before it.
 */
export function editsOfOther(onto: Candidate, other: Candidate): Readonly<Record<string, readonly TextEdit[]>> | null {
  const edits: Record<string, readonly TextEdit[]> = {};
  for (const change of other.changes) {
    const present = onto.changes.find((each) => each.path === change.path);
    if (present !== undefined && touch(present, change)) return null;
    const shift =
      present === undefined || change.end <= present.start ? 0 : present.text.length - (present.end - present.start);
    edits[change.path] = [{ start: change.start + shift, end: change.end + shift, text: change.text }];
  }
  return edits;
}

/** Neighbours count: which of two insertions at one point comes first would be a guess. */
function touch(a: FileChange, b: FileChange): boolean {
  return a.start <= b.end && b.start <= a.end;
}
