import { UsageError } from "@pawl/core";
import type { InstallOptions } from "./install.ts";
import { releasesNpm } from "./install-npm.ts";
import { releasesPython } from "./install-python.ts";
import { compareVersions, isExact } from "./version.ts";

/**
 * The releases to search among, oldest first. One range: all of it. Two versions or ranges: from the one to the other, a range standing for its
 * newest release. More than two: those versions and no others.
 * @throws UsageError when these are fewer than two
 */
export async function releasesBetween(
  options: Omit<InstallOptions, "cache" | "onInstall">,
): Promise<readonly string[]> {
  const { ecosystem, name, versions, signal } = options;
  const call = { root: options.root, python: options.python, ...(signal === undefined ? {} : { signal }) };
  const releases = ecosystem === "npm" ? releasesNpm : releasesPython;
  const found = await among();
  if (found.length > 1) return found;
  throw new UsageError({
    what: `${found.length === 0 ? "no release" : "only one release"} of ${name} is in ${versions.join(",")}`,
    where: "--versions",
    todo: "Name a range with several releases, or two versions: --versions 3.0.0,4.17.21",
  });

  async function among(): Promise<readonly string[]> {
    const [first = "", second] = versions;
    if (second === undefined) return releases(name, first, call);
    if (versions.length > 2) {
      const range = versions.find((word) => !isExact(word));
      if (range === undefined) return [...versions].sort(compareVersions);
      throw new UsageError({
        what: `'${range}' is a range, and there are more than two versions`,
        where: "--versions",
        todo: "To search between two ends name them, or one range: --versions 3.x,4.x. More than two have to be exact versions.",
      });
    }
    const ends: string[] = [];
    for (const word of [first, second]) {
      const newest = isExact(word) ? word : (await releases(name, word, call)).at(-1);
      if (newest !== undefined) ends.push(newest);
    }
    const [low = "", high = ""] = ends.sort(compareVersions);
    const range = ecosystem === "npm" ? `>=${low} <=${high}` : `>=${low},<=${high}`;
    return ends.length < 2 ? ends : [...new Set([low, ...(await releases(name, range, call)), high])];
  }
}
