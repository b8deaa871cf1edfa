import { Rng } from "@pawl/core";

export interface SplitTests {
  /** Failing tests the search works on. */
  readonly failing: readonly string[];
  /** Passing tests that must go on passing. */
  readonly passing: readonly string[];
  /** Kept back until the end. */
  readonly heldOut: readonly string[];
}

/** Fewer failing tests than this, and all of them are needed to find the fault. */
const FEWEST_FAILING = 3;
const FEWEST_PASSING = 5;

/**
 * Keeps a share of the failing and of the passing tests back, drawn by the seed. They are opened once, for the final candidates: a patch
 * made to fit the visible tests alone fails there.
 */
export function splitTests(
  failing: readonly string[],
  passing: readonly string[],
  share: number,
  seed: number,
): SplitTests {
  const rng = Rng.of(seed, "held-out");
  const keepBack = (tests: readonly string[], fewest: number, purpose: string): ReadonlySet<string> => {
    if (share <= 0 || tests.length < fewest) return new Set();
    const count = Math.min(tests.length - 1, Math.max(1, Math.floor(tests.length * share)));
    return new Set(rng.child(purpose).shuffle(tests).slice(0, count));
  };
  const failingBack = keepBack(failing, FEWEST_FAILING, "failing");
  const passingBack = keepBack(passing, FEWEST_PASSING, "passing");
  return {
    failing: failing.filter((test) => !failingBack.has(test)),
    passing: passing.filter((test) => !passingBack.has(test)),
    heldOut: [...failingBack, ...passingBack].sort(),
  };
}
