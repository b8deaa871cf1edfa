import { localiserOf } from "@pawl/propose";
import { HillClimb } from "@pawl/search";
import { loadRepoIssues } from "@pawl/worlds";
import { IssueBench, LONGER, type IssueSetup, type IssueTask } from "../../benches/issue-bench.ts";
import { linesOf } from "../../benches/issue-lines.ts";
import { textsOf } from "../../benches/issue-texts.ts";
import { BenchPool } from "../../benches/bench-pool.ts";
import type { Inequality, LabContext, System } from "../../system.ts";

const EVALUATIONS = 40;
const QUICK_TASKS = 2;
const SINCE = "2026-11-26";
/** So that seeds differ: the proposer's order is drawn, not read off. */
const TEMPERATURE = 0.5;

const benches = new BenchPool(IssueBench.open);

/** Every issue that a visible test shows, with either text: what the reporter wrote and what is written to mislead. */
function tasks(): readonly IssueTask[] {
  return textsOf(loadRepoIssues());
}

function arm(localiser: string, withTests: boolean): IssueSetup {
  return {
    locate: ({ index, scores }, issue) => localiserOf(localiser).locate({ index, issue, scores }),
    lines: (found, parts) => linesOf(found.methods, parts, withTests),
    search: () => new HillClimb({ temperature: TEMPERATURE }),
    evaluations: EVALUATIONS,
  };
}

export const SETUPS: Readonly<Record<string, IssueSetup>> = {
  "search+sbfl": arm("search+sbfl", true),
  search: arm("search", false),
  sbfl: arm("sbfl", true),
  text: arm("text", false),
  "search+sbfl-longer": { ...arm("search+sbfl", true), ...LONGER },
  "search-longer": { ...arm("search", false), ...LONGER },
  "sbfl-longer": { ...arm("sbfl", true), ...LONGER },
};

const inequality = (rest: Omit<Inequality, "since">): Inequality => ({ since: SINCE, ...rest });

export const system: System = {
  id: "autocoderover",
  paper: {
    title: "AutoCodeRover: Autonomous Program Improvement",
    arxiv: "2404.05427",
    year: 2024,
    claim:
      "Search over the structure of a program, sharpened by spectrum-based fault localisation, and a patch loop: 19 % of SWE-bench Lite. With the tests validating patches, 17.00 % resolved without localisation by spectrum and 20.33 % with it (51 and 61 issues); 65.7 % of plausible patches are correct.",
  },
  stages: ["propose", "verify", "select"],
  mechanism: `Names in the issue (frames, paths, code spans, identifiers, quoted strings) are looked up in an index of classes, functions and references. Each round asks the three
leads that promise most, by rarity × weight × (1 + Ochiai of what they name); a class is answered by signatures alone, and of many answers three are shown. Names read in an answer become
leads. After ten rounds, or as soon as one place has more than half of all scores, the first five places are the bug locations. The five most suspicious methods by the tests' coverage are
leads as well. A patch is then searched inside of the locations only, by edits of the syntax tree, and every candidate is validated by the failing tests and by those that passed before.`,
  deviations: [
    "No language model: leads are chosen by the formula above instead of by reading, and patches are edits of the syntax tree. Intended behaviour of a location plays no part.",
    "Repositories of 12 to 30 files of our own instead of SWE-bench Lite; both texts of every issue are tasks.",
    "Neither restarts of the whole workflow nor the later reviewer agent; all arms get the same number of evaluations instead.",
    "Small programs of one file are left out: inside of them there is nothing to search.",
  ],
  budget: `${EVALUATIONS} evaluations; ${LONGER.evaluations} in the arms called longer`,
  arms: [
    {
      id: "search+sbfl",
      role: "method",
      title: "search over structure, with the tests' suspicion as leads and weights",
    },
    { id: "search", role: "ablation", title: "search over structure; the tests only judge patches" },
    { id: "sbfl", role: "baseline", title: "places by the tests' coverage alone, the text unread" },
    { id: "text", role: "control", title: "flat search for the issue's names, ten lines around each match" },
    {
      id: "search+sbfl-longer",
      role: "variant",
      title: `second attempt: ${LONGER.evaluations} evaluations, and the most plausible of up to ${LONGER.enough} patches`,
    },
    { id: "search-longer", role: "ablation", title: "as long, the tests only judge patches" },
    { id: "sbfl-longer", role: "baseline", title: "as long, the text unread" },
  ],
  preconditions: [
    inequality({
      id: "not-hopeless",
      says: "the method finds a correct patch for some issues",
      metric: "hidden",
      left: "search+sbfl",
      atLeast: 0.1,
      gated: true,
    }),
    inequality({
      id: "not-trivial",
      says: "the tests alone do not solve everything",
      metric: "hidden",
      left: "sbfl",
      atMost: 0.9,
      gated: true,
    }),
  ],
  claim: [
    inequality({
      id: "sbfl-helps",
      says: "with the tests' suspicion at least 3 points more issues are resolved than by search alone",
      metric: "hidden",
      left: "search+sbfl",
      right: "search",
      atLeast: 0.03,
      gated: true,
    }),
    inequality({
      id: "search-helps-weak-tests",
      says: "where the visible tests are weak, at least 3 points more than by the tests' suspicion alone",
      metric: "hidden",
      left: "search+sbfl",
      right: "sbfl",
      tasks: (task) => task.endsWith("/weak"),
      atLeast: 0.03,
      gated: true,
    }),
    inequality({
      id: "fewer-lines",
      says: "search over structure shows at most half of the lines that a flat search shows",
      metric: "linesRead",
      left: "search",
      right: "text",
      compare: "ratio",
      aggregate: "sum",
      atMost: 0.5,
      gated: true,
    }),
    inequality({
      id: "equal-recall",
      says: "and has the faulty places among its first five no less often",
      metric: "methods5",
      left: "search",
      right: "text",
      atLeast: 0,
      gated: true,
    }),
    inequality({
      id: "not-hopeless-longer",
      says: "given longer, the method finds a correct patch for some issues (second attempt)",
      metric: "hidden",
      left: "search+sbfl-longer",
      atLeast: 0.1,
      gated: false,
    }),
    inequality({
      id: "sbfl-helps-longer",
      says: "given longer, the tests' suspicion is worth as much (second attempt)",
      metric: "hidden",
      left: "search+sbfl-longer",
      right: "search-longer",
      atLeast: 0.03,
      gated: false,
    }),
    inequality({
      id: "search-helps-weak-tests-longer",
      says: "given longer, search is worth as much where the visible tests are weak (second attempt)",
      metric: "hidden",
      left: "search+sbfl-longer",
      right: "sbfl-longer",
      tasks: (task) => task.endsWith("/weak"),
      atLeast: 0.03,
      gated: false,
    }),
    inequality({
      id: "plausible-but-wrong",
      says: "share of patches passing the visible tests that fail hidden ones",
      metric: "wrong",
      left: "search+sbfl",
      atMost: 1,
      gated: false,
    }),
  ],
  analysis: `**First attempt.** With ${EVALUATIONS} evaluations the method resolves 9.1 ± 0.5 % of the issues, where at least 10 were asked for a comparison to mean anything. What was claimed points the right way and is too small: the
tests' suspicion adds 2.2 ± 0.6 points (3 asked), search adds 3.5 ± 2.6 where the tests are weak. The places are found: the faulty one is among the first five for 68 % of the issues, for 53 % by the tests alone
and for 45 % by the text alone. Patches are what is missing: a quarter of the issues get one that passes the visible tests, and 63 % of these are wrong. And a search over structure reads 0.82 times the lines
of a flat one, not half: in repositories of 12 to 30 files a flat search finds few places to read.

**Second attempt.** The arms called longer: three times the evaluations, and a choice among up to ${LONGER.enough} patches instead of the first one. The method resolves 12.4 ± 0.2 % then, enough for a comparison.
Search adds 3.9 ± 1.7 points where the tests are weak, as claimed, though two of five seeds show none. The tests' suspicion adds 2.9 ± 0.3, a little less than the 3 asked. What the choice could
have changed, it did not: 64 % of the patches that pass the visible tests are wrong, as before. And how much is read does not depend on the budget.`,
  version: 1,
  async run({ id }, { seed, quick, signal }: LabContext) {
    const bench = await (quick ? benches.of("quick", () => tasks().slice(0, QUICK_TASKS)) : benches.of("full", tasks));
    return bench.run(SETUPS[id] as IssueSetup, { seed, signal });
  },
  close: () => benches.close(),
};
