import { Rng } from "@pawl/core";

/** A patch that may be the one, with what is known of it without its hidden tests. */
export interface JudgedPatch {
  readonly id: string;
  /** Share of the visible tests that pass. */
  readonly visible: number;
  /** What it does on generated inputs: one text each, the same inputs for every patch. */
  readonly outcomes: readonly string[];
  /** Characters added and taken away. */
  readonly size: number;
  /** Mean value over its path in the search's tree. */
  readonly pathValue: number;
}

export interface Judgement {
  /** Ids, the likeliest right patch first. */
  readonly ranking: readonly string[];
  /** In the order of the ranking. */
  readonly reasons: readonly string[];
}

/** A number for each feature; more speaks for the patch. */
type Features = readonly [visible: number, agreement: number, smallness: number, pathValue: number];

/**
 * Which of several finished patches is right: the one that passes more visible tests, then the one that agrees more with the others on generated inputs
 * (wrong patches are wrong each in its own way), then the smaller, then the one on the better path. Throws a RangeError without patches.
 */
export function judgePatches(patches: readonly JudgedPatch[]): Judgement {
  demandSome(patches);
  const ranked = patches
    .map((patch, index) => ({ patch, index, features: featuresOf(patch, patches) }))
    .toSorted((a, b) => {
      const place = a.features.findIndex((value, i) => Math.abs(value - (b.features[i] as number)) > 1e-9);
      return place === -1 ? a.index - b.index : (b.features[place] as number) - (a.features[place] as number);
    });
  return {
    ranking: ranked.map(({ patch }) => patch.id),
    reasons: ranked.map(({ patch, features: [, agreement] }) =>
      [
        `passes ${percent(patch.visible)} of the visible tests`,
        `agrees with the others on ${percent(agreement)} of the generated inputs`,
        `changes ${patch.size} characters`,
        `mean value of its path ${patch.pathValue.toFixed(1)}`,
      ].join(", "),
    ),
  };
}

export interface DebateOptions {
  readonly rng: Rng;
  readonly voters?: number;
  readonly rounds?: number;
  /** Probability with which a voter does not see a feature. */
  readonly dropout?: number;
}

/**
 * The same by a debate: each voter sees some of the features only, scores the patches by their sum in standard deviations, and in every round moves half of the
 * way to the mean of the others. What a crowd of models does in SWE-Search, with features in the place of opinions.
 */
export function debatePatches(
  patches: readonly JudgedPatch[],
  { rng, voters = 5, rounds = 3, dropout = 0.4 }: DebateOptions,
): Judgement {
  demandSome(patches);
  const features = standardised(patches.map((patch) => featuresOf(patch, patches)));
  let opinions = Array.from({ length: voters }, () => {
    const drawn = [0, 1, 2, 3].filter(() => rng.uniform() >= dropout);
    const seen = drawn.length === 0 ? [rng.int(4)] : drawn;
    return features.map((each) => seen.reduce((sum, i) => sum + (each[i] as number), 0) / seen.length);
  });
  for (let round = 0; round < rounds; round++) {
    const totals = patches.map((_, i) => opinions.reduce((sum, opinion) => sum + (opinion[i] as number), 0));
    opinions = opinions.map((opinion) =>
      opinion.map((own, i) => (voters === 1 ? own : (own + ((totals[i] as number) - own) / (voters - 1)) / 2)),
    );
  }
  const ranked = patches
    .map((patch, index) => ({ patch, index, votes: opinions.map((opinion) => opinion[index] as number) }))
    .map((each) => ({ ...each, score: each.votes.reduce((sum, vote) => sum + vote, 0) / voters }))
    .toSorted((a, b) => b.score - a.score || a.index - b.index);
  return {
    ranking: ranked.map(({ patch }) => patch.id),
    reasons: ranked.map(
      ({ score, votes }) =>
        `${score.toFixed(2)} standard deviations above the mean patch, after ${rounds} rounds of ${voters} voters (from ${Math.min(...votes).toFixed(2)} to ${Math.max(...votes).toFixed(2)})`,
    ),
  };
}

function featuresOf(patch: JudgedPatch, all: readonly JudgedPatch[]): Features {
  const others = all.filter((other) => other !== patch);
  const agreement =
    others.length === 0
      ? 1
      : others.reduce((sum, other) => sum + sharedShare(patch.outcomes, other.outcomes), 0) / others.length;
  return [patch.visible, agreement, -patch.size, patch.pathValue];
}

function sharedShare(a: readonly string[], b: readonly string[]): number {
  return a.length === 0 ? 1 : a.filter((outcome, i) => outcome === b[i]).length / a.length;
}

/** Each feature with mean 0 and standard deviation 1; a feature in which all are alike says nothing. */
function standardised(rows: readonly Features[]): readonly (readonly number[])[] {
  const columns = [0, 1, 2, 3].map((i) => {
    const values = rows.map((row) => row[i] as number);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    return values.map((value) => (deviation < 1e-9 ? 0 : (value - mean) / deviation));
  });
  return rows.map((_, row) => columns.map((column) => column[row] as number));
}

function demandSome(patches: readonly JudgedPatch[]): void {
  if (patches.length === 0) throw new RangeError("there are no patches to judge");
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
