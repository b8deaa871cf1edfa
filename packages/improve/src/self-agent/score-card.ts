import type { Attempt } from "./desk.ts";
import type { Work } from "./agent-process.ts";

/** What an agent did on one task, and what its visible side looked like: the hidden side is `solved` alone. */
export interface TaskScore {
  readonly task: string;
  /** Every case passes, hidden ones too. */
  readonly solved: boolean;
  readonly ended: Work["ended"];
  /** It changed something. */
  readonly patched: boolean;
  /** Executions on visible cases it has spent, of how many. */
  readonly vcalls: number;
  readonly of: number;
  /** Share of the visible cases that pass before, and with its best candidate. */
  readonly start: number;
  readonly best: number;
  /** Candidates that were tried before, and candidates that did not load or end. */
  readonly duplicates: number;
  readonly errors: number;
  /** `path:line` of the first line that each candidate changes. */
  readonly lines: readonly string[];
}

/** Scores of an agent on the stages it was let into. */
export interface ScoreCard {
  readonly stages: number;
  readonly scores: readonly TaskScore[];
}

export const NO_CARD: ScoreCard = { stages: 0, scores: [] };

/** Share of solved tasks; of the first `count` when given. */
export function shareSolved({ scores }: ScoreCard, count = scores.length): number {
  const seen = scores.slice(0, count);
  return seen.length === 0 ? 0 : seen.filter(({ solved }) => solved).length / seen.length;
}

/** Whether an agent still works as one: it ran every task of the first stage to its end, and changed something in at least one. */
export function isWorking({ scores }: ScoreCard, first: number): boolean {
  const stage = scores.slice(0, first);
  return stage.length === first && stage.every(({ ended }) => ended === "done") && stage.some(({ patched }) => patched);
}

/** Positive when `a` stands above `b`: more stages first, then more solved. */
export function compareCards(a: ScoreCard, b: ScoreCard): number {
  return a.stages - b.stages || shareSolved(a) - shareSolved(b);
}

/** The visible side of the attempts at one task. */
export function factsOf(
  before: Readonly<Record<string, string>>,
  attempts: readonly Attempt[],
): Pick<TaskScore, "duplicates" | "errors" | "lines"> {
  const keys = new Set([JSON.stringify(before)]);
  let duplicates = 0;
  for (const { files } of attempts) {
    const key = JSON.stringify({ ...before, ...files });
    if (keys.has(key)) duplicates += 1;
    keys.add(key);
  }
  return {
    duplicates,
    errors: attempts.filter(({ status }) => status === "error").length,
    lines: attempts.map(({ files }) => firstChange(before, files)),
  };
}

function firstChange(before: Readonly<Record<string, string>>, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    const old = before[path] ?? "";
    if (old === text) continue;
    let at = 0;
    while (at < old.length && old[at] === text[at]) at++;
    return `${path}:${old.slice(0, at).split("\n").length}`;
  }
  return "";
}
