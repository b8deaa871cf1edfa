import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, matchesGlob, relative } from "node:path";
import type { SimpleCommand } from "./shell-line.ts";

export interface PackageManifest {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly workspaces?: readonly string[] | { readonly packages?: readonly string[] };
}

/**
 * The folder of the workspace that a package belongs to, or the package's own folder when it stands alone. A member's dependencies lie
 * in the workspace's node_modules, some as links to other members, so all of it has to be there when its tests run.
 */
export function workspaceRoot(folder: string): string {
  for (let above = dirname(folder), below = folder; above !== below; below = above, above = dirname(above)) {
    if (existsSync(join(below, ".git"))) return folder;
    const path = relative(above, folder).replaceAll("\\", "/");
    const isMember = patternsOf(above).some((pattern) => matchesGlob(path, pattern.replace(/^\.\/|\/$/g, "")));
    if (isMember) return above;
  }
  return folder;
}

/** Project-relative folders of the members of a workspace, sorted; empty for a package that is no workspace. */
export function workspaceMembers(root: string): string[] {
  const folders = patternsOf(root).flatMap((pattern) =>
    globSync(pattern.replace(/^\.\/|\/$/g, ""), { cwd: root, exclude: (name) => name === "node_modules" }),
  );
  return [...new Set(folders.map((folder) => folder.replaceAll("\\", "/")))]
    .filter((folder) => existsSync(join(root, folder, "package.json")))
    .sort();
}

/** True for a command that runs a script in every member: `npm test --workspaces`, `pnpm -r test`, `turbo run test`, … */
export function runsInMembers({ words }: Pick<SimpleCommand, "words">): boolean {
  const [program = "", ...rest] = words;
  const isTest = rest.some((word) => /^(?:t|test|--targets?=test)$/.test(word));
  if (program === "npx" || program === "pnpx") return runsInMembers({ words: rest });
  if (program === "npm") return isTest && rest.some((word) => /^(?:--workspaces|-ws)$/.test(word));
  if (program === "pnpm") return isTest && rest.some((word) => /^(?:-r|--recursive|--filter.*|-F.*)$/.test(word));
  if (program === "yarn") return isTest && rest.some((word) => /^workspaces$/.test(word));
  return isTest && ["lerna", "turbo", "nx", "wsrun", "ultra"].includes(program);
}

function patternsOf(folder: string): readonly string[] {
  const patterns = [...npmPatterns(folder), ...pnpmPatterns(folder)];
  return patterns.filter((pattern) => !pattern.startsWith("!"));
}

function npmPatterns(folder: string): readonly string[] {
  try {
    const { workspaces } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as PackageManifest;
    return Array.isArray(workspaces) ? workspaces : ((workspaces as { packages?: readonly string[] })?.packages ?? []);
  } catch {
    return []; // none, or one that is reported where it is needed
  }
}

/** The list below `packages:`, which is all that matters here of a pnpm-workspace.yaml. */
function pnpmPatterns(folder: string): readonly string[] {
  try {
    const text = readFileSync(join(folder, "pnpm-workspace.yaml"), "utf8");
    const list = /^packages:[ \t]*\n((?:[ \t]*(?:-.*|#.*)?\n?)*)/m.exec(text)?.[1] ?? "";
    return [...list.matchAll(/^\s*-\s*["']?([^"'#\n]+?)["']?\s*(?:#.*)?$/gm)].map((match) => match[1] as string);
  } catch {
    return [];
  }
}
