import { Rng } from "@pawl/core";
import {
  BUG_IDS,
  BUG_OF,
  bugWeights,
  classifyBug,
  codeMetrics,
  GuidedProposer,
  SyntaxProposer,
  UNIFORM_MODEL,
  type BugId,
  type BugOperators,
  type Guide,
} from "@pawl/propose";
import { Turns } from "@pawl/search";
import { loadRepairCorpus, type RepairTask } from "@pawl/worlds";
import { BenchPool } from "../../benches/bench-pool.ts";
import { brokenPrograms } from "../../benches/broken-programs.ts";
import { learnedGuide, learnOperators } from "../../benches/learned-operators.ts";
import { Remembered } from "../../benches/remembered.ts";
import { RepairBench } from "../../benches/repair-bench.ts";
import type { RepairSetup, TaskEnd, TaskParts } from "../../benches/repair-setup.ts";
import type { Arm, Inequality, LabContext, Measurements, System } from "../../system.ts";

const CANDIDATES = 10;
const ITERATIONS = 2;
const QUICK_TASKS = 6;
const BROKEN = 3;
const SINCE = "2026-11-26";

const single = loadRepairCorpus().filter(({ faults }) => faults.length === 1);
const split = (wanted: RepairTask["split"]): readonly RepairTask[] => single.filter((task) => task.split === wanted);
const testHalf: ReadonlySet<string> = new Set(split("test").map(({ id }) => id));
/** What was learned, be it the table or Pawl's prior, was learned from the other half: nothing is known of an arm that uses it but what it does here. */
const heldOut = (task: string): boolean => testHalf.has(task);
/** Those of the test half first: a quick measurement has some on which nothing was learned. */
const tasks = [...split("test"), ...split("train")];
/** What the faults are, by the corpus: for counting how often labels are right, and for nothing else. */
const truth = new Map<string, BugId>(
  tasks.map((task) => [task.id, BUG_OF[(task.faults[0] as RepairTask["faults"][0]).class]]),
);

const benches = new BenchPool(RepairBench.open);
const benchOf = (quick: boolean): Promise<RepairBench> =>
  benches.of(quick ? "quick" : "full", () => (quick ? tasks.slice(0, QUICK_TASKS) : tasks));
const broken = brokenPrograms(split("test").filter((_, i) => i % 4 === 0)).slice(0, 4 * BROKEN);
const learned = new Remembered<BugOperators>();

/** Every operator is as likely as any other where the tests point; what is more is the guide's. */
function uniform(parts: TaskParts, ...guides: readonly Guide[]): GuidedProposer {
  return new GuidedProposer(new SyntaxProposer({ ...parts.syntax, model: UNIFORM_MODEL }), guides);
}

const byLabel: Guide = {
  weights: async ({ verdict }) => {
    const bug = classifyBug(verdict);
    return bug === null ? undefined : bugWeights(bug.id);
  },
};

/** The right machinery with a label drawn at random, another for every program. */
function randomLabel(seed: number): Guide {
  const wrong = BUG_IDS.filter((id) => bugWeights(id) !== undefined);
  return {
    weights: async ({ candidate }) => bugWeights(Rng.of(seed, "label", candidate.id).pick(wrong)),
  };
}

function setup(guidesOf: () => readonly Guide[], rest: Partial<RepairSetup> = {}): RepairSetup {
  return {
    search: () => new Turns({ width: CANDIDATES, turns: ITERATIONS }),
    evaluations: CANDIDATES * ITERATIONS,
    proposer: (parts) => uniform(parts, ...guidesOf()),
    further: metricsOf,
    ...rest,
  };
}

/** Size, decisions and calls of the patch that was found; those of the faulty program where none was. */
async function metricsOf({ chosen, parts }: TaskEnd): Promise<Record<string, number | null>> {
  const { target, syntax, task } = parts;
  const text = target.textOf((chosen ?? { candidate: target.base }).candidate, task.module);
  const metrics = codeMetrics(syntax.languages, text, task.module);
  return { nodes: metrics?.nodes ?? null, complexity: metrics?.complexity ?? null, calls: metrics?.calls ?? null };
}

const SETUPS: Readonly<Record<string, (context: LabContext) => Promise<RepairSetup>>> = {
  taxonomy: async () => setup(() => [byLabel]),
  uniform: async () => setup(() => []),
  "random-label": async ({ seed }) => setup(() => [randomLabel(seed)]),
  learned: async ({ quick, signal }) => {
    const most = quick ? QUICK_TASKS : Infinity;
    const operators = await learned.get(`${most}`, () => learnOperators(benches, most, signal));
    return setup(() => [learnedGuide(operators)], { tasks: heldOut });
  },
  "plain-retry": async () =>
    setup(() => [], { search: () => new Turns({ width: CANDIDATES, turns: ITERATIONS, accept: "passed" }) }),
  "one-iteration": async () => setup(() => [byLabel], { evaluations: CANDIDATES }),
  trained: async () => setup(() => [], { proposer: (parts) => new SyntaxProposer(parts.syntax), tasks: heldOut }),
  "trained-taxonomy": async () =>
    setup(() => [], {
      proposer: (parts) => new GuidedProposer(new SyntaxProposer(parts.syntax), [byLabel]),
      tasks: heldOut,
    }),
};

/** Labels of the faulty programs as they are, against what the corpus says of the fault. */
async function labels(isQuick: boolean, context: Pick<LabContext, "seed" | "signal">): Promise<Measurements> {
  const label = (known: (id: string) => BugId | undefined): RepairSetup =>
    setup(() => [], {
      evaluations: 1,
      further: async ({ parts }) => {
        const right = known(parts.task.id);
        const said = classifyBug(parts.base)?.id;
        if (right === undefined || said === undefined) return {};
        return {
          subcategory: Number(said === right),
          category: Number(said[0] === right[0]),
          commonest: Number(right === "C.1"),
        };
      },
    });
  const own = await (
    await benchOf(isQuick)
  ).run(
    label((id) => truth.get(id)),
    context,
  );
  const bugs = new Map(broken.map(({ id, bug }) => [id, bug]));
  const injected = await (
    await benches.of("broken", () => broken)
  ).run(
    label((id) => bugs.get(id)),
    context,
  );
  const rows = injected.rows.map(({ task, values }) => ({
    task,
    values: { injected: values["subcategory"] ?? null },
  }));
  return { rows: [...own.rows, ...rows], spent: own.spent + injected.spent };
}

const claimed = (rest: Omit<Inequality, "gated" | "since" | "metric"> & Partial<Inequality>): Inequality => ({
  metric: "hidden",
  gated: true,
  since: SINCE,
  ...rest,
});

export const system: System = {
  id: "bug-taxonomy-critique",
  paper: {
    title: "What's Wrong with Your Code Generated by Large Language Models? An Extensive Study",
    arxiv: "2407.06153",
    year: 2024,
    claim:
      "A critique that names the kind of bug from a taxonomy, its cause and its place raises the pass rate by 29.2 % in two iterations, without training.",
  },
  stages: ["propose", "verify", "critique", "learn"],
  mechanism: `A failed program is labelled by the paper's taxonomy (A syntax, B while it runs, C what it computes; twelve kinds): ordered rules over its verdict alone, the error it threw or the form of its results. A table says which kinds of repairs such a bug takes; it weighs the elementary edits of the next ten candidates. The best of them, if it is better, is labelled anew for the second iteration.

The learned table counts, by bug and operator, how often a candidate passed (Beta counts), on the \`train\` half of the corpus. To the same half the prior was fitted that Pawl comes with. Arms with one of the two are measured on the \`test\` half, all others on both.`,
  deviations: [
    "No language model: the critique is a label with weights of edits, not a text. Rules and table were written before anything was measured, and not from the corpus's own names of faults.",
    "The corpus was written for faults that load and run; it has none of A.1 to A.3 and B.2. How well these are told apart is measured on programs broken for it by text (lost bracket, indentation, import, undefined name) and reported only: those rules can hardly miss.",
    "What is right for a label: a fixed translation of the corpus's own kind of the fault, by its cause. A wrong bound is B.3 there even where the program throws nothing; the paper's annotators saw failures of models, whose B bugs throw.",
    "The paper's 29.2 % is of one model's failures; here only arms of the same proposer are compared.",
    "The arms `learned`, `trained` and `trained-taxonomy` were run on all 92 programs at first, 46 of which they had learned from (there they solve 13.5, 21.3 and 23.0 %). Their results were appended to the record a second time with the rows of the other 46 alone, evaluations summed anew; the seconds are still those of both halves. In the table of arms they stand beside arms measured on both halves, which on the `test` half alone solve: `taxonomy` 6.5 %, `uniform` 6.1, `random-label` 7.0, `plain-retry` 7.4, `one-iteration` 2.2.",
  ],
  budget: `${CANDIDATES * ITERATIONS} evaluations: ${ITERATIONS} iterations of ${CANDIDATES} candidates`,
  arms: [
    { id: "taxonomy", role: "method", title: "the table of the label weighs the edits" },
    { id: "uniform", role: "baseline", title: "all operators alike" },
    { id: "random-label", role: "control", title: "the table of a label drawn at random" },
    {
      id: "learned",
      role: "variant",
      title: "counts of operators by label, from the other half; on the half not learned from",
    },
    { id: "plain-retry", role: "control", title: "twice from the first program, no label" },
    { id: "one-iteration", role: "ablation", title: "the method's first iteration alone" },
    { id: "trained", role: "variant", title: "the prior Pawl comes with, no label; on the half not learned from" },
    {
      id: "trained-taxonomy",
      role: "variant",
      title: "the prior Pawl comes with, and the table; on the half not learned from",
    },
    { id: "labels", role: "method", title: "the labels themselves, against the corpus" },
  ],
  claim: [
    claimed({
      id: "taxonomy-over-uniform",
      says: "The label's table solves at least 8 points more than all operators alike.",
      left: "taxonomy",
      right: "uniform",
      atLeast: 0.08,
    }),
    claimed({
      id: "random-label",
      says: "The table of a random label gains at most 1 point.",
      left: "random-label",
      right: "uniform",
      atMost: 0.01,
    }),
    claimed({
      id: "second-iteration",
      says: "The second iteration adds at least 3 points.",
      left: "taxonomy",
      right: "one-iteration",
      atLeast: 0.03,
    }),
    claimed({
      id: "subcategory",
      says: "At least 70 % of the labels are the sub-category of the fault.",
      metric: "subcategory",
      left: "labels",
      atLeast: 0.7,
    }),
    claimed({
      id: "category",
      says: "At least 90 % are of its category.",
      metric: "category",
      left: "labels",
      atLeast: 0.9,
    }),
    claimed({
      id: "learned-over-hand",
      says: "On programs it was not learned on, the learned table does no worse than the one written by hand.",
      left: "learned",
      right: "taxonomy",
      tasks: heldOut,
      atLeast: 0,
    }),
    claimed({
      id: "commonest",
      says: "Always saying C.1, for comparison with the labels.",
      metric: "commonest",
      left: "labels",
      atLeast: 0,
      gated: false,
    }),
    claimed({
      id: "injected",
      says: "Labels of programs broken by text: A.1, A.2, A.3, B.2.",
      metric: "injected",
      left: "labels",
      atLeast: 0.9,
      gated: false,
    }),
    claimed({
      id: "retry",
      says: "The method against trying twice.",
      left: "taxonomy",
      right: "plain-retry",
      atLeast: 0.03,
      gated: false,
    }),
    claimed({
      id: "beside-training",
      says: "The table beside a trained prior.",
      left: "trained-taxonomy",
      right: "trained",
      tasks: heldOut,
      atLeast: 0.01,
      gated: false,
    }),
  ],
  version: 1,
  analysis: `**Labels.** They depend on no seed and were measured before the rest, on all 92 programs. First attempt: the sub-category is right in 55.4 %, the category in 67.4 %; always saying
C.1 is right in 58.7 %. Second attempt: on the half on which operators are learned it was seen that a wrong part of a result was taken for a wrong form, and that a coroutine in a
result is an API misused. With both mended it is 58.7 % and 69.6 % (69.6 % and 78.3 % on that half; 47.8 % and 60.9 % on the other, by which nothing was chosen).

Both margins are missed, and rules over a verdict cannot keep them: of the faults that are B by their cause most throw nothing, they return a wrong value like those of C.1. On programs
broken by text (lost bracket, indentation, import, undefined name) all labels are right: what shows in the verdict is told apart, what does not is not. It follows that for
most programs the label is C.1, whose table says nothing.

**What the table is worth.** Five seeds: it solves 7.6 ± 1.1 % of the programs and all operators alike 7.0 ± 0.9 %, a gain of 0.7 ± 0.8 points where 8 were asked; the table of a random label gains 0.4 ± 1.3. The second
iteration adds 4.8 ± 0.9 points, and so does trying twice from the first program (7.6 ± 1.1 %): what helps are ten more candidates, not the label. Second attempt: a table counted on the
\`train\` half instead of the one written by hand. On the other half it solves 6.1 ± 1.3 % of the programs, all operators alike 6.1 ± 0.4 %, the one written by hand 6.5 ± 0.7 % (a difference of −0.4 ± 1.7 points): neither
helps there. The prior Pawl comes with, fitted to the \`train\` half, too, solves 17.4 ± 2.1 % of the other half, 11.3 ± 2.3 points more than all operators alike. The table adds 1.7 ± 1.3 points to that, which may be chance.`,
  async run(arm: Arm, context: LabContext) {
    const { seed, quick: isQuick, signal } = context;
    if (arm.id === "labels") return labels(isQuick, { seed, signal });
    const make = SETUPS[arm.id] as (typeof SETUPS)[string];
    return (await benchOf(isQuick)).run(await make(context), { seed, signal });
  },
  close: () => benches.close(),
};
