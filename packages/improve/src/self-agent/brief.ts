import { Rng } from "@pawl/core";
import type { Suspiciousness } from "@pawl/propose";
import type { ScoreCard, TaskScore } from "./score-card.ts";

/** What an agent is told to become better at, as an issue is written: never more than the visible tests show. */
export interface Brief {
  readonly about: string;
  readonly text: string;
  /** The task whose trace it was read from; null when it is about the agent as a whole. */
  readonly task: string | null;
}

interface Rule {
  readonly about: string;
  readonly text: string;
  readonly holds: (score: TaskScore, suspicious: ReadonlySet<string>) => boolean;
}

const RULES: readonly Rule[] = [
  {
    about: "unused-budget",
    text: "It gave up while a good part of its budget was unspent.",
    holds: ({ vcalls, of }) => vcalls < 0.8 * of,
  },
  {
    about: "duplicates",
    text: "It ran the same candidate again and again.",
    holds: ({ duplicates, lines }) => duplicates > 0.1 * lines.length,
  },
  {
    about: "broken-candidates",
    text: "Many of its candidates did not even load.",
    holds: ({ errors, lines }) => errors > 0.15 * lines.length,
  },
  {
    about: "localisation",
    text: "Less than half of its candidates changed a line that the failing tests point to.",
    holds: ({ lines }, suspicious) => lines.filter((line) => suspicious.has(line)).length < 0.5 * lines.length,
  },
  {
    about: "plateau",
    text: "A candidate made more tests pass, and nothing came of it.",
    holds: ({ start, best }) => best > start && best < 1,
  },
  {
    about: "operators",
    text: "None of its candidates made any further test pass: it may not know the edit that is needed.",
    holds: ({ start, best }) => best <= start,
  },
];

const SUSPICIOUS_LINES = 5;
const EMPTY_SHARE = 0.1;
const SPECIAL = 0.25;

/**
 * Diagnoses a run: for agents that often changed nothing, now and then that; for those whose children often break, now and then that; else the
 * trace of one random unsolved task, by the table of rules. `suspects` gives the suspicious lines of a task.
 */
export async function diagnose(
  card: ScoreCard,
  children: { readonly made: number; readonly broken: number },
  suspects: (task: string) => Promise<Suspiciousness>,
  rng: Rng,
): Promise<Brief> {
  const { scores } = card;
  const empty = scores.filter(({ patched }) => !patched).length;
  if (empty >= EMPTY_SHARE * scores.length && rng.uniform() < SPECIAL)
    return { about: "unused-budget", text: "Often it changed nothing at all.", task: null };
  if (children.broken > 0 && rng.uniform() < SPECIAL)
    return {
      about: "broken-copies",
      text: `Of ${children.made} copies it changed, ${children.broken} did not work.`,
      task: null,
    };
  const unsolved = scores.filter(({ solved, best }) => !solved && best < 1);
  const open = unsolved.length > 0 ? unsolved : scores;
  const score = rng.pick(open);
  const suspicious = topLines(await suspects(score.task));
  const holding = RULES.filter((rule) => rule.holds(score, suspicious));
  const rule = holding.length === 0 ? (RULES.at(-1) as Rule) : rng.pick(holding);
  return { about: rule.about, text: rule.text, task: score.task };
}

function topLines(suspicion: Suspiciousness): ReadonlySet<string> {
  const lines = Object.entries(suspicion).flatMap(([path, scores]) =>
    scores.map((score, i) => ({ place: `${path}:${i + 1}`, score })),
  );
  const sorted = lines.sort((a, b) => b.score - a.score);
  return new Set(sorted.slice(0, SUSPICIOUS_LINES).map(({ place }) => place));
}
