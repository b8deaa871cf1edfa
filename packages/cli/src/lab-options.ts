import { statSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "@pawl/core";
import { didYouMean, labFolders, ResultsStore } from "@pawl/lab";
import type { Call } from "./command.ts";
import { text } from "./number-options.ts";

/** The results a call is about. */
export function openResults(call: Call): ResultsStore {
  return new ResultsStore(folderOf(call, "results", labFolders(process.cwd()).results));
}

/** A folder that was named, or the usual one; a file in its place is a usage error. */
export function folderOf(call: Call, name: string, usual: string): string {
  const named = text(call, name);
  const folder = named === undefined ? usual : resolve(named);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new UsageError({
      what: "this is a file, and a folder is needed",
      where: folder,
      todo: `Name a folder: --${name} <folder>.`,
    });
  return folder;
}

/** One of several words, or undefined when nothing was said. */
export function oneOf(call: Call, name: string, words: readonly string[]): string | undefined {
  const given = text(call, name);
  if (given === undefined || words.includes(given)) return given;
  throw new UsageError({
    what: `there is no ${name} '${given}'`,
    where: `--${name} ${given}`,
    todo: `${didYouMean(given, words)}There are: ${words.join(", ")}.`,
  });
}
