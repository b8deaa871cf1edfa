import type { Check, NewFileRule } from "@pawl/core";
import { classifyFiles, isNeverCopied, type RunnerId } from "@pawl/verify";
import { dirname } from "node:path/posix";

/** What of a project says where files may be made; recorded with the project. */
export interface NewFilePlan {
  readonly runner: RunnerId;
  /** Folders whose files may change; files are made in them and below. `.` is the project itself. */
  readonly folders: readonly string[];
  /** Files that are there and may not change. */
  readonly taken: readonly string[];
  /** Folders that are Python packages. */
  readonly packages: readonly string[];
  /** Whether tests may be made as well. */
  readonly tests: boolean;
}

/** Modules that tools load by themselves, and that are no settings by their name. */
const LOADED =
  /(?:^|\/)(?:vitest\.(?:workspace|projects)|setupTests|jest\.[^/]*|sitecustomize|usercustomize|__main__)\.[^/]+$/;
const LONGEST = 200;

export function planNewFiles(
  files: readonly string[],
  editable: readonly string[],
  runner: RunnerId,
  tests: boolean,
): NewFilePlan {
  const own = new Set(editable);
  const folders = [...new Set(editable.map((path) => dirname(path)))].sort();
  const isBelow = (path: string): boolean => foldersAbove(path).some((folder) => folders.includes(folder));
  return {
    runner,
    folders,
    taken: files.filter((path) => !own.has(path) && isBelow(path)),
    packages: files.filter((path) => /(?:^|\/)__init__\.py$/.test(path)).map((path) => dirname(path)),
    tests,
  };
}

/** Why no file may be made at a path, or null: it is a function of the path and the record, so that a replay says the same. */
export function newFileRule(plan: NewFilePlan): NewFileRule {
  const taken = new Set(plan.taken);
  const packages = new Set(plan.packages);
  return (path) => {
    const above = foldersAbove(path);
    if (taken.has(path)) return "it is not among the files that may change";
    if (path.length > LONGEST || !isPlain(path) || isNeverCopied(path)) return "no file may be made there";
    if (above.some((folder) => taken.has(folder))) return "a file is in the place of its folder";
    if (!plan.folders.some((folder) => above.includes(folder)))
      return `files may be made in and below ${plan.folders.join(", ")} only`;
    const { source, tests } = classifyFiles({ files: [path] }, plan.runner);
    if (tests.length > 0) return plan.tests ? null : "it would be a test";
    if (source.length === 0 || LOADED.test(path)) return "only source files may be made, and no settings";
    // Elsewhere it could be loaded in the place of a module of Python's own, or of the tests' tools.
    if (path.endsWith(".py") && !above.some((folder) => packages.has(folder)))
      return "a Python file may be made in a package only: in or below a folder with an __init__.py";
    return null;
  };
}

/**
 * A warm runner has loaded the project as it is and may not find a file that was not there: candidates that make one are screened by a clean
 * run, as they are confirmed.
 */
export function screensNewFilesClean(check: Check): Check {
  return {
    id: check.id,
    deterministic: check.deterministic,
    screen: (submission, signal) =>
      submission.candidate.changes.some(({ created }) => created === true)
        ? check.confirm(submission, signal)
        : check.screen(submission, signal),
    confirm: (submission, signal) => check.confirm(submission, signal),
    close: () => check.close(),
  };
}

/** Relative, forward slashes, nothing that a shell, a patch or another system reads in another way. */
function isPlain(path: string): boolean {
  return path.split("/").every((part) => /^[\w@+-][\w@+.-]*$/.test(part));
}

/** The folder of a path and those around it, up to `.`. */
function foldersAbove(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    folders.push(folder);
    if (folder === "." || folder === "/") return folders;
  }
}
