import { isData, type Verdict } from "@pawl/core";
import type { Refusal } from "../change-set.ts";

/** What is to be done, for somebody who works on the whole project: an agent or a person. */
export interface WorkTask {
  /** What is wanted, in a paragraph. */
  readonly goal: string;
  /** What is known beside it, a paragraph each: how it was reported, how it is judged, what fails. */
  readonly known: readonly string[];
  /** What belongs to the judge, and what kind of change is wanted. */
  readonly rules: string;
  /** Lines worth looking at, the first of them first. */
  readonly places: readonly WorkPlace[];
  /** Scores that verdicts are told by; none where the tests say it all. */
  readonly scores?: readonly string[];
}

export interface WorkPlace {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** Why, where there is more to say than that it is suspicious. */
  readonly why?: string;
}

/** What came of an earlier attempt. */
export interface Attempt {
  readonly summary: string;
  /** What the judge said, in a line or a few. */
  readonly verdict: string;
}

/** What somebody begins with, and what is known of it. */
export interface WorkContext {
  /** The files that may change. */
  readonly editable: readonly string[];
  /** What came of earlier attempts, oldest first. */
  readonly attempts: readonly Attempt[];
  /** The earlier attempt that the files hold at the beginning; null when they are as the run found them. */
  readonly begun: Attempt | null;
  /** What the search would have tried, as it says it. */
  readonly hint?: string | undefined;
}

/** The task in words. */
export function describeTask(task: WorkTask, { editable, attempts, begun, hint }: WorkContext): string {
  const sections = [
    task.goal,
    ...task.known,
    list("Only these files may change:", editable),
    task.rules,
    ...(task.places.length === 0
      ? []
      : [
          list(
            `Lines worth looking at first${begun === null ? "" : ", numbered as at the start"}:`,
            task.places.map(placeInWords),
          ),
        ]),
    ...(hint === undefined ? [] : [`Worth trying now: ${hint}`]),
    ...(begun === null ? [] : [`The files as you find them hold an earlier change: ${inOneLine(begun)}`]),
    ...(attempts.length === 0
      ? []
      : [
          list(
            task.scores === undefined ? "Tried before, and not good enough:" : "Tried before:",
            attempts.map(inOneLine),
          ),
        ]),
  ];
  return `${sections.join("\n\n")}\n`;
}

function list(title: string, entries: readonly string[]): string {
  return [title, ...entries.map((entry) => `- ${entry}`)].join("\n");
}

function placeInWords({ path, line, why }: WorkPlace): string {
  return `${path}:${line}${why === undefined ? "" : ` (${why})`}`;
}

function inOneLine({ summary, verdict }: Attempt): string {
  return `${summary}: ${verdict}`;
}

/** A verdict for whoever is to do better; `scores`: those it is told by. */
export function inWords(verdict: Verdict, scores: readonly string[] = []): string {
  if (!isData(verdict)) return `no verdict (${verdict.status})`;
  const failing = verdict.failing ?? [];
  const still = failing.length === 0 ? "" : `; not passing: ${failing.slice(0, 10).join(", ")}`;
  const known = scores.flatMap((name) => {
    const values = verdict.scores[name] ?? [];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.length === 0 ? [] : [`${name} ${Number(mean.toPrecision(6))}`];
  });
  const messages = verdict.feedback
    .filter(({ kind }) => kind !== "note")
    .slice(0, 3)
    .map((each) => `${each.name ?? each.kind}: ${cut(each.message, 300)}`);
  return [`${[verdict.status, ...known].join(", ")}${still}`, ...messages].join("\n    ");
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
