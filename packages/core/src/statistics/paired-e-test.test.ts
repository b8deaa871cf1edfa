import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Rng } from "../rng.ts";
import { PairedETest } from "./paired-e-test.ts";
import type { PairedETestOptions } from "./paired-e-test.ts";

const noises: Record<string, (rng: Rng) => number> = {
  normal: (rng) => rng.normal(),
  "cauchy, no mean and no variance": (rng) => rng.normal() / rng.normal(),
  "log-normal, skewed": (rng) => Math.exp(rng.normal()),
  "rounded, many ties": (rng) => Math.round(rng.normal()),
  "drifting scale": (rng) => rng.normal() * (1 + 9 * rng.uniform()),
};

/** Share of streams that ever say "better", looking after every pair, and the mean number of pairs. */
function simulate(
  streams: number,
  shift: number,
  noise: (rng: Rng) => number,
  options: PairedETestOptions,
): { better: number; pairs: number } {
  let better = 0;
  let pairs = 0;
  for (let stream = 0; stream < streams; stream++) {
    const rng = Rng.of("e-test", stream);
    const sequential = new PairedETest(options);
    while (sequential.state() === "undecided") sequential.add(noise(rng), noise(rng) + shift);
    if (sequential.state() === "better") better++;
    pairs += sequential.pairs;
  }
  return { better: better / streams, pairs: pairs / streams };
}

test("type I error with optional stopping stays below alpha, for noise of any shape", (t) => {
  const alpha = 0.05;
  const streams = 2000;
  // Three standard errors of a share of 5 % over 2,000 streams.
  const tolerance = 3 * Math.sqrt((alpha * (1 - alpha)) / streams);
  for (const [name, noise] of Object.entries(noises)) {
    for (const nullHypothesis of ["symmetric", "median"] as const) {
      const { better, pairs } = simulate(streams, 0, noise, {
        alpha,
        maxPairs: 150,
        nullHypothesis,
      });
      t.diagnostic(`${nullHypothesis}, ${name}: ${better} of the null streams accepted, ${pairs.toFixed(1)} pairs`);
      assert.ok(better <= alpha + tolerance, `${name}: ${better}`);
    }
  }
});

test("the median null holds for skewed differences whose mean is positive", () => {
  // Worse in 55 % of the pairs, much better in the rest.
  const skewed = (rng: Rng): number => (rng.uniform() < 0.55 ? -1 : 20);
  let better = 0;
  for (let stream = 0; stream < 2000; stream++) {
    const rng = Rng.of("skew", stream);
    const sequential = new PairedETest({ alpha: 0.05, nullHypothesis: "median" });
    while (sequential.state() === "undecided") sequential.add(0, skewed(rng));
    if (sequential.state() === "better") better++;
  }
  assert.ok(better / 2000 <= 0.05);
});

test("the stake is a fair game: its mean over all sign patterns of given sizes is 1", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 1, maxLength: 4 }), (sizes) => {
      let total = 0;
      for (let pattern = 0; pattern < 2 ** sizes.length; pattern++) {
        const sequential = new PairedETest({ alpha: 1e-9 });
        for (const [i, size] of sizes.entries()) sequential.add(0, (pattern >> i) & 1 ? size : -size);
        total += sequential.eValue;
      }
      assert.ok(Math.abs(total / 2 ** sizes.length - 1) < 1e-9);
    }),
    { seed: 1, numRuns: 50 },
  );
});

test("power: shifts in units of the noise", (t) => {
  const expected: [shift: number, least: number, pairs: number][] = [
    [0.5, 0.5, 60],
    [1, 0.95, 25],
    [2, 0.99, 11],
    [4, 0.99, 8],
  ];
  for (const [shift, least, most] of expected) {
    const { better, pairs } = simulate(300, shift, (rng) => rng.normal(), { alpha: 0.05 });
    t.diagnostic(`shift ${shift} sd: ${better} accepted within 100 pairs, ${pairs.toFixed(1)} pairs on average`);
    assert.ok(better >= least && pairs <= most, `shift ${shift}: ${better}, ${pairs}`);
  }
  const worse = simulate(300, -1, (rng) => rng.normal(), { alpha: 0.05 });
  t.diagnostic(`shift -1 sd: ${worse.better} accepted, given up after ${worse.pairs.toFixed(1)} pairs`);
  assert.ok(worse.better <= 0.01 && worse.pairs < 12);
});

test("without noise: ties are not gains, a gain must exceed minGain", () => {
  const run = (challenger: number, minGain = 0): [string, number] => {
    const sequential = new PairedETest({ alpha: 0.05, minGain });
    while (sequential.state() === "undecided") sequential.add(1, challenger);
    return [sequential.state(), sequential.pairs];
  };
  assert.deepEqual(run(1), ["not-better", 8]);
  assert.deepEqual(run(1.1), ["better", 6]);
  assert.deepEqual(run(1.1, 0.2), ["not-better", 4]);
  assert.equal(run(1.25, 0.25)[0], "not-better");
  assert.equal(run(Number.NEGATIVE_INFINITY)[0], "not-better");
});

test("the decision stands, and scale does not matter", () => {
  const rng = Rng.of("scale");
  const values = Array.from({ length: 60 }, () => rng.normal() + 0.4);
  const states = [1, 1024].map((scale) => {
    const sequential = new PairedETest({ alpha: 0.05 });
    return values.map((value) => {
      sequential.add(0, value * scale);
      return [sequential.state(), sequential.eValue];
    });
  });
  assert.deepEqual(states[0], states[1]);
  assert.throws(() => new PairedETest({ alpha: 0 }), RangeError);
  assert.throws(() => new PairedETest({ alpha: 0.05 }).add(Number.NaN, 1), RangeError);
});
