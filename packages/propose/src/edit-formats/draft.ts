import { diffArrays } from "diff";
import type { TextEdit } from "@pawl/core";

/** One line of a draft, without its line break. */
interface DraftLine {
  readonly text: string;
  /** Its index among the lines of the original; null for a line that the answer wrote. */
  readonly from: number | null;
  readonly lineBreak: string;
}

/** A file while the edits of an answer are put into it one after the other, so that a later one may build on an earlier one. */
export class Draft {
  readonly path: string;
  readonly original: string;
  readonly #starts: readonly number[];
  readonly #lineBreak: string;
  readonly #mark: string;
  #lines: readonly DraftLine[];
  #finalBreak: boolean;

  constructor(path: string, original: string) {
    this.path = path;
    this.original = original;
    this.#mark = original.startsWith("\uFEFF") ? "\uFEFF" : "";
    const parts = linesOf(original, this.#mark.length);
    this.#lines = parts.map(({ text, lineBreak }, from) => ({ text, lineBreak, from }));
    this.#starts = [...parts.map(({ start }) => start), original.length];
    const windows = parts.filter(({ lineBreak }) => lineBreak === "\r\n").length;
    this.#lineBreak = 2 * windows > parts.length ? "\r\n" : "\n";
    this.#finalBreak = parts.length === 0 || parts.at(-1)?.lineBreak !== "";
  }

  /** Texts of the lines as they are now. */
  get lines(): readonly string[] {
    return this.#lines.map(({ text }) => text);
  }

  /** The lines as they are now, joined by \n, without a break behind the last. */
  get body(): string {
    return this.lines.join("\n");
  }

  get usesWindowsBreaks(): boolean {
    return this.#lineBreak === "\r\n";
  }

  /** Whether a line comes from the original; by its index now. */
  isOriginal(index: number): boolean {
    return this.#lines[index]?.from !== null;
  }

  /** 1-based number that a line has in the original, or for a new line has now. */
  numberOf(index: number): number {
    return (this.#lines[index]?.from ?? index) + 1;
  }

  /** Index now of a line of the original, given by its 1-based number; -1 when it is gone. */
  indexOf(number: number): number {
    return this.#lines.findIndex(({ from }) => from === number - 1);
  }

  /** Replaces the lines [from, to); lines that stay the same remain lines of the original. */
  replaceLines(from: number, to: number, texts: readonly string[]): void {
    const old = this.#lines.slice(from, to);
    const next: DraftLine[] = [];
    let at = 0;
    for (const part of diffArrays(
      old.map(({ text }) => text),
      [...texts],
    )) {
      if (part.added) for (const text of part.value) next.push({ text, from: null, lineBreak: this.#lineBreak });
      else {
        if (!part.removed) next.push(...old.slice(at, at + part.value.length));
        at += part.value.length;
      }
    }
    this.#lines = [...this.#lines.slice(0, from), ...next, ...this.#lines.slice(to)];
  }

  /** Replaces a range of `body`, given by offsets. */
  replaceRange(start: number, end: number, text: string): void {
    const body = this.body;
    const next = body.slice(0, start) + text + body.slice(end);
    this.replaceLines(0, this.#lines.length, next === "" ? [] : next.split("\n"));
  }

  setFinalBreak(present: boolean): void {
    this.#finalBreak = present;
  }

  /** What has to be done to the original. */
  edits(): TextEdit[] {
    const last = this.#lines.length - 1;
    const edits: TextEdit[] = [];
    let start = this.#mark.length;
    let text = "";
    const close = (end: number): void => {
      if (end > start || text !== "") edits.push({ start, end, text });
      text = "";
    };
    this.#lines.forEach((line, index) => {
      const lineBreak = index === last ? (this.#finalBreak ? line.lineBreak || this.#lineBreak : "") : line.lineBreak;
      const rendered = line.text + (lineBreak === "" && index < last ? this.#lineBreak : lineBreak);
      const begin = line.from === null ? -1 : (this.#starts[line.from] as number);
      const end = line.from === null ? -1 : (this.#starts[line.from + 1] as number);
      if (line.from !== null && this.original.slice(begin, end) === rendered) {
        close(begin);
        start = end;
      } else text += rendered;
    });
    close(this.original.length);
    return edits;
  }
}

function linesOf(source: string, from: number): { text: string; lineBreak: string; start: number }[] {
  const lines: { text: string; lineBreak: string; start: number }[] = [];
  for (let start = from; start < source.length;) {
    const end = source.indexOf("\n", start);
    const text = source.slice(start, end === -1 ? source.length : end);
    const windows = end !== -1 && text.endsWith("\r");
    lines.push({
      text: windows ? text.slice(0, -1) : text,
      lineBreak: end === -1 ? "" : windows ? "\r\n" : "\n",
      start,
    });
    start = end === -1 ? source.length : end + 1;
  }
  return lines;
}
