import { definitionsOf, type Definition } from "../edit-formats/definitions.ts";
import type { Languages } from "../syntax/languages.ts";
import type { PromptForm } from "./prompt.ts";

/**
 * A file from whole to names: all of it, the definitions around some lines with the heads of the others, the heads alone. What is left out is said
 * in place. `wrap` puts a text into its template.
 */
export function fileForms(
  languages: Languages,
  path: string,
  text: string,
  suspicious: readonly number[],
  wrap: (code: string) => string,
): PromptForm[] {
  const forms: PromptForm[] = [{ extent: "whole", text: wrap(text) }];
  const all = (definitionsOf(languages, text, path) ?? []).filter(({ kind }) => kind !== "other");
  if (all.length === 0) return forms;
  const inside = ({ bare, end }: Definition): boolean =>
    suspicious.some((line) => line >= lineOf(text, bare) && line <= lineOf(text, end));
  const methods = all.filter(({ kind }) => kind === "method");
  // Of a class with methods only the methods are looked at, so that one of them can be shown alone.
  const outer = all.filter(
    (one) => one.kind !== "method" && !(one.kind === "class" && methods.some((method) => isWithin(method, one))),
  );
  const units = [...outer, ...methods].toSorted((a, b) => a.start - b.start);
  if (units.some(inside)) {
    const kept = units.filter((unit) => unit.kind === "import" || inside(unit));
    forms.push({ extent: "only the functions around the suspicious lines", text: wrap(excerpt(text, units, kept)) });
  }
  const imports = units.filter(({ kind }) => kind === "import");
  forms.push({ extent: "names only", text: wrap(excerpt(text, units, imports)) });
  return forms;
}

/** A list from all of its items, the most important first, to half of them, and so on. */
export function listForms(items: readonly string[], wrap: (text: string, count: number) => string): PromptForm[] {
  const forms: PromptForm[] = [];
  for (let count = items.length; count > 0; count = Math.floor(count / 2))
    forms.push({
      extent: count === items.length ? "whole" : `the first ${count} of ${items.length}`,
      text: wrap(items.slice(0, count).join("\n\n"), count),
    });
  return forms;
}

/** A long text from whole to its first lines. */
export function textForms(text: string, wrap: (text: string) => string): PromptForm[] {
  const lines = text.split("\n");
  const forms: PromptForm[] = [{ extent: "whole", text: wrap(text) }];
  for (const count of [120, 40, 12, 4])
    if (count < lines.length)
      forms.push({
        extent: `the first ${count} of ${lines.length} lines`,
        text: wrap(`${lines.slice(0, count).join("\n")}\n(${lines.length - count} more lines)`),
      });
  return forms;
}

/** Lines of some definitions, and of the others the line they begin with. */
function excerpt(text: string, units: readonly Definition[], kept: readonly Definition[]): string {
  const lines = text.split("\n");
  const show = new Set<number>();
  for (const unit of units) {
    const whole = kept.includes(unit);
    const from = lineOf(text, whole ? unit.start : unit.bare);
    const to = whole ? lineOf(text, unit.end) : headEnd(lines, from);
    for (let line = from; line <= to; line += 1) show.add(line);
  }
  // The head of a class whose methods are shown.
  for (const unit of units.filter(({ kind }) => kind === "method")) {
    const name = unit.name.slice(0, unit.name.lastIndexOf("."));
    const head = lines.findIndex((line) => new RegExp(`\\bclass ${name.split(".").at(-1)}\\b`).test(line));
    if (head !== -1) show.add(head + 1);
  }
  const result: string[] = [];
  let hidden = 0;
  const close = (line: number): void => {
    if (hidden > 0) result.push(`[lines ${line - hidden} to ${line - 1} not shown]`);
    hidden = 0;
  };
  lines.forEach((line, i) => {
    if (show.has(i + 1)) {
      close(i + 1);
      result.push(line);
    } else if (i < lines.length - 1 || line !== "") hidden += 1;
  });
  close(lines.at(-1) === "" ? lines.length : lines.length + 1);
  return `${result.join("\n")}\n`;
}

/** Decorators belong to the head; a head of several lines is cut after its first. */
function headEnd(lines: readonly string[], from: number): number {
  let line = from;
  while (lines[line - 1]?.trim().startsWith("@") === true) line += 1;
  return line;
}

function isWithin(method: Definition, owner: Definition): boolean {
  return owner.start <= method.start && method.end <= owner.end;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
