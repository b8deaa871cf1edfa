import { cut, type Suspiciousness, type WorkPlace, type WorkTask } from "@pawl/propose";
import { CPU, SCORE } from "@pawl/verify";
import type { EvolveConfig } from "./evolve-config.ts";
import type { EvolvePlan } from "./evolve-environment.ts";
import { mean } from "./evolve-measure.ts";
import type { FixPlan } from "./fix-plan.ts";
import type { SpeedPlan } from "./speed-environment.ts";

const MOST_PLACES = 10;
const MOST_TESTS = 30;
const MOST_OF_MESSAGE = 1500;
const MOST_OF_ISSUE = 20_000;
const MOST_CALLS = 3;
const MOST_OF_CALL = 300;
/** A line with less of the time is not worth naming. */
const LEAST_SHARE = 0.02;
const NO_FILES = "Make no new files.";

/** A failing test, and what it said. */
export interface FailingTest {
  readonly test: string;
  readonly message?: string;
}

/** The visible tests that fail. Held-out tests are not named. */
export function failingOf(plan: FixPlan): readonly FailingTest[] {
  const messages = new Map(plan.baseline.report.tests.map((test) => [test.id, test.message]));
  return plan.split.failing.map((test) => {
    const message = messages.get(test);
    return message === undefined ? { test } : { test, message };
  });
}

/** The most suspicious lines, the first of them first. */
export function suspectsOf({ suspiciousness }: { readonly suspiciousness: Suspiciousness }): readonly WorkPlace[] {
  return Object.entries(suspiciousness)
    .flatMap(([path, scores]) => scores.map((score, index) => ({ path, line: index + 1, score })))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_PLACES)
    .map(({ path, line }) => ({ path, line }));
}

/** The tests' command, as a person would type it. */
export function testLineOf({ testLine }: FixPlan): string {
  return testLine ?? "the project's test command";
}

/** What is known of a fault, for those who are not told by the operators' weights. */
export function repairTask(plan: FixPlan, issue?: string): WorkTask {
  const failing = failingOf(plan);
  const more = failing.length - MOST_TESTS;
  const tests = failing.slice(0, MOST_TESTS).flatMap(({ test, message }) => [
    `- ${test}`,
    ...(message === undefined
      ? []
      : cut(message, MOST_OF_MESSAGE)
          .split("\n")
          .map((line) => `      ${line}`)),
  ]);
  const reported =
    issue === undefined
      ? []
      : [`The fault was reported like this; the tests decide:\n\n${indented(cut(issue.trim(), MOST_OF_ISSUE))}`];
  return {
    goal: "Some tests of this project fail. Change the code so that they pass and every other test still does.",
    known: [
      ...reported,
      `The tests are run with: ${testLineOf(plan)}`,
      ["Failing tests:", ...tests, ...(more > 0 ? [`… and ${more} more`] : [])].join("\n"),
    ],
    rules: `Tests, settings and every other file are the judge's: changes to them are refused. ${newFilesIn(plan)} Make the smallest change that is right.`,
    places: suspectsOf(plan),
  };
}

/** What is wanted of a score, in a sentence that models are told as well. */
export function scoreGoal({ score }: EvolveConfig, plan: EvolvePlan, sign: 1 | -1): string {
  const better = sign === 1 ? "higher" : "lower";
  const name = plan.objective === SCORE ? "The score" : `The score \`${plan.objective}\``;
  const start = mean(plan.baseScores) ?? "unknown";
  return `${name} that \`${score}\` prints for this code is to get ${better}; the code as it was at the start has ${start}. Change the code so that it does.`;
}

/** What is known of a score that is to be raised or lowered. */
export function scoreTask(config: EvolveConfig, plan: EvolvePlan, sign: 1 | -1): WorkTask {
  const { minGain, goal, blocks } = config;
  const noisy = plan.baseScores.some((score) => score !== plan.baseScores[0]);
  const others = plan.others.map(
    ({ objective, sign: direction, tolerance = 0, baseScores }) =>
      `\`${objective}\` (${direction === 1 ? "higher" : "lower"} is better, ${mean(baseScores)} at the start) may not get worse${tolerance > 0 ? ` by more than ${tolerance}` : ""}; a gain in it counts as well`,
  );
  return {
    goal: scoreGoal(config, plan, sign),
    known: [
      ...(others.length === 0 ? [] : [`${others.join(". ")}.`]),
      [
        noisy
          ? `The score is noisy (at the start: ${plan.baseScores.join(", ")}): a gain has to hold in repeated measurements, side by side with the best code so far.`
          : "A gain is measured again, side by side with the best code so far, before it is kept.",
        ...(minGain > 0 ? [`It counts from ${minGain} on.`] : []),
        ...(goal === null ? [] : [`The run is over when ${goal} is reached.`]),
      ].join(" "),
    ],
    rules: [
      "The score program, its data and every other file are the judge's: changes to them are refused.",
      NO_FILES,
      ...(blocks === true
        ? ["In these files only what stands between the comments `pawl:block name` and `pawl:end` may change."]
        : []),
      "The score has to be earned for any input of this kind: a change made to fit these very inputs is worth nothing.",
    ].join(" "),
    places: [],
    scores: [plan.objective, ...plan.others.map(({ objective }) => objective)],
  };
}

/** What is wanted of a function that is to be faster, in a sentence that models are told as well. */
export function speedGoal({ call, module }: SpeedPlan): string {
  return `Make the function \`${call}\` of ${module} faster. For every input it has to do exactly what it does now; a difference is a failure.`;
}

/** What is known of a function that is to be faster. */
export function speedTask(plan: SpeedPlan): WorkTask {
  const { module, heat, examples, timing } = plan;
  const total = timing.cpuMs.reduce((sum, each) => sum + each, 0);
  const sizes = timing.groups.map(({ distribution, size }) => `${distribution} (size ${size})`).join(", ");
  return {
    goal: speedGoal(plan),
    known: [
      "First it is called with recorded and generated arguments: its value, its errors, what is left in the arguments and which objects are shared have to agree exactly with the function as it was.",
      `Then its CPU time is measured from outside, in fresh processes, on inputs of these kinds: ${sizes}. Together they take ${Number(total.toPrecision(3))} ms at the start. Keep nothing from call to call.`,
      [
        "It was called with these arguments, among others:",
        ...examples.slice(0, MOST_CALLS).map((call) => `- ${cut(JSON.stringify(call), MOST_OF_CALL)}`),
      ].join("\n"),
    ],
    rules: `Every other file is the judge's: changes to it are refused. ${NO_FILES} The function keeps its name and stays exported.`,
    places: heat
      .map((share, index) => ({ path: module, line: index + 1, share }))
      .filter(({ share }) => share >= LEAST_SHARE)
      .sort((a, b) => b.share - a.share)
      .slice(0, MOST_PLACES)
      .map(({ path, line, share }) => ({ path, line, why: `${Math.round(100 * share)} % of the time` })),
    scores: [CPU],
  };
}

function newFilesIn({ newFiles }: FixPlan): string {
  if (newFiles === undefined) return NO_FILES;
  const where = newFiles.folders.map((folder) => (folder === "." ? "the project's own folder" : folder)).join(", ");
  return `Source files may be made where they are needed, in or below: ${where}.`;
}

function indented(text: string): string {
  return text.replace(/^/gm, "    ");
}
