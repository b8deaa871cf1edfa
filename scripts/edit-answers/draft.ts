import { createTwoFilesPatch } from "diff";
import type { Rng } from "@pawl/core";
import { functionText, PROGRAMS, type Edit } from "./programs.ts";

export const FORMATS = ["search-replace", "whole-file", "whole-function", "unified-diff", "tool-calls"] as const;
export type Format = (typeof FORMATS)[number];

export interface Material {
  readonly edit: Edit;
  readonly source: string;
  readonly after: string;
}

/** An answer before it is wrapped. */
export interface Draft {
  readonly text: string;
  readonly toolCalls?: readonly { readonly name: string; readonly arguments: unknown }[];
  readonly cut?: boolean;
  readonly files?: Readonly<Record<string, string>>;
  readonly focus?: boolean;
  /** Changed files, where they are not the edit's own. */
  readonly result?: Readonly<Record<string, string>>;
  readonly refuse?: string;
  /** Nothing may be put around it. */
  readonly fixed?: boolean;
}

export type Defect = (material: Material, rng: Rng) => Draft | null;

/** What a model may put around any answer. */
export const WRAPPERS: Readonly<Record<string, (text: string) => string>> = {
  "text before": (text) => `The condition is the wrong way round. Here is the change:\n\n${text}`,
  "text behind": (text) => `${text}\n\nThis makes the failing tests pass; nothing else changes.\n`,
  "text around": (text) =>
    `Looking at the failing test, one line is at fault.\n\n${text}\n\nLet me know if you need anything else!`,
  "Windows line breaks": (text) => text.replaceAll("\n", "\r\n"),
  "thinks aloud": (text) => `<think>\nMaybe the sign? Yes.\n</think>\n\n${text}`,
};

export const block = (path: string, old: string, next: string): string =>
  `${path === "" ? "" : `${path}\n`}<<<<<<< SEARCH\n${old}\n=======\n${next}\n>>>>>>> REPLACE\n`;
export const mapLines = (text: string, change: (line: string) => string): string =>
  text
    .split("\n")
    .map((line) => (line.trim() === "" ? line : change(line)))
    .join("\n");
export const deeper = (text: string): string => mapLines(text, (line) => `  ${line}`);
export const flatter = (text: string): string => mapLines(text, (line) => line.replace(/^ {2}/, ""));
export const wider = (text: string): string =>
  mapLines(text, (line) => line.replace(/^ +/, (blanks) => blanks + blanks));
export const tabbed =
  (unit: number) =>
  (text: string): string =>
    mapLines(text, (line) =>
      line.replace(/^ +/, (blanks) => "\t".repeat(blanks.length / unit) + " ".repeat(blanks.length % unit)),
    );
export const unitOf = (path: string): number => (path.endsWith(".py") ? 4 : 2);
export const languageOf = (path: string): string =>
  ({ py: "python", ts: "typescript", js: "javascript" })[path.split(".").at(-1) ?? ""] ?? "";
export const fenced = (language: string, body: string): string =>
  `\`\`\`${language}\n${body}${body.endsWith("\n") ? "" : "\n"}\`\`\`\n`;
export const hash = (path: string): string => (path.endsWith(".py") ? "#" : "//");
export const frozenOf = ({ program }: Edit): [string, string] =>
  Object.entries(PROGRAMS[program] ?? {}).find(([path]) => path.includes("test")) as [string, string];
export const numbered = (text: string): string =>
  text
    .split("\n")
    .map((line, i) => `${i + 7} | ${line}`)
    .join("\n");
export const twice: Readonly<Record<string, readonly [path: string, old: string, next: string]>> = {
  stock: ["src/stock.js", "  for (const item of items) {", "  for (const item of items.slice()) {"],
  queue: ["lib/queue.ts", "    return this.jobs.pop();", "    return this.jobs.shift();"],
  text: ["tools/text.py", "line", "row"],
  bank: ["bank/account.py", "        if amount < 0:", "        if amount <= 0:"],
};

export function other({ edit }: Material): { path: string; source: string; old: string; next: string } | null {
  return edit.path === "src/stock.js"
    ? {
        path: "src/money.js",
        source: PROGRAMS["stock"]?.["src/money.js"] as string,
        old: '  return "$" + round(value).toFixed(2);',
        next: '  return "€" + round(value).toFixed(2);',
      }
    : null;
}

export function fn({ edit, source, after }: Material): { before: string; text: string } {
  return { before: functionText(source, edit.name), text: functionText(after, edit.name) };
}

export const diffOf = ({ edit, source, after }: Material, context = 3): string =>
  createTwoFilesPatch(`a/${edit.path}`, `b/${edit.path}`, source, after, "", "", { context })
    .replace(/^=+\n/, "")
    .replaceAll("\t\n", "\n");

export const callOf = (name: string, given: unknown): Draft => ({ text: "", toolCalls: [{ name, arguments: given }] });
