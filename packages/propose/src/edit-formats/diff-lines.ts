import type { EditContext, EditProblem } from "./edit-format.ts";
import { fenceOf } from "./fences.ts";
import type { HunkLine } from "./hunk.ts";
import { pathInHeading } from "./paths.ts";

export interface DiffHunk {
  /** As written; null when no header says so. */
  readonly path: string | null;
  /** First line of the old text, as its header says; null when it does not. */
  readonly line: number | null;
  readonly lines: readonly HunkLine[];
  /** The counts of its header fit its lines. */
  readonly countsFit: boolean;
  /** It is followed by something that ends it: a fence, a header, an empty line. */
  readonly complete: boolean;
  /** Whether the new text ends with a line break, when the hunk says; null when it does not. */
  readonly finalBreak: boolean | null;
}

const HEADER = /^\s*@@+(?:\s*-(\d+)(?:,(\d+))?\s*\+(\d+)(?:,(\d+))?\s*@@+|.*)/;
const OLD_FILE = /^--- +(.+?)\s*$/;
const NEW_FILE = /^\+\+\+ +(.+?)\s*$/;
const EXTRA = /^(?:diff |index [0-9a-f]|new file|deleted file|old mode|new mode|similarity|rename |Index: |={20,})/;

interface OpenHunk {
  path: string | null;
  line: number | null;
  oldCount: number | null;
  newCount: number | null;
  lines: HunkLine[];
  oldNoBreak: boolean;
  newNoBreak: boolean;
}

/** The hunks of a diff in an answer. Lines that lost the blank before them are taken as context. */
export function readDiff(
  lines: readonly string[],
  context: EditContext,
): { readonly hunks: readonly DiffHunk[]; readonly rest: readonly string[]; readonly refused: readonly EditProblem[] } {
  const hunks: DiffHunk[] = [];
  const rest: string[] = [];
  const refused: EditProblem[] = [];
  let path: string | null = null;
  let oldPath: string | null = null;
  let open: OpenHunk | null = null;
  let inFence = false;
  let fenceIndent: string | null = null;
  let skip = false;
  const begin = (match: RegExpExecArray | null): OpenHunk => ({
    path,
    line: match?.[1] === undefined ? null : Number(match[1]),
    oldCount: match?.[1] === undefined ? null : Number(match[2] ?? 1),
    newCount: match?.[1] === undefined ? null : Number(match[4] ?? 1),
    lines: [],
    oldNoBreak: false,
    newNoBreak: false,
  });
  const close = (complete: boolean): void => {
    if (open !== null && !skip) hunks.push(finish(open, complete));
    open = null;
  };
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i] as string;
    const hunk = open as OpenHunk | null;
    const wants = hunk !== null && isMissing(hunk);
    const old = OLD_FILE.exec(line);
    const next = NEW_FILE.exec(lines[i + 1] ?? "");
    const fence = fenceOf(line);
    const isBody = wants && /^[ +\-\\]/.test(line);
    const isHeader =
      old !== null &&
      next !== null &&
      (!isBody || (looksLikePath(old[1] as string) && lines[i + 2]?.startsWith("@@") === true));
    if (isHeader) {
      close(true);
      oldPath = pathOf(old?.[1] ?? "");
      path = pathOf(next?.[1] ?? "");
      skip = path === "/dev/null" || (oldPath === "/dev/null" && path !== null && !known(path, context));
      if (path === "/dev/null") refused.push({ path: oldPath, reason: `${oldPath} may be changed, not deleted` });
      else if (skip)
        refused.push({
          path,
          reason: `there is no file '${path}' to edit, and new files are not allowed; may change: ${context.editable.join(", ")}`,
        });
      i += 1;
    } else if (!isBody && (hunk === null ? line.trimStart() : line).startsWith("@@")) {
      close(true);
      path ??= headingAbove(lines, i, context);
      open = begin(HEADER.exec(line));
    } else if (EXTRA.test(line) && !isBody) {
      close(true);
      if (line.startsWith("diff ")) path = null;
    } else if (fence !== null && !isBody && !(hunk !== null && fenceIndent === "" && /^[ +-]/.test(line))) {
      if (inFence) {
        close(true);
        inFence = false;
        fenceIndent = null;
      } else {
        inFence = true;
        fenceIndent = fence.indent;
        path = headingAbove(lines, i, context) ?? path;
        // A fenced diff without any header.
        const body = lines.slice(i + 1);
        const end = body.findIndex((each) => fenceOf(each) !== null);
        const own = body.slice(0, end === -1 ? body.length : end);
        const bare = /^diff|patch/.test(fence.info) && !own.some((each) => HEADER.test(each) && each.startsWith("@@"));
        if (bare && !own.some((each) => OLD_FILE.test(each))) open = begin(null);
      }
    } else if (hunk !== null) {
      if (line.startsWith("\\")) markNoBreak(hunk);
      else if (line.startsWith("+")) hunk.lines.push({ kind: "add", text: line.slice(1) });
      else if (line.startsWith("-")) hunk.lines.push({ kind: "remove", text: line.slice(1) });
      else if (!inFence && line.trim() === "" && !wants) close(true);
      else if (!inFence && !wants && !line.startsWith(" ") && hunk.oldCount !== null) {
        close(true);
        rest.push(line);
      } else hunk.lines.push({ kind: "keep", text: line.startsWith(" ") ? line.slice(1) : line });
    } else if (path !== null && inFence && /^[ +-]/.test(line)) {
      // Headers of files, and then no header of a hunk.
      open = begin(null);
      i -= 1;
    } else rest.push(line);
  }
  close(false);
  return { hunks, rest, refused };
}

function isMissing({ oldCount, newCount, lines }: OpenHunk): boolean {
  if (oldCount === null || newCount === null) return false;
  return (
    lines.filter(({ kind }) => kind !== "add").length < oldCount ||
    lines.filter(({ kind }) => kind !== "remove").length < newCount
  );
}

function markNoBreak(hunk: OpenHunk): void {
  const last = hunk.lines.at(-1)?.kind;
  if (last !== "add") hunk.oldNoBreak = true;
  if (last !== "remove") hunk.newNoBreak = true;
}

function finish(hunk: OpenHunk, complete: boolean): DiffHunk {
  const { path, line, oldCount, newCount, oldNoBreak, newNoBreak } = hunk;
  const lines = [...hunk.lines];
  const olds = (): number => lines.filter(({ kind }) => kind !== "add").length;
  // Blank lines between the diff and what follows it.
  const surplus = oldCount === null ? Number.POSITIVE_INFINITY : olds() - oldCount;
  for (let i = 0; i < surplus && lines.at(-1)?.kind === "keep" && lines.at(-1)?.text === ""; i += 1) lines.pop();
  const countsFit = olds() === oldCount && lines.filter(({ kind }) => kind !== "remove").length === newCount;
  const finalBreak = oldNoBreak === newNoBreak ? null : oldNoBreak;
  return { path, line, lines, countsFit, complete, finalBreak };
}

function pathOf(written: string): string {
  return written
    .replace(/\t.*$/, "")
    .replace(/^"(.*)"$/, "$1")
    .trim();
}

function looksLikePath(text: string): boolean {
  return /^(?:[ab]\/|\.{0,2}\/)?[\w@.+\-/]+\.\w+(?:\s|$)|^\/dev\/null/.test(text);
}

function known(path: string, { files, editable }: EditContext): boolean {
  const bare = path.replace(/^[ab]\//, "");
  return [path, bare].some((each) => Object.hasOwn(files, each) || editable.includes(each));
}

function headingAbove(lines: readonly string[], at: number, context: EditContext): string | null {
  let seen = 0;
  for (let i = at - 1; i >= 0 && seen < 2; i -= 1) {
    const line = lines[i] as string;
    if (line.trim() === "" || fenceOf(line) !== null) continue;
    seen += 1;
    if (/^[+-]{3} /.test(line)) {
      const path = pathOf(line.slice(4));
      if (path !== "/dev/null") return path;
      continue;
    }
    if (/^[ +@-]/.test(line)) return null;
    const found = pathInHeading(line, context);
    if (found !== null) return found;
  }
  return null;
}
