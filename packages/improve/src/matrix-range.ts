import { readFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "@pawl/core";
import { releasesNpm, type Ecosystem } from "@pawl/verify";

const FIELDS = ["peerDependencies", "dependencies", "optionalDependencies", "devDependencies"] as const;

/**
 * The versions that the project itself says it works with: of the range in its package.json the oldest release, and the newest of each major.
 * @throws UsageError where no such range can be found
 */
export async function declaredVersions(
  ecosystem: Ecosystem,
  folder: string,
  dependency: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const range = rangeOf(ecosystem, folder, dependency);
  const call = { root: folder, python: "python3", ...(signal === undefined ? {} : { signal }) };
  const releases = await releasesNpm(dependency, range, call);
  const newest = new Map(releases.map((version) => [version.split(".")[0], version]));
  return [...new Set([...releases.slice(0, 1), ...newest.values()])];
}

/**
 * The range of versions in the project's package.json.
 * @throws UsageError where there is none
 */
export function rangeOf(ecosystem: Ecosystem, folder: string, dependency: string): string {
  const range = ecosystem === "npm" ? declaredRange(folder, dependency) : null;
  if (range === null || /^(?:file|link|workspace|git|https?|npm|catalog):|^git\+|\//.test(range))
    throw new UsageError({
      what:
        range === null ? `no range of versions is declared for ${dependency}` : `'${range}' is not a range of versions`,
      where: ecosystem === "npm" ? join(folder, "package.json") : "pawl matrix",
      todo: "Name the versions: --versions 1.x,2.x or --versions 1.2.0,2.0.1",
    });
  return range;
}

function declaredRange(folder: string, dependency: string): string | null {
  let manifest: Partial<Record<(typeof FIELDS)[number], Readonly<Record<string, string>>>>;
  try {
    manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as typeof manifest;
  } catch {
    return null;
  }
  return FIELDS.map((field) => manifest[field]?.[dependency]).find((range) => range !== undefined) ?? null;
}
