import { speedEdits } from "@pawl/propose";
import { loadSpeedCorpus, type SpeedTask } from "@pawl/worlds";
import { functionsTogether } from "../../benches/functions-together.ts";
import { Remembered } from "../../benches/remembered.ts";
import { SpeedBench } from "../../benches/speed-bench.ts";
import { proposalValues, speedDialogue } from "../../benches/speed-dialogue.ts";
import type { Arm, LabContext, Measurements, Row, System } from "../../system.ts";

const FULL = { tasks: 24, together: 8, all: 12, few: 3, pairs: 7 } as const;
const QUICK = { tasks: 2, together: 1, all: 4, few: 2, pairs: 3 } as const;
const SINCE = "2026-11-26";
const IMPROVED = 1.2;

/** Who proposes; the search, the check and the acceptance are the same in every arm. */
interface Setup {
  readonly proposals: "one" | "few" | "all" | "no-op";
  readonly profile: boolean;
  readonly expert: boolean;
  /** Functions that make one task; default 1. */
  readonly functions?: number;
}

/** With so many functions in a task there are more rewrites than proposals. */
const TOGETHER = 3;

const SETUPS: Readonly<Record<string, Setup>> = {
  scripted: { proposals: "all", profile: true, expert: true },
  profile: { proposals: "all", profile: true, expert: false },
  blind: { proposals: "all", profile: false, expert: false },
  "scripted-few": { proposals: "few", profile: true, expert: true },
  "blind-few": { proposals: "few", profile: false, expert: false },
  "blind-one-shot": { proposals: "one", profile: false, expert: false },
  "no-op": { proposals: "no-op", profile: false, expert: false },
  "scripted-together": { proposals: "all", profile: true, expert: true, functions: TOGETHER },
  "profile-together": { proposals: "all", profile: true, expert: false, functions: TOGETHER },
  "blind-together": { proposals: "all", profile: false, expert: false, functions: TOGETHER },
};

const ARMS: readonly Arm[] = [
  { id: "scripted", title: "the profile, and a scripted expert who reviews every measured proposal", role: "method" },
  { id: "profile", title: "rewrites of the hottest lines first, nobody reviews", role: "ablation" },
  { id: "blind", title: "as many proposals, drawn without profile and expert", role: "baseline" },
  { id: "scripted-few", title: "profile and expert, with fewer proposals than there are rewrites", role: "variant" },
  { id: "blind-few", title: "as few blind proposals", role: "baseline" },
  { id: "blind-one-shot", title: "the first blind proposal", role: "baseline" },
  { id: "no-op", title: "the function with a comment more, as if it were an optimisation (A/A)", role: "control" },
  { id: "scripted-together", title: "second attempt: tasks of three functions, profile and expert", role: "variant" },
  { id: "profile-together", title: "tasks of three functions, the profile alone", role: "ablation" },
  { id: "blind-together", title: "tasks of three functions, blind proposals", role: "baseline" },
];

/** Places after its own where a task takes its further functions from: each function is in three tasks, beside different ones. */
const PARTNERS = [5, 11];
/** Functions that take less only are exponential: beside others they would get all the time there is. */
const LEAST_LARGEST = 100;

/** The functions in JavaScript and TypeScript, each alone or with others. */
function tasksFor(quick: boolean, functions = 1): readonly SpeedTask[] {
  const all = loadSpeedCorpus()
    .filter(({ language }) => language !== "python")
    .slice(0, FULL.tasks);
  const size = quick ? QUICK : FULL;
  if (functions === 1) return all.slice(0, size.tasks);
  const steady = all.filter(({ family }) => family.sizes[1] >= LEAST_LARGEST);
  const beside = (i: number): readonly SpeedTask[] =>
    [0, ...PARTNERS].map((step) => steady[(i + step) % steady.length] as SpeedTask);
  return steady.slice(0, size.together).map((_, i) => functionsTogether(beside(i)));
}

const benches = new Remembered<SpeedBench>();

async function optimise(setup: Setup, task: SpeedTask, context: LabContext): Promise<Row & { readonly spent: number }> {
  const { seed, quick, signal } = context;
  const bench = await benches.get(task.id, () => SpeedBench.open(task, signal));
  const size = quick ? QUICK : FULL;
  const { pairs } = size;
  if (setup.proposals === "no-op") {
    const files = { [bench.file]: `// the same\n${bench.sources[bench.file]}` };
    const { accepted, ratio } = await bench.accept(files, pairs, seed, signal);
    return { task: task.id, values: { accepted: Number(accepted), ratio }, spent: 1 };
  }
  const { profile, expert, proposals } = setup;
  const evaluations = proposals === "one" ? 1 : size[proposals];
  const loop = await speedDialogue(bench, { profile, expert, evaluations, seed }, signal);
  const best = loop.archive.incumbent().candidate;
  const found = loop.kept.length > 0;
  const word = found ? await bench.accept(bench.target.filesOf(best), pairs, seed, signal) : null;
  const speedup = word?.accepted === true ? word.ratio : 1;
  return {
    task: task.id,
    values: {
      speedup,
      logSpeedup: Math.log(speedup),
      improved: Number(speedup >= IMPROVED),
      accepted: Number(word?.accepted ?? false),
      acceptedWrong: Number(word?.wrong ?? false),
      rewrites: speedEdits(bench.languages, task.source, task.file).length,
      ...proposalValues(loop, bench),
    },
    spent: loop.screened,
  };
}

const said = { gated: true, since: SINCE } as const;

export const system: System = {
  id: "interactive-optimization",
  paper: {
    title: "LLM Interactive Optimization of Open Source Python Libraries: Case Studies and Generalization",
    arxiv: "2312.14949",
    year: 2023,
    claim:
      "A dialogue between a model and an expert who measures, rejects and steers made every function that was tried faster, by factors up to 38, in a few iterations; the expert is essential (a qualitative study of three sites).",
  },
  stages: ["propose", "verify", "critique", "select"],
  mechanism: `One function at a time is made faster in a dialogue. Every proposal is checked against the function as it was, on recorded and generated calls of three
kinds of input, and its CPU time is measured. An expert reviews each measurement: rejects what is wrong, slower, or faster on one kind of input and slower on another, and says
so; names the hottest line; and after two rejections in one family of ideas asks for another family.

Without a language model the proposals are rewrites that are known to save time, the profile weighs their lines, and the expert's words are masks on families of operators. The
scripted expert is the published transcripts as rules; \`pawl speed --expert me\` puts a person in the same place.`,
  deviations: [
    "No language model: proposals are syntax rewrites, and the expert's insight is a choice among their families, not a new idea.",
    "Functions in JavaScript and TypeScript of the world code-speed, in place of three sites in Python libraries.",
    "Few of the known rewrites apply to a function (half of them have 5 or fewer), so that 12 proposals try nearly all of them in any order. That is a precondition here; beside it stand arms with 3 proposals, and a second attempt with three functions in one task, of which 8 are measured.",
    "Inputs are bounded (5000 items; 25 ms for each kind of input), so that factors are smaller than on large inputs where a rewrite changes the growth.",
    "With the same seed a rewrite is measured once, whoever proposes it, as on tasks with tests: arms that come to the same rewrites are told the same, and differ by what they chose.",
    "More data are fresh pairs: two where a screening promises something, or where the expert asks because the kinds of input disagree; seven at the end. They do not count as proposals.",
    "As many functions are measured at a time as there are jobs: what counts is CPU time, in pairs that take turns, and a no-op stands beside them.",
    "“Slower” in the statement about first proposals is one screening above the mean of the start's two, without tolerance (a kind of input counts as changed from 1.2 on). A proposal that changes nothing can fall on either side: the no-op, over seven pairs, is on the slow side in 64 of 120 cases, by more than 5 % in 32, by more than 20 % in one. The share cannot be told from noise, and the margin says nothing here.",
    "In quick form 2 functions, 4 proposals and 3 pairs at the end: with so few pairs the interval is rough.",
  ],
  budget:
    "12 proposals judged for each function (4 in quick form); 3 (2) for the arms with few, 1 for the one-shot arm",
  arms: ARMS,
  preconditions: [
    {
      id: "no-op-rejected",
      says: "A no-op is rejected at least 95 % of the time.",
      metric: "accepted",
      left: "no-op",
      atMost: 0.05,
      ...said,
    },
    {
      id: "more-rewrites-than-proposals",
      says: "A function allows at least 12 single rewrites on average: else that many proposals try them all, whoever steers.",
      metric: "rewrites",
      left: "blind",
      atLeast: 12,
      ...said,
    },
  ],
  claim: [
    {
      id: "expert-beats-blind",
      says: "The geometric mean of the verified speed-ups is at least 1.3 times that of as many blind proposals.",
      metric: "logSpeedup",
      left: "scripted",
      right: "blind",
      atLeast: 0.2624,
      ...said,
    },
    {
      id: "most-improve",
      says: "At least 80 % of the functions get at least 1.2 times as fast.",
      metric: "improved",
      left: "scripted",
      atLeast: 0.8,
      ...said,
    },
    {
      id: "best-factor",
      says: "The best factor is at least 10.",
      metric: "speedup",
      left: "scripted",
      aggregate: "max",
      atLeast: 10,
      ...said,
    },
    {
      id: "first-proposals-bad",
      says: "At least a quarter of the first proposals are slower or wrong.",
      metric: "firstBad",
      left: "blind-one-shot",
      atLeast: 0.25,
      ...said,
    },
    {
      id: "nothing-wrong-accepted",
      says: "Nothing that was accepted does something else.",
      metric: "acceptedWrong",
      left: "scripted",
      aggregate: "sum",
      atMost: 0,
      ...said,
    },
    {
      id: "winner-changes",
      says: "At least 10 % of the proposals are faster on one kind of input and slower on another.",
      metric: "winnerChanges",
      left: "blind",
      atLeast: 0.1,
      ...said,
    },
    {
      id: "expert-beats-blind-few",
      says: "The same 1.3 with 3 proposals each, which is fewer than most functions have rewrites (reported).",
      metric: "logSpeedup",
      left: "scripted-few",
      right: "blind-few",
      atLeast: 0.2624,
      gated: false,
      since: SINCE,
    },
    {
      id: "more-rewrites-together",
      says: "Tasks of three functions allow at least 12 single rewrites on average (second attempt, reported).",
      metric: "rewrites",
      left: "blind-together",
      atLeast: 12,
      gated: false,
      since: SINCE,
    },
    {
      id: "expert-beats-blind-together",
      says: "The same 1.3 on tasks of three functions (second attempt, reported).",
      metric: "logSpeedup",
      left: "scripted-together",
      right: "blind-together",
      atLeast: 0.2624,
      gated: false,
      since: SINCE,
    },
    {
      id: "profile-beats-blind",
      says: "What the profile alone is worth (reported).",
      metric: "logSpeedup",
      left: "profile",
      right: "blind",
      atLeast: 0,
      gated: false,
      since: SINCE,
    },
    {
      id: "expert-beats-profile",
      says: "What the expert adds to the profile (reported).",
      metric: "logSpeedup",
      left: "scripted",
      right: "profile",
      atLeast: 0,
      gated: false,
      since: SINCE,
    },
  ],
  analysis: `**First attempt.** A function allows 5.5 of the known rewrites on average, and 12 were asked for: with 12 proposals everybody tries nearly all of them. So the scripted expert and blind proposals end
at the same place, a geometric mean of 4.7 times each (ratio 1.003, its logarithm 0.003 ± 0.021; 1.3 asked), and so does the profile alone (logarithm −0.030 ± 0.028 beside blind proposals). With three proposals, fewer than most
functions have rewrites, the scripted expert reaches 3.5 times and blind proposals 3.4 (0.032 ± 0.032). What does not depend on who steers can be read: the best factor is 135 ± 21, nothing that was accepted does something else,
and twelve proposals are worth more than one (4.7 against 2.0 times). 69 ± 2 % of the functions get at least 1.2 times as fast (80 asked): six of 24 do with no seed, though they allow up to nine rewrites. And 4.6 to 4.8 % of the
proposals are faster on one kind of input and slower on another (10 asked). A no-op was accepted twice in 120 times, both with the first seed, while other programs ran on the machine.
43 ± 5 % of the first blind proposals count as slower or wrong (50 of 115), which cannot be read, as said above; of the 65 others 47 were accepted at the end, of these 50 none.

**Second attempt.** Three functions as one task, which allow 14.4 rewrites, so that the precondition holds. With 12 proposals the scripted expert makes a task 1.25 times as fast, the profile alone 1.25, blind proposals
1.17: the expert is worth a factor of 1.07 (logarithm 0.069 ± 0.048, 1.3 asked), and nothing beyond the profile. Both choose among rewrites that are known beforehand; the paper's
expert brings in ideas of his own, and that part is not in this miniature.`,
  version: 1,
  async run(arm, context): Promise<Measurements> {
    const setup = SETUPS[arm.id] as Setup;
    const rows: Row[] = [];
    let spent = 0;
    for (const task of tasksFor(context.quick, setup.functions)) {
      context.signal.throwIfAborted();
      const { spent: own, ...row } = await optimise(setup, task, context);
      rows.push(row);
      spent += own;
      const { speedup, ratio } = row.values;
      context.note(`${task.id}: ${(speedup ?? ratio ?? 1).toFixed(2)} times as fast`);
    }
    return { rows, spent };
  },
  async close(): Promise<void> {
    for (const bench of await benches.take()) await bench.close();
  },
};
