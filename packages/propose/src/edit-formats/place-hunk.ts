import type { Draft } from "./draft.ts";
import { elidedLine } from "./elision.ts";
import { newLines, oldLines, type Hunk, type HunkLine } from "./hunk.ts";
import { indentOf, translateIndent, type IndentPair } from "./indentation.ts";
import { locate, nearest, type LocateOptions, type Placement } from "./locate.ts";

export interface PlaceOptions extends LocateOptions {
  /** 1-based line of the original at which the answer says the hunk begins. It decides between several places only when it names one of them. */
  readonly line?: number;
  /** What the answer calls the quoted text, for reasons: "the SEARCH text", "hunk 2". */
  readonly name: string;
  /** Lines of context at either end that may be wrong. */
  readonly fuzz?: number;
}

/** What was overlooked, or why nothing was done. */
export type Placed = { readonly notes: readonly string[] } | { readonly reason: string };

/** Puts a hunk into a draft, at the one place its old lines stand at; leaves the draft alone when there is none, or more than one. */
export function placeHunk(draft: Draft, hunk: Hunk, options: PlaceOptions): Placed {
  const file = draft.lines;
  const { name } = options;
  const elided = elidedLine(newLines(hunk), file) ?? elidedLine(oldLines(hunk), file);
  if (elided !== null)
    return { reason: `'${elided.trim()}' in ${name} stands for lines that were left out; write every line in full` };
  if (hunk.every(({ kind }) => kind === "keep")) return { reason: `${name} changes nothing` };
  const found = candidatePlaces(draft, oldLines(hunk), options);
  const [only] = found;
  if (only === undefined) {
    const trimmed = trimContext(hunk, options.fuzz ?? 0);
    for (const smaller of trimmed) {
      const [place, ...more] = candidatePlaces(draft, oldLines(smaller), options);
      if (place === undefined) continue;
      if (more.length > 0) break;
      const placed = put(draft, smaller, place, name);
      return "reason" in placed
        ? placed
        : { notes: [...placed.notes, `${name}: context lines at its ends are not in the file`] };
    }
    return { reason: notFound(draft, hunk, name) };
  }
  if (found.length > 1) {
    const lines = found.map(({ at }) => draft.numberOf(at.find((index) => index !== null) as number));
    return {
      reason: `${name} stands at ${found.length} places in ${draft.path}, lines ${lines.join(", ")}; quote more of the lines around the one that is meant`,
    };
  }
  return put(draft, hunk, only, name);
}

function candidatePlaces(draft: Draft, wanted: readonly string[], options: PlaceOptions): readonly Placement[] {
  const found = locate(draft.lines, wanted, options);
  if (found.length < 2) return found;
  const original = found.filter(({ at }) => at.every((index) => index === null || draft.isOriginal(index)));
  if (original.length === 1) return original;
  const named = found.filter(({ at }) => {
    const first = at.find((index) => index !== null) as number;
    return options.line !== undefined && draft.indexOf(options.line) === first;
  });
  return named.length === 1 ? named : found;
}

/** The hunk with fewer lines of context at its ends; only when what it removes says enough to be found by. */
function trimContext(hunk: Hunk, fuzz: number): Hunk[] {
  const first = hunk.findIndex(({ kind }) => kind !== "keep");
  const behind = hunk.length - 1 - hunk.findLastIndex(({ kind }) => kind !== "keep");
  const removed = hunk.filter(({ kind }) => kind === "remove");
  if (!removed.some(({ text }) => /\w{3}|\w.*\w.*\w/.test(text))) return [];
  const trimmed: { readonly cut: number; readonly hunk: Hunk }[] = [];
  for (let head = 0; head <= Math.min(fuzz, first); head += 1)
    for (let tail = 0; tail <= Math.min(fuzz, behind); tail += 1)
      if (head + tail > 0) trimmed.push({ cut: head + tail, hunk: hunk.slice(head, hunk.length - tail) });
  return trimmed.toSorted((a, b) => a.cut - b.cut).map((each) => each.hunk);
}

function put(draft: Draft, hunk: Hunk, { at, tolerance }: Placement, name: string): Placed {
  const file = draft.lines;
  const old = hunk.filter(({ kind }) => kind !== "add");
  const pairs = old.flatMap((line, i): IndentPair[] => {
    const index = at[i];
    if (index === null || index === undefined || line.text.trim() === "") return [];
    return [{ wanted: indentOf(line.text), actual: indentOf(file[index] as string) }];
  });
  const found = at.filter((index) => index !== null);
  const from = found[0] as number;
  const to = (found.at(-1) as number) + 1;
  const result: string[] = [];
  let next = from;
  let oldIndex = 0;
  for (let i = 0; i < hunk.length; i += 1) {
    const line = hunk[i] as HunkLine;
    if (line.kind !== "add") {
      const index = at[oldIndex];
      oldIndex += 1;
      if (index === null || index === undefined) continue;
      result.push(...file.slice(next, index));
      if (line.kind === "keep") result.push(file[index] as string);
      next = index + 1;
      continue;
    }
    if (hunk[i - 1]?.kind === "keep" || (i > 0 && hunk[i - 1]?.kind !== "remove" && hunk[i - 1]?.kind !== "add")) {
      // New lines between two context lines that are further apart in the file than in the answer: on which side of the gap?
      const following = at.slice(oldIndex).find((index) => index !== null);
      const gap = following === undefined ? [] : file.slice(next, following);
      if (gap.some((each) => each.trim() !== "")) {
        const change = hunk.slice(i).find(({ kind }) => kind !== "add");
        if (change?.kind !== "remove")
          return {
            reason: `${name} adds lines between two that are not next to each other in ${draft.path} (lines ${draft.numberOf(next - 1)} and ${draft.numberOf(following as number)}); quote the lines in between`,
          };
        result.push(...gap);
        next = following as number;
      }
    }
    const indent = line.text.trim() === "" ? "" : indentFor(hunk, i, pairs, at, file);
    if (indent === null)
      return {
        reason: `${name} is indented in another way than line ${draft.numberOf(from)} of ${draft.path}, and it cannot be told how deep '${line.text.trim()}' belongs; copy the indentation of the file`,
      };
    result.push(line.text.trim() === "" ? line.text : indent + line.text.slice(indentOf(line.text).length));
  }
  const replaced = file.slice(from, to);
  if (result.length === replaced.length && result.every((line, i) => line === replaced[i]))
    return { reason: `${name} changes nothing` };
  draft.replaceLines(from, to, result);
  return { notes: tolerance === null ? [] : [`${name}: ${tolerance}`] };
}

/** The indentation for an added line: that of the removed line it stands for, or what the found lines say. */
function indentFor(
  hunk: Hunk,
  index: number,
  pairs: readonly IndentPair[],
  at: readonly (number | null)[],
  file: readonly string[],
): string | null {
  const wanted = indentOf(hunk[index]?.text ?? "");
  const translated = translateIndent(wanted, pairs);
  if (translated !== null) return translated;
  let start = index;
  while (hunk[start - 1]?.kind === "add") start -= 1;
  let removedStart = start;
  while (hunk[removedStart - 1]?.kind === "remove") removedStart -= 1;
  const twin = removedStart + (index - start);
  if (twin >= start || indentOf(hunk[twin]?.text ?? "") !== wanted) return null;
  const oldIndex = hunk.slice(0, twin).filter(({ kind }) => kind !== "add").length;
  const place = at[oldIndex];
  return place === null || place === undefined ? null : indentOf(file[place] as string);
}

function notFound(draft: Draft, hunk: Hunk, name: string): string {
  const file = draft.lines;
  const old = oldLines(hunk);
  if (old.every((line) => line.trim() === ""))
    return `${name} quotes no line of ${draft.path}; quote the lines that stand where the new ones belong`;
  const added = newLines(hunk).filter((line) => line.trim() !== "");
  const [done] = added.length > 0 ? locate(file, added) : [];
  if (done !== undefined && hunk.some(({ kind }) => kind === "add"))
    return `${name} is not in ${draft.path}; its replacement is there already, at line ${draft.numberOf(done.at[0] ?? 0)}`;
  const close = nearest(file, old);
  if (close === null)
    return `${name} is not in ${draft.path}, nor anything like it; quote the lines exactly as they are`;
  const shown = close.lines.slice(0, 8).join("\n");
  return `${name} is not in ${draft.path}; copy the lines exactly as they are. Nearest, from line ${draft.numberOf(close.from)}:\n${shown}`;
}
