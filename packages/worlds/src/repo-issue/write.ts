import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { PawlError } from "@pawl/core";
import type { FileTree } from "./files.ts";
import type { RepoIssue } from "./load.ts";

/**
 * Write the faulty tree with its visible tests to a folder, which is made when it is missing.
 *
 * @throws PawlError when the folder is not empty.
 */
export function writeRepoIssue(issue: RepoIssue, folder: string): void {
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0) {
    throw new PawlError({ what: "the folder is not empty", where: folder, todo: "Give an empty or a new folder" });
  }
  writeTree(issue.files, folder);
}

/** Add the hidden tests to a folder that {@link writeRepoIssue} wrote: only to judge a repair that is finished. */
export function writeHidden(issue: RepoIssue, folder: string): void {
  writeTree(issue.hidden, folder);
}

function writeTree(files: FileTree, folder: string): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
