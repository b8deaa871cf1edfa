import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Root of the repository this code runs from; null when it runs from an installed package. */
export function ownCheckout(): string | null {
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const manifest = join(root, "package.json");
  if (!existsSync(manifest)) return null;
  const { name } = JSON.parse(readFileSync(manifest, "utf8")) as { name?: string };
  return name === "pawl-workspace" ? resolve(root) : null;
}

/** Where results and pages go unless something else is said: into the repository for who works in it, else below the folder itself. */
export function labFolders(folder: string): { readonly results: string; readonly pages: string } {
  const root = ownCheckout();
  const inside = root !== null && !relative(root, resolve(folder)).startsWith("..");
  return inside
    ? { results: join(root, "docs/data/lab"), pages: join(root, "docs/lab") }
    : { results: join(folder, ".pawl/lab"), pages: join(folder, "lab-report") };
}

/** See `LabResult.commit`. Only the packages count: what they measure is written beside them. */
export function codeCommit(): string | null {
  const root = ownCheckout();
  if (root === null) return null;
  const git = (...args: readonly string[]): string =>
    execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  try {
    return git("rev-parse", "--short", "HEAD") + (git("status", "--porcelain", "--", "packages") === "" ? "" : "+");
  } catch {
    return null;
  }
}
