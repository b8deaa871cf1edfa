import { UsageError } from "@pawl/core";
import type { Objective } from "@pawl/verify";

/**
 * Objectives from text: `bins`, or `bins:min,seconds:min:0.05`. Names with commas between them; after a name `:min` or `:max`
 * (default: what `minimize` says), and after that how much worse it may get where another one gains, in its unit (default 0).
 * `minGain` holds for the first, which is also what the search climbs by.
 */
export function parseObjectives(
  text: string,
  { minimize, minGain }: { readonly minimize: boolean; readonly minGain: number },
): readonly [Objective, ...Objective[]] {
  const objectives = text.split(",").map((item, i): Objective => {
    const [name = "", direction, tolerance, ...rest] = item.trim().split(":");
    const given = tolerance === undefined ? 0 : Number(tolerance);
    const known = direction === undefined || direction === "min" || direction === "max";
    if (name === "" || !known || rest.length > 0 || tolerance === "" || !(given >= 0) || given === Infinity)
      throw new UsageError({
        what: `'${item}' is not an objective`,
        where: "--objective",
        todo: "Write name, name:min or name:max:0.05, with commas between several; the number says how much worse it may get.",
      });
    const lower = direction === undefined ? minimize : direction === "min";
    return { objective: name, sign: lower ? -1 : 1, minGain: i === 0 ? minGain : 0, tolerance: given };
  });
  const twice = objectives.find((each, i) =>
    objectives.some((other, j) => j < i && other.objective === each.objective),
  );
  if (twice !== undefined)
    throw new UsageError({
      what: `the objective '${twice.objective}' is named twice`,
      where: "--objective",
      todo: "Name each number once.",
    });
  return objectives as [Objective, ...Objective[]];
}
