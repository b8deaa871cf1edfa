import type { Attempt } from "./attempts.ts";
import type { Goal } from "./goal.ts";
import { completionOf, critiqueOf, critiquePrompt, feedbackOf } from "./texts.ts";

export const EXPORT_FORMATS = ["sft", "dpo", "kto", "grpo", "critique", "corrections"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** One prompt and every attempt at it, of however many runs. */
export interface ExportTask {
  /** The same for the same code and the same goal; rows of one task are in one split. */
  readonly id: string;
  readonly prompt: string;
  readonly goal: Goal;
  readonly root: string;
  readonly command: string;
  readonly tree: string;
  readonly licence: string;
  readonly attempts: readonly Attempt[];
}

export interface Message {
  readonly role: "user" | "assistant";
  readonly content: string;
}

/** Where a row comes from; the same fields, of the same kinds, in every row. */
export interface Provenance {
  readonly task: string;
  readonly run: string;
  /** Candidates in the order in which they appear in the row. */
  readonly candidates: readonly string[];
  /** `confirmed` or `screened`, for each of them. */
  readonly verdicts: readonly string[];
  readonly proposers: readonly string[];
  /** Word for word what a model wrote for the candidate; empty when no model did. */
  readonly answers: readonly string[];
  /** How sure the model was of each of them, as mean log-probability of a token; empty when that is not known of every one. */
  readonly logProbabilities: readonly number[];
  readonly licence: string;
}

export type Row = { readonly pawl: Provenance } & Readonly<Record<string, unknown>>;

/** Fewest completions of a group: with one there is nothing to compare. */
const LEAST_GROUP = 2;
const CORRECTIONS_PER_REPAIR = 4;

/** Rows of a task in a fixed order, at most `most` of them. Attempts nobody can judge are in none. */
export function rowsOf(format: ExportFormat, task: ExportTask, most: number): readonly Row[] {
  const good = task.attempts.filter((each) => each.good === true);
  const bad = task.attempts.filter((each) => each.good === false);
  switch (format) {
    case "sft":
      return good
        .filter((each) => each.chosen)
        .slice(0, most)
        .map((each) => ({ messages: dialogue(task.prompt, completionOf(each)), pawl: provenance(task, [each]) }));
    case "kto":
      return balanced(good, harder(bad), most).map((each) => ({
        prompt: [user(task.prompt)],
        completion: [assistant(completionOf(each))],
        label: each.good === true,
        pawl: provenance(task, [each]),
      }));
    case "dpo":
      return pairs(task.attempts, good, most).map(([chosen, rejected]) => ({
        prompt: [user(task.prompt)],
        chosen: [assistant(completionOf(chosen))],
        rejected: [assistant(completionOf(rejected))],
        pawl: provenance(task, [chosen, rejected]),
      }));
    case "grpo":
      return group(task, balanced(good, harder(bad), most));
    case "critique":
      return balanced(good, harder(bad), most).map((each) => ({
        messages: dialogue(
          critiquePrompt(task.prompt, each, task.root),
          critiqueOf(each, good.find((other) => other.chosen) ?? null, task.root),
        ),
        label: each.good === true,
        pawl: provenance(task, [each]),
      }));
    case "corrections":
      return corrections(task, good, bad).slice(0, most);
  }
}

/** Rows for trainers without chat templates: texts where messages are. Several turns have no such shape. */
export function asStandard(row: Row): Row {
  const text = (value: unknown): unknown =>
    Array.isArray(value) && value.length === 1 && isMessage(value[0]) ? value[0].content : value;
  const { messages, ...rest } = row;
  if (Array.isArray(messages))
    return { prompt: (messages[0] as Message).content, completion: (messages[1] as Message).content, ...rest } as Row;
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, text(value)])) as Row;
}

function isMessage(value: unknown): value is Message {
  return typeof value === "object" && value !== null && "role" in value;
}

/** Better against clearly worse; of the same parent first, then what was confirmed, then what came nearest. */
function pairs(
  all: readonly Attempt[],
  good: readonly Attempt[],
  most: number,
): readonly (readonly [Attempt, Attempt])[] {
  const lists = good.map((chosen) => {
    const worse = all.filter((other) => isWorse(other, chosen));
    const sameParent = (other: Attempt): number => Number(other.parents[0] === chosen.parents[0]);
    return harder(worse)
      .sort((a, b) => sameParent(b) - sameParent(a))
      .map((rejected) => [chosen, rejected] as const);
  });
  // In turns, so that no repair takes all the places.
  const result: (readonly [Attempt, Attempt])[] = [];
  for (let i = 0; result.length < most && lists.some((list) => i < list.length); i++)
    for (const list of lists) if (list[i] !== undefined && result.length < most) result.push(list[i] as never);
  return result;
}

/** Every repetition of the one below every repetition of the other; or one is right and the other is not. */
export function isWorse(other: Attempt, chosen: Attempt): boolean {
  if (other.good === false && (other.gains.length === 0 || chosen.gains.length === 0)) return true;
  if (other.gains.length === 0 || chosen.gains.length === 0) return false;
  return Math.max(...other.gains) < Math.min(...chosen.gains);
}

/** The confirmed first, then those that came nearest, then the earlier. */
function harder(attempts: readonly Attempt[]): Attempt[] {
  const near = ({ reward, feedback, gains }: Attempt): number =>
    gains.length > 0 ? (reward ?? 0) : -feedback.filter((each) => each.kind === "test").length;
  return [...attempts].sort(
    (a, b) =>
      Number(b.stage === "confirmed") - Number(a.stage === "confirmed") ||
      Number(b.status !== "error" && b.status !== "timeout") - Number(a.status !== "error" && a.status !== "timeout") ||
      near(b) - near(a) ||
      (a.run < b.run ? -1 : a.run > b.run ? 1 : a.n - b.n),
  );
}

/** As many of the one as of the other, as far as there are enough; what is missing of one is filled up with the other. */
function balanced(good: readonly Attempt[], bad: readonly Attempt[], most: number): readonly Attempt[] {
  const half = Math.floor(most / 2);
  const fromGood = Math.min(good.length, Math.max(half, most - bad.length));
  return [...good.slice(0, fromGood), ...bad.slice(0, most - fromGood)];
}

function group(task: ExportTask, members: readonly Attempt[]): readonly Row[] {
  const rewarded = members.filter((each) => each.reward !== null);
  if (rewarded.length < LEAST_GROUP) return [];
  return [
    {
      prompt: [user(task.prompt)],
      completions: rewarded.map(completionOf),
      rewards: rewarded.map((each) => each.reward),
      verify: { kind: task.goal.kind, ...task.goal.verify, tree: task.tree },
      pawl: provenance(task, rewarded),
    },
  ];
}

/** A failed attempt, what was reported of it, and the repair: one that was made from it, else one from the same code in the same files. */
function corrections(task: ExportTask, good: readonly Attempt[], bad: readonly Attempt[]): readonly Row[] {
  const byId = new Map(task.attempts.map((each) => [`${each.run} ${each.candidate}`, each]));
  const isAncestor = (of: Attempt, wanted: Attempt): boolean => {
    for (let at: Attempt | undefined = of; at !== undefined; at = byId.get(`${at.run} ${at.parents[0] ?? ""}`))
      if (at !== of && at.candidate === wanted.candidate) return true;
    return false;
  };
  return good.flatMap((repair) => {
    const fits = harder(bad).filter(
      (failed) =>
        failed.run === repair.run &&
        feedbackOf(failed, task.root) !== "" &&
        (isAncestor(repair, failed) ||
          (failed.parents[0] === repair.parents[0] && failed.files.some((path) => repair.files.includes(path)))),
    );
    const first = fits.sort((a, b) => Number(isAncestor(repair, b)) - Number(isAncestor(repair, a)));
    return first.slice(0, CORRECTIONS_PER_REPAIR).map((failed) => ({
      messages: [
        ...dialogue(task.prompt, completionOf(failed)),
        ...dialogue(feedbackOf(failed, task.root), completionOf(repair)),
      ],
      pawl: provenance(task, [failed, repair]),
    }));
  });
}

function provenance(task: ExportTask, attempts: readonly Attempt[]): Provenance {
  return {
    task: task.id,
    run: attempts[0]?.run ?? "",
    candidates: attempts.map((each) => each.candidate),
    verdicts: attempts.map((each) => each.stage),
    proposers: attempts.map((each) => each.proposer),
    answers: attempts.map((each) => each.answer),
    logProbabilities: attempts.every((each) => each.logProbability !== null)
      ? attempts.map((each) => each.logProbability as number)
      : [],
    licence: task.licence,
  };
}

function dialogue(asked: string, answered: string): readonly Message[] {
  return [user(asked), assistant(answered)];
}

function user(content: string): Message {
  return { role: "user", content };
}

function assistant(content: string): Message {
  return { role: "assistant", content };
}
