import { cp, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { existsSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { UsageError } from "@pawl/core";
import { isInside, type ProjectSnapshot } from "../snapshot.ts";
import type { SuiteContext } from "../suites/types.ts";
import { labelOf, type InstalledVersion } from "./version.ts";

/** The project as it would be with one version of a dependency. Neither the project nor its dependencies are changed. */
export interface VersionView {
  readonly label: string;
  readonly installed: InstalledVersion;
  readonly replaced: NonNullable<ProjectSnapshot["replaced"]>;
  /** Environment of every command. */
  readonly env: Readonly<Record<string, string>>;
}

export interface VersionViews extends AsyncDisposable {
  readonly views: readonly VersionView[];
}

/**
 * One view of the project for each version. npm: the version's folder stands in place of the project's copy, in every dependency folder that
 * has one; other packages that depend on the same package keep the copy they had. Python: the version's folder comes first on the path.
 * @throws UsageError when the project has no copy that could be replaced
 */
export async function openViews(
  snapshot: ProjectSnapshot,
  versions: readonly InstalledVersion[],
): Promise<VersionViews> {
  const home = await mkdtemp(join(tmpdir(), "pawl-versions-"));
  const close = (): Promise<void> => rm(home, { recursive: true, force: true });
  try {
    const views: VersionView[] = [];
    const name = versions[0]?.name as string;
    const isNpm = versions[0]?.ecosystem === "npm";
    const copies = isNpm ? copiesIn(snapshot, name) : [];
    const kept = isNpm ? await keepForOthers(name, copies, home) : [];
    for (const installed of versions) {
      const { folder } = installed;
      const replaced = isNpm
        ? [...copies.map((path) => ({ path, source: folder })), ...kept]
        : [{ path: folder, source: folder }];
      const env: Record<string, string> = isNpm ? {} : { PYTHONPATH: folder };
      views.push({ label: labelOf(installed), installed, replaced, env });
    }
    return { views, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The snapshot as a view shows it; for checks that take one. */
export function snapshotIn(view: VersionView, snapshot: ProjectSnapshot): ProjectSnapshot {
  return { ...snapshot, replaced: [...(snapshot.replaced ?? []), ...view.replaced] };
}

/** The context as a view shows it. */
export function contextIn(view: VersionView, context: SuiteContext): SuiteContext {
  const own = context.command.env ?? {};
  const path = [view.env["PYTHONPATH"], own["PYTHONPATH"]].filter(Boolean).join(":");
  const env = path === "" ? own : { ...own, PYTHONPATH: path };
  return { ...context, snapshot: snapshotIn(view, context.snapshot), command: { ...context.command, env } };
}

/** Where the project's own copies of a package really are. */
function copiesIn(snapshot: ProjectSnapshot, name: string): readonly string[] {
  const modules = snapshot.dependencies.filter((folder) => basename(folder) === "node_modules");
  const found = modules.map((folder) => join(folder, name)).filter((path) => existsSync(path));
  const copies = [...new Set(found.map((path) => realpathSync(path)))];
  const linked = copies.find((path) => !modules.some((folder) => isInside(realpathSync(folder), path)));
  if (copies.length > 0 && linked === undefined) return copies;
  throw new UsageError({
    what:
      linked === undefined ? `${name} is not installed in this project` : `${name} is a link to a folder of your own`,
    where: linked ?? snapshot.root,
    todo:
      linked === undefined
        ? "Install the project's dependencies first; the versions of the matrix are shown in place of the copy that is there."
        : "Only packages that were installed from a registry can be replaced.",
  });
}

/** Packages that depend on the one that is replaced, and have no copy of their own, get one: they were installed for the version that was there. */
async function keepForOthers(name: string, copies: readonly string[], home: string): Promise<VersionView["replaced"]> {
  const kept: { path: string; source: string }[] = [];
  for (const copy of copies) {
    const modules = copy.slice(0, copy.length - name.length - 1);
    for (const folder of await packagesBelow(modules)) {
      if (folder === copy || isInside(copy, folder) || resolvesTo(folder, name) !== copy) continue;
      if (!(await dependsOn(folder, name))) continue;
      const source = join(home, String(kept.length));
      const options = { recursive: true, verbatimSymlinks: true } as const;
      await cp(folder, source, options);
      await mkdir(dirname(join(source, "node_modules", name)), { recursive: true });
      await cp(copy, join(source, "node_modules", name), options);
      kept.push({ path: folder, source });
    }
  }
  return kept;
}

/** The copy a package would load, by Node's rule: the nearest node_modules upwards. */
function resolvesTo(folder: string, name: string): string | null {
  for (let from = folder; from !== dirname(from); from = dirname(from)) {
    if (basename(from) === "node_modules") continue;
    const candidate = join(from, "node_modules", name);
    if (existsSync(candidate)) return realpathSync(candidate);
  }
  return null;
}

async function dependsOn(folder: string, name: string): Promise<boolean> {
  const text = await readFile(join(folder, "package.json"), "utf8").catch(() => "{}");
  const { dependencies, optionalDependencies } = readJson(text);
  return dependencies?.[name] !== undefined || optionalDependencies?.[name] !== undefined;
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function readJson(text: string): Manifest {
  try {
    return JSON.parse(text) as Manifest;
  } catch {
    return {}; // a package's test data
  }
}

/** Real folders of all packages in a node_modules folder, and in those of its packages. */
async function packagesBelow(modules: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await readdir(modules, { withFileTypes: true }).catch(() => [])) {
    if (!entry.isDirectory() || entry.name.startsWith(".")) continue;
    const folder = join(modules, entry.name);
    const packages = entry.name.startsWith("@")
      ? (await readdir(folder, { withFileTypes: true }))
          .filter((inner) => inner.isDirectory())
          .map((inner) => join(folder, inner.name))
      : [folder];
    for (const each of packages) found.push(each, ...(await packagesBelow(join(each, "node_modules"))));
  }
  return found;
}
