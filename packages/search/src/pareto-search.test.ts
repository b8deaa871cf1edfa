import assert from "node:assert/strict";
import { test } from "node:test";
import { Archive, Rng, type Evaluated, type ProposalRequest } from "@pawl/core";
import { hypervolume } from "./hypervolume.ts";
import type { Point } from "./nsga2.ts";
import { ParetoSearch, type ParetoSearchOptions } from "./pareto-search.ts";
import { GUIDED_RULE } from "./selection-rule.ts";

/** A genome of 24 bits: `ones` counts those of the first half, `zeros` those that are not set. The two disagree about the first half alone. */
type Genome = readonly number[];

const LENGTH = 24;
const IN_FLIGHT = 5;

function onesOf(genome: Genome): number {
  return genome.slice(0, LENGTH / 2).reduce((sum, bit) => sum + bit, 0);
}

function zerosOf(genome: Genome): number {
  return genome.reduce((sum, bit) => sum + 1 - bit, 0);
}

function evaluated(genome: Genome, request: ProposalRequest, works = true): Evaluated {
  const scores = { ones: [onesOf(genome)], set: [LENGTH - zerosOf(genome)] };
  return {
    candidate: {
      id: genome.join(""),
      changes: [],
      parents: [request.parent],
      origin: { proposer: "test", summary: "" },
    },
    request,
    verdict: {
      status: works ? "passed" : "error",
      scores: works ? scores : {},
      feedback: [],
      cost: { wallMs: 0, cpuMs: 0 },
      evidence: [],
    },
    fitness: works ? onesOf(genome) : null,
    confirmed: false,
  };
}

/** A run with several candidates in flight; every seventh does not work. */
function play(options: ParetoSearchOptions, seed: number, rounds: number) {
  const search = new ParetoSearch({
    objectives: [
      { name: "ones", sign: 1 },
      { name: "set", sign: -1 },
    ],
    ...options,
  });
  const start = Array.from({ length: LENGTH }, (_, i) => i % 2);
  const archive = new Archive(evaluated(start, { parent: start.join(""), edits: 0, temperature: 0 }));
  const asked: ProposalRequest[] = [];
  const flight: Evaluated[] = [];
  const points: Point[] = [];
  let largest = 0;
  for (let n = 0; n < rounds; n++) {
    const request = search.ask(archive, Rng.of(seed, n));
    asked.push(request);
    const rng = Rng.of(seed, "world", n);
    const genome = [...request.parent].map(Number);
    const other = request.inspirations?.[0];
    for (let i = 0; i < LENGTH; i++) {
      if (other !== undefined) genome[i] = rng.uniform() < 0.5 ? Number(other[i]) : (genome[i] as number);
      else if (rng.int(LENGTH) === 0) genome[i] = 1 - (genome[i] as number);
    }
    flight.push(evaluated(genome, request, n % 7 !== 6));
    if (flight.length < IN_FLIGHT) continue;
    const result = flight.shift() as Evaluated;
    if (result.fitness !== null) points.push([onesOf(genome), zerosOf(genome)]);
    archive.add(result);
    search.tell(result);
    largest = Math.max(largest, (search.state() as { population: unknown[] }).population.length);
  }
  return { asked, largest, volume: hypervolume(points, [-1, -1]), state: search.state() };
}

test("NSGA-II finds most of the front of a problem whose front is known", () => {
  // Every number of ones of the first half, nothing set in the second: a staircase of (k + 1) × (24 − k + 1).
  const whole = hypervolume(
    Array.from({ length: LENGTH / 2 + 1 }, (_, k) => [k, LENGTH - k]),
    [-1, -1],
  );
  const share = play({}, 1, 900).volume / whole;
  assert.ok(share > 0.9, String(share));
});

test("selection is what finds it: the same operators with parents drawn at random find less", () => {
  const anybody = {
    id: "anybody",
    renew: (population: readonly Point[], offspring: readonly Point[]) =>
      [...population, ...offspring].map((_, i) => i),
    places: (points: readonly Point[]) => points.map(() => 0),
    elites: () => [0],
  };
  const sum = (options: ParetoSearchOptions): number =>
    [1, 2, 3].reduce((total, seed) => total + play(options, seed, 400).volume, 0);
  const blind = sum({ rule: anybody });
  assert.ok(sum({}) > 1.1 * blind);
  assert.ok(sum({ rule: GUIDED_RULE, population: 12 }) > 1.1 * blind);
});

test("the same asks and tells give the same run, and the population stays as small as it was asked to be", () => {
  const first = play({ population: 10, thought: 0.25 }, 2, 300);
  assert.deepEqual(play({ population: 10, thought: 0.25 }, 2, 300), first);
  assert.ok(first.largest <= 10, String(first.largest));
  assert.ok(play({ population: 10, offspring: 6, rule: GUIDED_RULE, initial: 12 }, 2, 300).largest <= 10 + 12);
});

test("nothing is crossed or carried over before the first selection, and both are afterwards", () => {
  const { asked } = play({ initial: 20, thought: 0.5 }, 3, 200);
  assert.ok(asked.slice(0, 20).every((request) => request.inspirations === undefined));
  const kinds = new Set(asked.slice(40).map((request) => request.combine ?? "mutate"));
  assert.deepEqual([...kinds].toSorted(), ["block", "mutate", "thought"]);
});

test("profiles are drawn for mutations", () => {
  const profiles = [
    { id: "one", temperature: 2, edits: 1, weights: { byFaultClass: { constant: 3 } } },
    { id: "three", temperature: 1, edits: 3 },
  ];
  const { asked } = play({ profiles }, 4, 100);
  assert.ok(asked.some(({ edits, weights }) => edits === 3 && weights === undefined));
  assert.ok(asked.some(({ temperature, weights }) => temperature === 2 && weights?.byFaultClass?.["constant"] === 3));
});
