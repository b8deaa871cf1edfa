import {
  armFigures,
  heldWord,
  interval,
  margin,
  metricsOf,
  seedsOf,
  statusOf,
  type Inequality,
  type Settled,
  type Status,
  type SystemRun,
  type SystemState,
} from "@pawl/lab";
import { explainError } from "../report-error.ts";
import type { Screen } from "../screen.ts";
import { count, duration, figure, oneLine } from "../words.ts";
import { table } from "./table.ts";

/** All systems and how it stands with them. */
export function labTable(states: readonly SystemState[], folder: string, screen: Screen): string {
  const { dim } = screen.colors;
  if (states.length === 0) return "No system fits.";
  const rows = states.map((state) => [
    state.entry.id,
    state.entry.cluster,
    statusOf(state),
    state.built === null || state.built.quickSeconds === null ? "–" : duration(state.built.quickSeconds),
    oneLine(state.entry.title),
  ]);
  const grid = table(
    [["system", "cluster", "state", "quick", "paper"], ...rows],
    screen.columns,
    (cell, column, row) => {
      if (row === 0) return dim(cell);
      return column === 2 ? painted(cell, screen) : cell;
    },
  );
  const built = states.filter((state) => state.built !== null).length;
  return `${grid}\n\n${count(states.length, "system")}, ${built} built. Results: ${folder}`;
}

function painted(status: string, { colors }: Screen): string {
  const paint: Partial<Record<Status, (text: string) => string>> = {
    reproduced: colors.green,
    "not reproduced": colors.red,
    "precondition failed": colors.red,
    "reported only": colors.yellow,
  };
  return (paint[status as Status] ?? colors.dim)(status);
}

/** What a measurement gave: the outcome, the claim, the arms. */
export function labRunText(run: SystemRun, screen: Screen): string {
  const { bold, dim, green, red } = screen.colors;
  const { system, report } = run;
  if (report === null) return `${bold(system.id)}: ${red("failed")}: ${oneLine(explainError(run.error).error.what)}\n`;
  const metrics = metricsOf(system, report.results);
  const arms = armFigures(system, report.results).map(({ arm, seeds, metrics: of, spent }) => [
    arm.id,
    ...metrics.map((name) => {
      const one = of[name];
      return one === undefined ? "–" : interval(one.mean, one.standardError);
    }),
    figure(spent.mean),
    String(seeds.length),
  ]);
  const grid = table([["arm", ...metrics, "spent", "seeds"], ...arms], Math.max(screen.columns, 100), (cell, _, row) =>
    row === 0 ? dim(cell) : cell,
  );
  const told = (inequality: Inequality, settled: Settled, before: string, after: string): string => {
    const { estimate, standardError, holds } = settled;
    const word = (holds === null ? dim : holds ? green : red)(heldWord(settled));
    const value = estimate === null ? "" : `: ${interval(estimate, standardError)}, margin ${margin(inequality)}`;
    return `  ${word}  ${dim(before)}${oneLine(inequality.says)}${value}${dim(after)}`;
  };
  const lines = [
    ...(system.preconditions ?? []).map((each, i) =>
      told(each, report.preconditions[i] as Settled, "before all: ", ""),
    ),
    ...system.claim.map((each, i) => told(each, report.claim[i] as Settled, "", each.gated ? "" : " (reported only)")),
  ];
  const parts = [`${bold(system.id)}: ${headline(run, screen)}`, grid.replaceAll(/^/gm, "  ")];
  if (!report.quick) parts.push(lines.join("\n"));
  return `${parts.join("\n\n")}\n`;
}

function headline({ system, report }: SystemRun, screen: Screen): string {
  if (report === null) return "failed";
  if (report.quick) return "the quick form ran; it judges nothing";
  const { outcome, seeds } = report;
  const own = seedsOf(system, false);
  if (outcome !== null) {
    const short = seeds.wanted < own ? `; the recipe asks for ${own}` : "";
    return `${painted(outcome, screen)}, with ${count(seeds.measured, "seed")}${short}`;
  }
  return seeds.measured < seeds.wanted
    ? `no outcome: ${seeds.measured} of ${count(seeds.wanted, "seed")} measured in every arm of the claim`
    : "no outcome: something the claim speaks of has no figure";
}

/** One system in the document of `--json`. */
export function labDocument(run: SystemRun): object {
  const { system, report } = run;
  if (report === null) return { id: system.id, error: explainError(run.error).error };
  const { quick, outcome, seeds, preconditions, claim, results } = report;
  const arms = armFigures(system, results).map(({ arm, seeds: own, metrics, spent, seconds }) => ({
    id: arm.id,
    role: arm.role,
    seeds: own,
    metrics,
    spent: spent.mean,
    seconds: seconds.mean,
  }));
  // The quick form judges nothing.
  return {
    id: system.id,
    quick,
    outcome,
    seeds,
    arms,
    preconditions: quick ? [] : preconditions,
    claim: quick ? [] : claim,
  };
}
