import type { Refusal } from "../change-set.ts";

/** What is to be done, for somebody who works on the whole project: an agent or a person. */
export interface WorkTask {
  /** The tests' command, as a person would type it. */
  readonly testLine: string;
  readonly failing: readonly { readonly test: string; readonly message?: string }[];
  /** `path:line`, most suspicious first. */
  readonly suspicious: readonly string[];
  /** How the fault was reported, where somebody did. */
  readonly issue?: string;
}

/** What came of an earlier attempt. */
export interface Attempt {
  readonly summary: string;
  /** What the judge said, in a line or a few. */
  readonly verdict: string;
}

const MOST_TESTS = 30;
const MOST_CHARACTERS = 1500;
const MOST_OF_ISSUE = 20_000;

/** The task in words. `editable`: the files that may change; `hint`: what the search would have tried, as it says it. */
export function describeTask(
  task: WorkTask,
  editable: readonly string[],
  attempts: readonly Attempt[],
  hint?: string,
): string {
  const tests = task.failing.slice(0, MOST_TESTS).flatMap(({ test, message }) => [
    `- ${test}`,
    ...(message === undefined
      ? []
      : cut(message, MOST_CHARACTERS)
          .split("\n")
          .map((line) => `      ${line}`)),
  ]);
  const more = task.failing.length - MOST_TESTS;
  const sections = [
    "Some tests of this project fail. Change the code so that they pass and every other test still does.",
    ...(task.issue === undefined
      ? []
      : [
          `The fault was reported like this; the tests decide:\n\n${cut(task.issue.trim(), MOST_OF_ISSUE).replace(/^/gm, "    ")}`,
        ]),
    `The tests are run with: ${task.testLine}`,
    ["Failing tests:", ...tests, ...(more > 0 ? [`… and ${more} more`] : [])].join("\n"),
    ["Only these files may change:", ...editable.map((path) => `- ${path}`)].join("\n"),
    "Tests, settings and every other file are the judge's: changes to them are refused. Make no new files. Make the smallest change that is right.",
  ];
  if (task.suspicious.length > 0)
    sections.push(["Lines worth looking at first:", ...task.suspicious.map((place) => `- ${place}`)].join("\n"));
  if (hint !== undefined) sections.push(`Worth trying now: ${hint}`);
  if (attempts.length > 0)
    sections.push(
      ["Tried before, and not good enough:", ...attempts.map((each) => `- ${each.summary}: ${each.verdict}`)].join(
        "\n",
      ),
    );
  return `${sections.join("\n\n")}\n`;
}

/** What to tell somebody whose change was taken in part only. */
export function describeRefusals(refused: readonly Refusal[], editable: readonly string[]): string {
  return [
    "Part of your change was refused:",
    ...refused.map(({ path, reason }) => `- ${path}: ${reason}`),
    `Put these files back as they were and solve the task by changing only: ${editable.join(", ")}`,
  ].join("\n");
}

export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)} …`;
}
