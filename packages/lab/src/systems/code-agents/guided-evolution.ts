import { Budget, Journal, judgedBase, runLoop, type ArchiveEntry, type Gate, type LoopResult } from "@pawl/core";
import { BlockProposer, MUTATION_PROFILES, SyntaxProposer, UNIFORM_MODEL, type OperatorProfile } from "@pawl/propose";
import { dominates, GUIDED_RULE, hypervolume, ParetoSearch, type Point, type SelectionRule } from "@pawl/search";
import { scoreOf } from "@pawl/verify";
import { openPackingBench, SCORE, SIZE, type PackingBench } from "../../benches/packing-bench.ts";
import { Remembered } from "../../benches/remembered.ts";
import type { Arm, LabContext, Measurements, Row, System } from "../../system.ts";

const PROBLEMS = ["bin-packing-weibull", "bin-packing-uniform"] as const;
/** First generation, later ones, and how many of those. */
const FULL = { initial: 16, offspring: 8, generations: 10 } as const;
const QUICK = { initial: 16, offspring: 8, generations: 3 } as const;
const ELITES = 12;
const EXAMPLES = 5;
const THOUGHT = 0.25;
const SINCE = "2026-11-26";

/** Nobody is preferred and nobody leaves: the same operators on parents drawn from everything that works. */
const ANYBODY: SelectionRule = {
  id: "anybody",
  renew: (population, offspring) => [...population, ...offspring].map((_, i) => i),
  places: (points) => points.map(() => 0),
  elites: (points) => points.map((_, i) => i),
};

/** Both objectives in one number, each as a share of its worst value: what several objectives are without a front. */
function weightedSum({ worst }: PackingBench): SelectionRule {
  const value = ([score = 0, size = 0]: Point): number => score / -worst.train + size / worst.size;
  const descending = (points: readonly Point[]): readonly number[] =>
    points.map((_, i) => i).sort((a, b) => value(points[b] as Point) - value(points[a] as Point) || a - b);
  const places = (points: readonly Point[]): readonly number[] => {
    const found: number[] = [];
    descending(points).forEach((index, place) => (found[index] = place));
    return found;
  };
  return {
    id: "weighted-sum",
    renew: (population, offspring, size) => [
      ...descending(population).slice(0, size),
      ...offspring.map((_, i) => population.length + i),
    ],
    places,
    elites: (points, count) => descending(points).slice(0, count),
  };
}

interface Setup {
  readonly rule: (bench: PackingBench) => SelectionRule;
  readonly thought: number;
  readonly profiles: readonly OperatorProfile[];
}

const PLAIN: readonly OperatorProfile[] = [{ id: "plain", temperature: 1, edits: 1 }];
const guided = (): SelectionRule => GUIDED_RULE;

const SETUPS: Readonly<Record<string, Setup>> = {
  full: { rule: guided, thought: THOUGHT, profiles: MUTATION_PROFILES },
  "no-thought": { rule: guided, thought: 0, profiles: MUTATION_PROFILES },
  "no-thought-no-roles": { rule: guided, thought: 0, profiles: PLAIN },
  random: { rule: () => ANYBODY, thought: THOUGHT, profiles: MUTATION_PROFILES },
  "weighted-sum": { rule: weightedSum, thought: THOUGHT, profiles: MUTATION_PROFILES },
};

const ARMS: readonly Arm[] = [
  {
    id: "full",
    title: "SPEA2 elites, crowded tournaments, roles and directions, evolution of thought",
    role: "method",
  },
  { id: "no-thought", title: "without evolution of thought", role: "ablation" },
  {
    id: "no-thought-no-roles",
    title: "without evolution of thought and without roles and directions",
    role: "ablation",
  },
  { id: "random", title: "the same operators on parents drawn at random, nothing selected", role: "control" },
  { id: "weighted-sum", title: "the same, selected by one weighted sum of both objectives", role: "control" },
];

const benches = new Remembered<PackingBench>();

/** Scores decide nothing on the way; what the search is told is enough, and the end is measured again on other instances. */
const SCREEN_ONLY: Gate = {
  fitness: (verdict) => scoreOf(verdict, SCORE),
  promising: () => false,
  confirm: () => Promise.reject(new Error("nothing is confirmed on the way")),
  satisfied: () => null,
};

async function evolveOnce(
  id: string,
  setup: Setup,
  { seed, quick, signal }: LabContext,
): Promise<Row & { readonly spent: number }> {
  const bench = await benches.get(id, () => openPackingBench(id, signal));
  const { initial, offspring, generations } = quick ? QUICK : FULL;
  const even = Object.fromEntries(
    Object.entries(bench.sources).map(([path, text]) => [path, text.split("\n").map(() => 1)]),
  );
  const { languages, sources, target } = bench;
  const loop = await runLoop({
    target,
    check: bench.check,
    gate: SCREEN_ONLY,
    search: new ParetoSearch({
      objectives: [
        { name: SCORE, sign: 1 },
        { name: SIZE, sign: -1 },
      ],
      rule: setup.rule(bench),
      population: ELITES,
      initial,
      offspring,
      elites: EXAMPLES,
      thought: setup.thought,
      profiles: setup.profiles,
    }),
    proposer: new BlockProposer({
      languages,
      sources,
      inner: new SyntaxProposer({ languages, model: UNIFORM_MODEL, sources, suspiciousness: even }),
    }),
    base: judgedBase(target, bench.base, SCREEN_ONLY),
    journal: new Journal([], { append: () => {} }),
    budget: new Budget({ evaluations: initial + generations * offspring }),
    seed,
    window: 2,
    elapsed: () => 0,
    signal,
  });
  return { task: id, values: await valuesOf(loop, bench, signal), spent: loop.screened };
}

async function valuesOf(loop: LoopResult, bench: PackingBench, signal: AbortSignal): Promise<Row["values"]> {
  const { worst } = bench;
  const entries = Array.from({ length: loop.archive.size }, (_, index) => loop.archive.at(index));
  const working = entries.filter((entry) => pointOf(entry) !== null);
  const points = working.map((entry) => pointOf(entry) as Point);
  // Of programs with the same two numbers the first stands for all.
  const front = working.filter((_, i) => points.every((other, j) => !stands(other, points[i] as Point, j < i)));
  // What was selected by its score is scored again, on instances that the search did not see.
  const fresh: Point[] = [];
  for (const entry of front) {
    const score = await bench.freshScore(entry.candidate, signal);
    if (score !== null) fresh.push([score, -(scoreOf(entry.verdict, SIZE) as number)]);
  }
  const volume = (of: readonly Point[], score: number): number =>
    hypervolume(of, [score, -worst.size]) / (-score * worst.size);
  const made = entries.slice(1);
  const thoughts = made.filter(({ request }) => request.combine === "thought");
  return {
    hypervolume: volume(fresh, worst.fresh),
    hypervolumeTrain: volume(points, worst.train),
    best: Math.max(...fresh.map(([score = -Infinity]) => score)),
    smallest: Math.min(...fresh.map(([, size = 0]) => -size)),
    front: front.length,
    working: made.length === 0 ? null : (working.length - 1) / made.length,
    thoughts: thoughts.length,
    thoughtsOnFront: thoughts.filter((entry) => front.includes(entry)).length,
  };
}

function pointOf({ verdict }: ArchiveEntry): Point | null {
  const [score, size] = [scoreOf(verdict, SCORE), scoreOf(verdict, SIZE)];
  return score === null || size === null ? null : [score, -size];
}

/** Whether the first point makes the second superfluous: it is better, or the same and earlier. */
function stands(other: Point, point: Point, earlier: boolean): boolean {
  return dominates(other, point) || (earlier && other.every((value, i) => value === point[i]));
}

export const system: System = {
  id: "guided-evolution",
  paper: {
    title: "LLM Guided Evolution: The Automation of Models Advancing Models",
    arxiv: "2403.11446",
    year: 2024,
    claim:
      "On CIFAR-10 the seed network goes from 92.52 % to 93.34 % at the same 0.518 M parameters, and to 93.16 % with 43.1 % fewer; evolution of thought and roles move the front sooner (one trial for each variant).",
  },
  stages: ["propose", "verify", "select"],
  mechanism: `A genetic algorithm whose genes are marked blocks of a program, under two objectives. The elites of a generation are what SPEA2 keeps;
parents win crowded tournaments (NSGA-II); a child takes one block over from a second parent, or has one block mutated in a direction (tune,
complicate, shrink, …) and a role (how boldly). In a quarter of the mutations **evolution of thought** takes their place: what turned the seed's block X into an
elite's block X is made again in another block Y.

Without a language model directions and roles are weights of edit operators, and a thought is an edit script: the difference between the two trees of X as typed edits, which are
made in Y where a node of the same kind has the same text or the same name, and left out where it does not parse.`,
  deviations: [
    "The paper evolves a convolutional network on CIFAR-10. Pawl has no learning library yet to train candidates with, so the profile on digits (accuracy against parameters, with the claims about the seed's accuracy and about 65 % of its parameters) is not here: nothing stands in for it. Measured is the profile on programs: online bin packing, score against syntax nodes.",
    "No language model: mutation, crossover and thought are edits of the syntax tree.",
    "A request is a crossover or a mutation; in the paper a child may go through both.",
    "A run has 16 + 10 × 8 candidates, as against 32 and 30 generations in the released code; 12 elites and 5 of them as examples, as against 44 and 10.",
    "Algorithm 2 of the paper takes the fixed prompt where the text says evolution of thought; the released code is followed.",
  ],
  budget: "96 evaluations on the training instances (40 in quick form)",
  arms: ARMS,
  preconditions: [
    {
      id: "candidates-work",
      says: "At least 30 % of the candidates work at all.",
      metric: "working",
      left: "full",
      atLeast: 0.3,
      gated: true,
      since: SINCE,
    },
  ],
  claim: [
    {
      id: "front-beats-random",
      says: "The front covers at least 5 % more than that of the same operators without selection, on fresh instances.",
      metric: "hypervolume",
      left: "full",
      right: "random",
      compare: "ratio",
      atLeast: 1.05,
      gated: true,
      since: SINCE,
    },
    {
      id: "front-beats-weighted-sum",
      says: "It covers no less than with one weighted sum in place of the front.",
      metric: "hypervolume",
      left: "full",
      right: "weighted-sum",
      compare: "ratio",
      atLeast: 1,
      gated: false,
      since: SINCE,
    },
    {
      id: "thought-helps",
      says: "Evolution of thought makes the front cover more (expected to be small; reported either way).",
      metric: "hypervolume",
      left: "full",
      right: "no-thought",
      compare: "ratio",
      atLeast: 1,
      gated: false,
      since: SINCE,
    },
    {
      id: "roles-help",
      says: "Roles and directions make the front cover more (reported either way).",
      metric: "hypervolume",
      left: "no-thought",
      right: "no-thought-no-roles",
      compare: "ratio",
      atLeast: 1,
      gated: false,
      since: SINCE,
    },
    {
      id: "training-front",
      says: "The same 5 % on the instances that the search saw, which luck flatters.",
      metric: "hypervolumeTrain",
      left: "full",
      right: "random",
      compare: "ratio",
      atLeast: 1.05,
      gated: false,
      since: SINCE,
    },
  ],
  version: 1,
  async run(arm, context): Promise<Measurements> {
    const setup = SETUPS[arm.id] as Setup;
    const rows: Row[] = [];
    let spent = 0;
    for (const id of context.quick ? PROBLEMS.slice(0, 1) : PROBLEMS) {
      const { spent: own, ...row } = await evolveOnce(id, setup, context);
      rows.push(row);
      spent += own;
      context.note(`${id}: ${row.values["front"]} on the front, which covers ${row.values["hypervolume"]?.toFixed(3)}`);
    }
    return { rows, spent };
  },
  async close(): Promise<void> {
    for (const bench of await benches.take()) await bench.close();
  },
};
