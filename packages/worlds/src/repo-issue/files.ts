/** Reads and checks the files of a repository and of an issue; see `load.ts` for the layout. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PawlError } from "@pawl/core";

export const REPO_LANGUAGES = ["javascript", "typescript", "python"] as const;
export type RepoLanguage = (typeof REPO_LANGUAGES)[number];

/** Texts of files by their path in the repository, with "/" between folders. */
export type FileTree = Readonly<Record<string, string>>;

/** An edit that puts one fault into the correct tree. */
export interface FaultEdit {
  readonly file: string;
  /** The function, `Class.method` or constant the snippet belongs to. */
  readonly symbol: string;
  /** Occurs once in the correct file. */
  readonly before: string;
  /** Occurs once in the faulty file. */
  readonly after: string;
}

export interface IssueFile {
  readonly edits: readonly FaultEdit[];
  readonly failing: readonly string[];
  readonly weak: boolean;
  readonly hidden: FileTree;
}

const LEFTOVERS = new Set(["__pycache__", ".pytest_cache", "node_modules"]);

/** All files under a folder by their path with "/", sorted, without what running tests leaves behind. */
function readTree(root: string): Record<string, string> {
  const files: [string, string][] = [];
  const walk = (folder: string): void => {
    let entries;
    try {
      entries = readdirSync(join(root, folder), { withFileTypes: true });
    } catch {
      throw problem(
        join(root, folder),
        "the folder cannot be read",
        "A repository needs base/, an issue needs hidden/",
      );
    }
    for (const entry of entries) {
      if (LEFTOVERS.has(entry.name)) continue;
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else files.push([path, readFileSync(join(root, path), "utf8")]);
    }
  };
  walk("");
  return Object.fromEntries(files.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

export function readRepository(dir: string): { readonly language: RepoLanguage; readonly base: FileTree } {
  const file = join(dir, "repo.json");
  const { language: name } = readRecord(file, ["language"]);
  const language = REPO_LANGUAGES.find((known) => known === name);
  if (language === undefined) {
    throw problem(file, `"language" is ${JSON.stringify(name)}`, `Use one of ${REPO_LANGUAGES.join(", ")}`);
  }
  return { language, base: readTree(join(dir, "base")) };
}

export function readIssue(dir: string): IssueFile {
  const file = join(dir, "issue.json");
  const { edits, failing, weak } = readRecord(file, ["edits", "failing", "weak"]);
  if (!isList(edits) || edits.length === 0) {
    throw problem(file, '"edits" is not a list of at least one edit', "Give the edits that put the faults in");
  }
  if (!isList(failing) || !failing.every((test) => typeof test === "string")) {
    throw problem(file, '"failing" is not a list of texts', "Name the visible tests that fail, as path::title");
  }
  if (typeof weak !== "boolean") throw problem(file, '"weak" is not true or false', "Correct it");
  return {
    edits: edits.map((edit, i) => readEdit(file, `edits[${i}]`, edit)),
    failing,
    weak,
    hidden: readTree(join(dir, "hidden")),
  };
}

function readEdit(file: string, place: string, value: unknown): FaultEdit {
  const fields = isRecord(value) ? value : {};
  const text = (name: string): string => {
    const found = fields[name];
    if (typeof found !== "string")
      throw problem(file, `${place}.${name} is not a text`, "Give file, symbol, before, after");
    return found;
  };
  const edit = { file: text("file"), symbol: text("symbol"), before: text("before"), after: text("after") };
  if (edit.before === "" || edit.after === "" || edit.before === edit.after) {
    throw problem(file, `${place} changes nothing or has an empty snippet`, "Take some of the surroundings in");
  }
  return edit;
}

function readRecord(file: string, names: readonly string[]): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw problem(file, `not a JSON file that can be read: ${why}`, "Add it or correct its syntax");
  }
  if (!isRecord(json)) throw problem(file, "not a JSON object", `Write an object with ${names.join(", ")}`);
  for (const name of names) if (!Object.hasOwn(json, name)) throw problem(file, `has no "${name}"`, "Add it");
  for (const name of Object.keys(json)) {
    if (!names.includes(name)) throw problem(file, `has an unknown "${name}"`, "Remove it or correct the name");
  }
  return json;
}

function problem(where: string, what: string, todo: string): PawlError {
  return new PawlError({ what, where, todo });
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
