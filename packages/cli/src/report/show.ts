import type { AttemptLine, RunDetail } from "@pawl/improve";
import type { Screen } from "../screen.ts";
import { count, duration, figure, oneLine } from "../words.ts";
import { resultText } from "./result.ts";
import { facts, table } from "./table.ts";

const LAST = 5;
const BEST = 5;

/** A run for people: what came out, the attempts that mattered, where the evaluations and the time went. */
export function runText(detail: RunDetail, all: boolean, next: (line: string) => string, screen: Screen): string {
  const { bold, dim } = screen.colors;
  const parts = [
    `${bold(detail.run)}  ${[detail.state, detail.outcome].filter((word) => word !== null).join(", ")}`,
    detail.result === null
      ? unfinished(detail, next, screen)
      : resultText({ result: { ...detail.result, seconds: detail.seconds }, applied: null, next }, screen),
  ];
  if (detail.attempts.length > 0) {
    const judged = detail.attempts.filter(({ status }) => status !== "in flight");
    const shown = all
      ? detail.attempts
      : thatMattered(detail.state === "running" ? detail.attempts : judged, wantedOf(detail));
    const hidden = detail.attempts.length - shown.length;
    parts.push(
      [
        bold(all ? "Attempts" : "Attempts that mattered"),
        attemptTable(shown, screen),
        ...(hidden === 0 ? [] : [dim(`${count(hidden, "other attempt")}: ${next(`show ${detail.run} --all`)}`)]),
      ].join("\n"),
    );
    parts.push([bold("Where the evaluations went"), statusFacts(detail, screen)].join("\n"));
  }
  return parts.join("\n\n");
}

function unfinished(detail: RunDetail, next: (line: string) => string, screen: Screen): string {
  const { screened, confirmed } = detail.evaluations;
  const pairs: [string, string][] = [
    ["started", detail.started],
    ["time", duration(detail.seconds)],
    ["evaluations", `${screened} screened, ${confirmed} confirmed`],
  ];
  if (detail.reason !== null) pairs.push(["ended", detail.reason]);
  const line = detail.state === "running" ? `stop ${detail.run}` : `resume ${detail.run}`;
  const text = detail.state === "running" ? "stop it, with its state saved" : "go on with it";
  return `${facts(pairs, screen.colors.dim)}\n\nNext:\n${facts([[next(line), text]], screen.colors.cyan)}`;
}

/** What a run of `evolve` was told to raise or lower; its first score where nothing was said. */
export interface Wanted {
  readonly objective: string | null;
  readonly minimize: boolean;
}

function wantedOf({ config }: RunDetail): Wanted {
  const { objective = null, minimize = false } = (config ?? {}) as Partial<Wanted>;
  return { objective, minimize };
}

/** Everything that was kept or confirmed, the best screenings and the last ones, in order. */
export function thatMattered(attempts: readonly AttemptLine[], wanted: Wanted): readonly AttemptLine[] {
  const sign = wanted.minimize ? -1 : 1;
  const scoreOf = (attempt: AttemptLine): number | null => mainScore(attempt, wanted);
  const best = attempts
    .filter((attempt) => scoreOf(attempt) !== null)
    .sort((a, b) => sign * ((scoreOf(b) as number) - (scoreOf(a) as number)) || a.n - b.n)
    .slice(0, BEST);
  const chosen = new Set([
    ...attempts.filter(({ kept, confirmed }) => kept || confirmed),
    ...best,
    ...attempts.slice(-LAST),
  ]);
  return attempts.filter((attempt) => chosen.has(attempt));
}

function mainScore({ scores }: AttemptLine, { objective }: Wanted): number | null {
  return (objective === null ? Object.values(scores)[0] : scores[objective]) ?? null;
}

function attemptTable(attempts: readonly AttemptLine[], screen: Screen): string {
  const { dim, green } = screen.colors;
  const told = attempts.some(({ logProbability }) => logProbability !== undefined);
  const rows = attempts.map(({ n, candidate, status, scores, confirmed, kept, logProbability, summary }) => [
    String(n),
    candidate.slice(0, 8),
    kept ? "kept" : confirmed ? "not kept" : status,
    Object.entries(scores)
      .map(([name, value]) => `${name} ${figure(value)}`)
      .join(" "),
    ...(told ? [logProbability === undefined ? "" : logProbability.toFixed(2)] : []),
    oneLine(summary),
  ]);
  const header = ["#", "candidate", "verdict", "scores", ...(told ? ["log p"] : []), "change"];
  return table([header, ...rows], screen.columns, (cell, column, row) => {
    if (row === 0) return dim(cell);
    return column === 2 && cell === "kept" ? green(cell) : cell;
  });
}

function statusFacts(detail: RunDetail, screen: Screen): string {
  const counts = new Map<string, number>();
  for (const { status } of detail.attempts) {
    // What was in flight at the end was given up with it.
    const said = status === "in flight" && detail.state !== "running" ? "given up" : status;
    counts.set(said, (counts.get(said) ?? 0) + 1);
  }
  const pairs = [...counts].sort((a, b) => b[1] - a[1]).map(([status, n]): [string, string] => [status, String(n)]);
  const each = detail.attempts.length === 0 ? 0 : detail.seconds / detail.attempts.length;
  return facts(
    [...pairs, ["time", `${duration(detail.seconds)}, ${figure(Math.round(each * 1000))} ms per attempt`]],
    screen.colors.dim,
  );
}
