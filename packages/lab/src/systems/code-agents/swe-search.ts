import type { Search } from "@pawl/core";
import {
  BestOfN,
  blindTerms,
  familyFeedback,
  fitnessDelta,
  fixedWidth,
  HillClimb,
  Linear,
  paperTerms,
  publishedTerms,
  testDelta,
  TreeSearch,
  type TreeSearchOptions,
} from "@pawl/search";
import { BenchPool } from "../../benches/bench-pool.ts";
import { RepairBench } from "../../benches/repair-bench.ts";
import { choiceOf, choosing, diversityOf, type Chooser } from "../../benches/finished-patches.ts";
import { testTasks } from "../../benches/repair-tasks.ts";
import { sameAgain } from "../../controls/identity.ts";
import type { Arm, Inequality, LabContext, Measurements, System } from "../../system.ts";

const EVALUATIONS = 60;
const QUICK_EVALUATIONS = 40;
const TASKS = { full: 60, quick: 2 };
const FINISHED = 5;
const TRAJECTORY = 6;
const PAPER_WIDTH = 3;
const SINCE = "2026-11-26";
/** Every arm draws its edits from the same distribution. */
const temperature = 1;

const METHOD: TreeSearchOptions = { temperature, terms: blindTerms(), value: testDelta };

const tree =
  (options: TreeSearchOptions = {}): (() => Search) =>
  () =>
    new TreeSearch({ ...METHOD, ...options });

/** As published: a step that changed nothing may be built on, too. */
const published = (options: TreeSearchOptions): (() => Search) => tree({ expandDuplicates: true, ...options });

interface Way {
  readonly search: () => Search;
  readonly chooser?: Chooser;
}

const WAYS: Readonly<Record<string, Way>> = {
  tree: { search: tree() },
  linear: { search: () => new Linear({ temperature }) },
  "linear-restart": { search: () => new Linear({ steps: TRAJECTORY, restart: true, temperature }) },
  "best-of-n": { search: () => new BestOfN({ edits: [1, 2], temperature }) },
  "hill-climb": { search: () => new HillClimb({ temperature }) },
  "same-again": { search: tree() },
  "no-hindsight": { search: tree({ feedback: null }) },
  "width-3": { search: published({ width: fixedWidth(PAPER_WIDTH) }) },
  published: { search: published({ terms: publishedTerms() }) },
  "paper-rule": { search: published({ terms: paperTerms() }) },
  closeness: { search: tree({ value: fitnessDelta }) },
  relatives: { search: tree({ feedback: familyFeedback }) },
  "path-value": { search: tree(), chooser: "path-value" },
  debate: { search: tree(), chooser: "debate" },
};

/** Arms on programs with one fault, of which more patches are finished, so that there is something to choose. */
const ONE_FAULT: Readonly<Record<string, Way>> = {
  "judge-one-fault": { search: tree() },
  "path-value-one-fault": { search: tree(), chooser: "path-value" },
  "debate-one-fault": { search: tree(), chooser: "debate" },
};

const benches = new BenchPool(RepairBench.open);

async function run(arm: Arm, { seed: given, quick, signal }: LabContext): Promise<Measurements> {
  const faults = Object.hasOwn(ONE_FAULT, arm.id) ? "single" : "compound";
  const way = WAYS[arm.id] ?? ONE_FAULT[arm.id];
  if (way === undefined) throw new RangeError(`swe-search has no arm '${arm.id}'`);
  const most = quick ? TASKS.quick : TASKS.full;
  const bench = await benches.of(`${faults} ${most}`, () => testTasks({ most })[faults]);
  const seed = arm.id === "same-again" ? sameAgain(given) : given;
  return bench.run(
    {
      ...choosing(way.search, way.chooser ?? "judge", seed),
      evaluations: quick ? QUICK_EVALUATIONS : EVALUATIONS,
      enough: FINISHED,
      further: async (end) => ({ ...(await choiceOf(end)), ...diversityOf(end) }),
    },
    { seed, signal },
  );
}

const claim = (rest: Omit<Inequality, "since" | "metric"> & Partial<Inequality>): Inequality => ({
  metric: "hidden",
  since: SINCE,
  ...rest,
});

export const system: System = {
  id: "swe-search",
  paper: {
    title: "SWE-Search: Enhancing Software Agents with Monte Carlo Tree Search and Iterative Refinement",
    arxiv: "2410.20285",
    year: 2024,
    claim:
      "Issues of SWE-bench Lite resolved by the same agent, without and with search: 25.7 → 31.0 % (GPT-4o), 13.0 → 17.0 (4o-mini), 18.0 → 24.7 (Qwen2.5-72B), 16.3 → 21.0 (DeepSeek-V2.5), 13.6 → 17.7 (Llama-3.1-70B); a debate picks the right one of the finished patches in 84 % of the cases, the value alone in 73 %.",
  },
  stages: ["propose", "verify", "critique", "select"],
  mechanism: `The edits of a repair form a tree instead of a line. Every node is a patch with a reward from −100 to 100: 25 more than its parent's when fewer tests fail, 25 less when as many or more do, 100 when all pass. The next edit is made where the score is highest of all nodes, wherever in the tree they are: the reward, less a point for every child it has, so that what gained is tried first and what it came from has its turn again; steps that lost ground come late. From a node's second child on, the edits that were tried there and brought nothing are less likely, by a factor of 0.3 for an operator on a line.

Up to ${FINISHED} patches that pass all visible tests are finished; which of them is the answer is said by how well they agree with each other on generated inputs, then by their size, then by the mean value of their path.`,
  deviations: [
    "The agent is a proposer that edits syntax, weighted by a trained prior and by what the failing tests execute. Its actions are edits alone: there is no searching, viewing or finishing to choose between.",
    `A node may have any number of children. The paper's ${PAPER_WIDTH} suppose an agent that is right often; the arm \`width-3\` measures what they cost one that is not.`,
    "The value is the rule of the published code, by the number of failing tests, and not a model's word. Tasks have 2 to 4 visible tests, which say little; the arm `closeness` lets wrong outputs count that come nearer to the wanted ones.",
    "The score has terms of its own: the paper's mean value and exploration, compared over all nodes, prefer leaves that lost 25 points to a root most of whose children did, which suits an agent whose steps are mostly right. The paper's rule and the published code's are the arms `paper-rule` and `published`.",
    "Nothing is built on a step that failed the same tests by as much as a candidate before it; with the paper's width, and with the published rules, everything may be built on.",
    "No candidate is ever executed twice, so that all children of a node differ. A child counts as distinct when no sibling before it used its operator on its line, which is what the feedback speaks of.",
    `Half of the programs allow 160 to 280 single edits. There are ${EVALUATIONS} evaluations, for every arm; the paper's trees have up to 100 nodes, and steps of a model.`,
    "Of programs with several faults few patches are finished (0.4 a task), so that there is hardly ever a right and a wrong one to choose from. The choice is measured on programs with one fault, too: the second attempt at that claim.",
    "Compound tasks but for the choice: a world of whole repositories with issue texts is measured elsewhere.",
    `At most ${TASKS.full} tasks of the half on which nothing was learned, evenly spread over the list in the order of their ids.`,
    "The ratio of the paper is reported and not asked for: where the line solves a third or less, 8 points more are 1.23 times as much or more.",
  ],
  budget: `${EVALUATIONS} evaluations, or ${FINISHED} finished patches`,
  arms: [
    { id: "tree", role: "method", title: "tree, open width, feedback from siblings, judge" },
    { id: "linear", role: "baseline", title: "the same proposer in one line, each edit on the last candidate" },
    { id: "linear-restart", role: "baseline", title: `lines of ${TRAJECTORY} edits until the budget is used` },
    { id: "best-of-n", role: "control", title: "independent samples of one or two edits" },
    { id: "hill-climb", role: "control", title: "the search of `pawl fix`" },
    { id: "same-again", role: "control", title: "the method once more, with other random numbers" },
    { id: "no-hindsight", role: "ablation", title: "without feedback from siblings" },
    { id: "width-3", role: "variant", title: "three children at most" },
    { id: "published", role: "variant", title: "all terms and the rule of the published code" },
    { id: "paper-rule", role: "variant", title: "mean value, exploration and bonus for depth, as the paper prints it" },
    { id: "closeness", role: "variant", title: "wrong outputs that come nearer to the wanted ones are a gain, too" },
    { id: "relatives", role: "variant", title: "edits that gained from the parent are likelier in its children, too" },
    { id: "path-value", role: "variant", title: "the answer is the patch with the best mean value of its path" },
    { id: "debate", role: "variant", title: "the answer comes of a debate of five voters" },
    { id: "judge-one-fault", role: "variant", title: "the method on programs with one fault" },
    {
      id: "path-value-one-fault",
      role: "variant",
      title: "the best mean value of the path, on programs with one fault",
    },
    { id: "debate-one-fault", role: "variant", title: "the debate, on programs with one fault" },
  ],
  preconditions: [
    claim({
      id: "room",
      says: "The line solves a third of the tasks at most, so that there is room for a search.",
      left: "linear",
      atMost: 0.34,
      gated: true,
    }),
    claim({ id: "solvable", says: "The tree solves some tasks.", left: "tree", atLeast: 0.02, gated: true }),
  ],
  claim: [
    claim({
      id: "tree-over-line",
      says: "The tree solves at least 8 points more tasks than one line.",
      left: "tree",
      right: "linear",
      atLeast: 0.08,
      gated: true,
    }),
    claim({
      id: "ratio",
      says: "The tree solves at least 1.23 times as many as one line.",
      left: "tree",
      right: "linear",
      compare: "ratio",
      atLeast: 1.23,
      gated: false,
    }),
    claim({
      id: "tree-over-restarts",
      says: "At least 6 points more than lines that are begun again.",
      left: "tree",
      right: "linear-restart",
      atLeast: 0.06,
      gated: true,
    }),
    claim({
      id: "tree-over-samples",
      says: "At least 4 points more than independent samples.",
      left: "tree",
      right: "best-of-n",
      atLeast: 0.04,
      gated: true,
    }),
    claim({
      id: "narrow-is-worse",
      says: "With the paper's three children at least 5 points fewer than with any number.",
      left: "width-3",
      right: "tree",
      atMost: -0.05,
      gated: true,
    }),
    claim({
      id: "hindsight-diversifies",
      says: "Without feedback from siblings the share of distinct children is smaller by 15 % at least.",
      metric: "distinct",
      left: "no-hindsight",
      right: "tree",
      compare: "ratio",
      atMost: 0.85,
      gated: true,
    }),
    claim({
      id: "judge-over-value",
      says: "First attempt: where a right patch is among those finished, the judge picks one at least 5 points more often than the value of the path does.",
      metric: "picked",
      left: "tree",
      right: "path-value",
      atLeast: 0.05,
      gated: false,
    }),
    claim({
      id: "judge-over-value-one-fault",
      says: "On programs with one fault: where a right patch is among those finished, the judge picks one at least 5 points more often than the value of the path does.",
      metric: "picked",
      left: "judge-one-fault",
      right: "path-value-one-fault",
      atLeast: 0.05,
      gated: true,
    }),
    claim({
      id: "judge-where-it-matters",
      says: "The same where a wrong one is among them, too.",
      metric: "chosen",
      left: "tree",
      right: "path-value",
      atLeast: 0.05,
      gated: false,
    }),
    claim({
      id: "hindsight-helps",
      says: "Feedback from siblings solves more tasks.",
      left: "tree",
      right: "no-hindsight",
      atLeast: 0,
      gated: false,
    }),
    claim({
      id: "beside-hill-climbing",
      says: "The tree beside plain hill climbing, of which nothing is claimed.",
      left: "tree",
      right: "hill-climb",
      atLeast: 0,
      gated: false,
    }),
    claim({
      id: "chance",
      says: "The method against itself with other random numbers: what lies between them is chance.",
      left: "tree",
      right: "same-again",
      atLeast: -0.05,
      atMost: 0.05,
      gated: false,
    }),
  ],
  version: 1,
  analysis: `**What holds, and what does not.** The tree solves many times what a line, begun again or not, and independent samples solve, and the paper's three children are far too few for a proposer that is seldom
right. Two other parts of the claim do not hold. Feedback from siblings makes children more distinct by a little less than was asked. And the judge does not pick better than the mean value of the path does:
its first criterion, agreement with other patches on generated inputs, has little to work on where two patches are finished, and its second, the size, says little.

**Second attempt at the judge.** Programs with several faults give 0.4 finished patches a task, so that the choice hardly ever matters. On programs with one fault there are 1.0 a task; there the judge picks
a right patch no more often than the path does, either.`,
  run,
  close: () => benches.close(),
};
