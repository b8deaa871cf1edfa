import { existsSync } from "node:fs";
import { join, normalize } from "node:path";
import { UsageError } from "@pawl/core";
import type { ProjectSnapshot, TestReport } from "@pawl/verify";

const ENDINGS = ["", ".js", ".cjs", ".mjs", ".json", ".ts", "/index.js"];
const MOST = 3;
/** How Python names a module it cannot import; the module lies in the project's root, or in src. */
const PYTHON_MODULE = /\b(?:No module named|cannot import name '\w+' from) '([\w.]+)'/g;
const PYTHON_PLACES = ["", "src/"];
const PYTHON_ENDINGS = [".py", "/__init__.py"];

/**
 * Files and folders that failing tests name, that the project has, and that boxes do not get because git ignores them: the output of a build,
 * settings. Project-relative, the top ignored folder of each, sorted.
 */
export function missedIgnored(report: TestReport, snapshot: ProjectSnapshot): readonly string[] {
  const { root, base, dependencies } = snapshot;
  const found = new Set<string>();
  const missing = (path: string): boolean => existsSync(join(root, path)) && !existsSync(join(base, path));
  const look = (said: string, folder: string): void => {
    for (const [, module = ""] of said.matchAll(PYTHON_MODULE))
      for (const place of PYTHON_PLACES)
        for (const ending of PYTHON_ENDINGS) {
          const path = place + module.replaceAll(".", "/") + ending;
          if (missing(path)) found.add(topMissing(path, base));
        }
    for (const [word] of said.matchAll(/[\w@.~+/-]*[\w@~+-]/g)) {
      if (!/[/.]/.test(word)) continue;
      for (const place of word.startsWith(root) ? [word.slice(root.length + 1)] : [word, join(folder, word)]) {
        const path = normalize(place).replace(/^(?:\.\.\/|\/)+|\/$/g, "");
        const ending = ENDINGS.find((each) => existsSync(join(root, path + each)));
        if (path === "." || path === "" || ending === undefined || existsSync(join(base, path + ending))) continue;
        if (dependencies.some((inside) => join(root, path + ending).startsWith(inside))) continue;
        found.add(topMissing(path + ending, base));
      }
    }
  };
  for (const { file, message } of report.errors) look(message, join(file ?? "", ".."));
  for (const { file, status, message } of report.tests) if (status === "failed") look(message ?? "", join(file, ".."));
  return [...found].filter((path) => !/^\.(?:git|pawl)$/.test(path)).sort();
}

/** Without them nothing can be judged: not one test passes. @throws UsageError that names them */
export function demandFiles(paths: readonly string[], { passing }: { readonly passing: readonly string[] }): void {
  if (paths.length === 0 || passing.length > 0) return;
  throw new UsageError({
    what: "no test passes, and the tests name files that git ignores, which boxes do not get",
    where: paths.join(", "),
    todo: `If the tests need them: --include ${paths.slice(0, MOST).join(",")}`,
  });
}

/** A note for the person, or nothing. */
export function ignoredNote(paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return [];
  const named = paths.slice(0, MOST).join(",");
  return [`failing tests name ${named}, which git ignores and boxes do not get; if they need it: --include ${named}`];
}

/** The uppermost part of a path that the copy does not have. */
function topMissing(path: string, base: string): string {
  const parts = path.split("/");
  const count = parts.findIndex((_, i) => !existsSync(join(base, ...parts.slice(0, i + 1))));
  return parts.slice(0, count + 1).join("/");
}
