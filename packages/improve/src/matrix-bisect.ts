import { bisect, NotInstallable, type VersionVerdict } from "@pawl/verify";
import type { MatrixBisection } from "./matrix.ts";

/**
 * Searches a flip by halving. `judge` installs one release and runs the tests with it; one that cannot be installed here, or does not load at
 * all, has no verdict, and its neighbours are tried.
 */
export async function bisectReleases(
  releases: readonly string[],
  judge: (version: string) => Promise<VersionVerdict>,
): Promise<{ readonly bisection: MatrixBisection; readonly verdicts: readonly VersionVerdict[] }> {
  const verdicts: VersionVerdict[] = [];
  const skipped: MatrixBisection["skipped"][number][] = [];
  const skip = (version: string, reason: string): null => {
    skipped.push({ version, reason });
    return null;
  };
  const { between, ends } = await bisect(releases.length, async (place) => {
    const version = releases[place] as string;
    try {
      const verdict = await judge(version);
      if (doesNotLoad(verdict)) return skip(version, "does not load");
      verdicts.push(verdict);
      return verdict.status === "passed";
    } catch (error) {
      if (error instanceof NotInstallable) return skip(version, error.message);
      throw error;
    }
  });
  const [last, first] = (between ?? []).map((place) => releases[place] as string);
  const bisection: MatrixBisection = {
    outcome: between !== null ? "flips" : ends !== null && verdicts.length > 1 ? "alike" : "unknown",
    releases: releases.length,
    oldest: releases[0] as string,
    newest: releases.at(-1) as string,
    last: last ?? null,
    first: first ?? null,
    skipped,
  };
  return { bisection, verdicts };
}

/** By itself, without the project, and no test passes: that is no word on how the project gets on with it. */
function doesNotLoad({ status, names, passed }: VersionVerdict): boolean {
  return status !== "passed" && names === null && passed === 0;
}
