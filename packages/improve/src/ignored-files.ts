import { existsSync } from "node:fs";
import { join, normalize } from "node:path";
import type { ProjectSnapshot, TestReport } from "@pawl/verify";

const ENDINGS = ["", ".js", ".cjs", ".mjs", ".json", ".ts", "/index.js"];
const MOST = 3;

/**
 * Files and folders that failing tests name, that the project has, and that boxes do not get because git ignores them: the output of a build,
 * settings. Project-relative, the top ignored folder of each, sorted.
 */
export function missedIgnored(report: TestReport, snapshot: ProjectSnapshot): readonly string[] {
  const { root, base, dependencies } = snapshot;
  const found = new Set<string>();
  const look = (said: string, folder: string): void => {
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
