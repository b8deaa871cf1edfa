import { Rng } from "@pawl/core";

/** The exponent k of cost ~ size^k. */
export interface Growth {
  readonly exponent: number;
  /** 95 % bootstrap interval over the measurements. */
  readonly interval: readonly [low: number, high: number];
}

const RESAMPLES = 400;

/**
 * Slope of log cost over log size by least squares, with each distribution's own level. Measurements of less than a millisecond are
 * mostly noise and left out. Null with fewer than three sizes left.
 */
export function growthOf(
  points: readonly { readonly level: string; readonly size: number; readonly cpuMs: number }[],
): Growth | null {
  const usable = points.filter((point) => point.cpuMs >= 0.1);
  if (new Set(usable.map((point) => point.size)).size < 3) return null;
  const rng = Rng.of(0, "growth");
  const slopes = Array.from({ length: RESAMPLES }, () => slope(usable.map(() => rng.pick(usable)))).filter(
    Number.isFinite,
  );
  slopes.sort((a, b) => a - b);
  const at = (share: number): number => slopes[Math.floor(share * (slopes.length - 1))] ?? Number.NaN;
  return { exponent: slope(usable), interval: [at(0.025), at(0.975)] };
}

function slope(points: readonly { readonly level: string; readonly size: number; readonly cpuMs: number }[]): number {
  let above = 0;
  let below = 0;
  for (const group of Map.groupBy(points, (point) => point.level).values()) {
    const xs = group.map((point) => Math.log(point.size));
    const ys = group.map((point) => Math.log(point.cpuMs));
    const x = xs.reduce((sum, each) => sum + each, 0) / xs.length;
    const y = ys.reduce((sum, each) => sum + each, 0) / ys.length;
    xs.forEach((each, i) => {
      above += (each - x) * ((ys[i] as number) - y);
      below += (each - x) ** 2;
    });
  }
  return above / below;
}
