import type { Candidate, CandidateId, FileChange, Origin, TextEdit } from "./candidate.ts";
import type { ChangedFiles } from "./contracts.ts";
import { UsageError } from "./errors.ts";
import { sha256 } from "./hash.ts";

/** Why a proposal never became a candidate. */
export type Rejection = "no-op" | "duplicate" | "not-editable" | "locked-region" | "does-not-apply" | "does-not-parse";

export type Derived =
  | { readonly candidate: Candidate; readonly files: ChangedFiles }
  | { readonly rejected: Rejection; readonly detail: string };

/** Why no file may be made at a project-relative path, or null where one may. Asked about paths that are not editable only. */
export type NewFileRule = (path: string) => string | null;

const FROZEN: NewFileRule = () => "it is not among the files that may change";
const LOCK_START = "pawl:lock-start";
const LOCK_END = "pawl:lock-end";

/** What may change: the texts of the editable files, and files that may be made, over a base tree whose other files are frozen. */
export class Target {
  readonly baseId: CandidateId;
  readonly base: Candidate;
  readonly editable: readonly string[];
  readonly #texts: ReadonlyMap<string, string>;
  readonly #locked: ReadonlyMap<string, readonly string[]>;

  readonly #refusesNew: NewFileRule;

  /**
   * `treeHash` is the hash of the whole project tree, so that the same patch on another base is another candidate. Without `refusesNew` no
   * files are made.
   */
  constructor(texts: Readonly<Record<string, string>>, treeHash: string, refusesNew: NewFileRule = FROZEN) {
    this.#refusesNew = refusesNew;
    this.editable = Object.keys(texts).sort();
    this.#texts = new Map(Object.entries(texts));
    this.#locked = new Map(Object.entries(texts).map(([path, text]) => [path, lockedRegions(text, path)]));
    this.baseId = treeId(treeHash, []);
    this.base = {
      id: this.baseId,
      changes: [],
      parents: [],
      origin: { proposer: "base", summary: "the tree as it was" },
    };
    this.#treeHash = treeHash;
  }

  readonly #treeHash: string;

  /** Why a path may be neither changed nor made, or null. */
  refuses(path: string): string | null {
    return this.#texts.has(path) ? null : this.#refusesNew(path);
  }

  /** Text of a file of the base tree, empty for one that may be made; throws for any other. */
  baseText(path: string): string {
    const text = this.#texts.get(path);
    if (text !== undefined) return text;
    if (this.#refusesNew(path) === null) return "";
    throw new RangeError(`${path} is not among the editable files`);
  }

  /** Text of an editable file in the candidate's tree. */
  textOf(candidate: Candidate, path: string): string {
    const change = candidate.changes.find((each) => each.path === path);
    return change === undefined ? this.baseText(path) : applyChange(this.#texts.get(path) ?? "", change);
  }

  /** Full texts of the files in which the candidate differs from the base. */
  filesOf(candidate: Candidate): ChangedFiles {
    return Object.fromEntries(candidate.changes.map((change) => [change.path, this.textOf(candidate, change.path)]));
  }

  /** The candidate that results from editing the parent, or the reason why there is none. */
  derive(
    parent: Candidate,
    edits: Readonly<Record<string, readonly TextEdit[]>>,
    origin: Origin,
    parents?: readonly CandidateId[],
  ): Derived {
    const files: Record<string, string> = { ...this.filesOf(parent) };
    for (const [path, list] of Object.entries(edits)) {
      if (this.refuses(path) !== null) return { rejected: "not-editable", detail: path };
      const before = files[path] ?? this.baseText(path);
      const after = applyEdits(before, list);
      if (after === null)
        return {
          rejected: "does-not-apply",
          detail: `${path}: edits overlap or lie outside of the file`,
        };
      if (!sameTexts(lockedRegions(after, path, false), this.#locked.get(path) ?? []))
        return { rejected: "locked-region", detail: path };
      files[path] = after;
    }
    const changes: FileChange[] = [];
    for (const path of Object.keys(files).sort()) {
      const created = !this.#texts.has(path);
      const change = smallestChange(this.baseText(path), files[path] as string);
      if (created) changes.push({ path, ...(change ?? { start: 0, end: 0, text: "" }), created });
      else if (change === null) delete files[path];
      else changes.push({ path, ...change });
    }
    const id = treeId(this.#treeHash, Object.entries(files));
    if (id === parent.id || id === this.baseId)
      return { rejected: "no-op", detail: "the result equals its parent or the base" };
    // Whatever somebody wrote stays in what is made of it.
    const inherits = parent.id === this.baseId || parent.origin.mechanical === true;
    const { mechanical, ...rest } = origin;
    const own = mechanical === true && inherits ? { ...rest, mechanical } : rest;
    return { candidate: { id, changes, parents: parents ?? [parent.id], origin: own }, files };
  }
}

/** Applies ascending, non-overlapping edits; null when they are not. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string | null {
  let result = "";
  let position = 0;
  for (const edit of edits) {
    if (edit.start < position || edit.end < edit.start || edit.end > text.length) return null;
    result += text.slice(position, edit.start) + edit.text;
    position = edit.end;
  }
  return result + text.slice(position);
}

function applyChange(base: string, change: TextEdit): string {
  return base.slice(0, change.start) + change.text + base.slice(change.end);
}

/** The one replacement left after cutting the common beginning and end; null for equal texts. */
export function smallestChange(before: string, after: string): TextEdit | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}

function treeId(treeHash: string, files: readonly (readonly [string, string])[]): CandidateId {
  const sorted = files.map(([path, text]) => `${path}\0${sha256(text)}`).sort();
  return sha256(`${treeHash}\n${sorted.join("\n")}`).slice(0, 32);
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, i) => text === b[i]);
}

/** Texts between `pawl:lock-start` and `pawl:lock-end` comments, markers included. */
function lockedRegions(text: string, path: string, strict = true): string[] {
  const regions: string[] = [];
  let from = text.indexOf(LOCK_START);
  while (from !== -1) {
    const to = text.indexOf(LOCK_END, from);
    if (to === -1) {
      if (strict) {
        const line = text.slice(0, from).split("\n").length;
        throw new UsageError({
          what: `'${LOCK_START}' without '${LOCK_END}'`,
          where: `${path}:${line}`,
          todo: `Add a comment with '${LOCK_END}' after the region.`,
        });
      }
      regions.push(text.slice(from));
      break;
    }
    regions.push(text.slice(from, to + LOCK_END.length));
    from = text.indexOf(LOCK_START, to);
  }
  return regions;
}
