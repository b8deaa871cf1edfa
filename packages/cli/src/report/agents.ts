import type { AgentLineage, ImproveAgentsReport } from "@pawl/improve";
import type { Screen } from "../screen.ts";
import { count, oneLine } from "../words.ts";
import { withoutControls } from "./diff.ts";
import { facts, table } from "./table.ts";

interface ListedRun {
  readonly run: string;
  readonly state: string;
  readonly children: number;
  readonly agents: readonly {
    readonly id: string;
    readonly parent: string | null;
    readonly solved: number;
    readonly of: number;
    readonly children: number;
    readonly brief: string | null;
    readonly approved: boolean;
  }[];
  readonly broken: readonly { readonly n: number; readonly why: string | null }[];
}

/** What came of a run of evolution. */
export function improvedText(report: ImproveAgentsReport, next: (line: string) => string, screen: Screen): string {
  const { bold, dim, green, red, yellow, cyan } = screen.colors;
  const { first, best, children, working, tripped } = report;
  const cheat = [best, first].find((score) => score.tripped !== null);
  const headline =
    cheat !== undefined
      ? red(`The measurement does not count: agent ${cheat.agent} touched a canary (${cheat.tripped?.what})`)
      : best.solved > first.solved
        ? green(`The best agent solves ${best.solved} of ${best.of} new tasks, the first ${first.solved}`)
        : yellow(`The best agent solves no more new tasks than the first: ${best.solved} of ${best.of}`);
  const pairs: [string, string][] = [
    ["run", report.run],
    ["agents", `${working} of ${count(children, "child")}`.replace("childs", "children") + " work and were kept"],
    ["best", best.agent],
    ...(tripped > 0
      ? [["canaries", `${count(tripped, "child").replace("childs", "children")} touched one`] as [string, string]]
      : []),
  ];
  const steps: [string, string][] = [
    [next(`agent show ${best.agent}`), "every change on the way to it"],
    ...(best.tripped === null
      ? [[next(`agent use ${best.agent}`), "let it work on this project"] as [string, string]]
      : []),
  ];
  return [bold(headline), facts(pairs, dim), `Next:\n${facts(steps, cyan)}`].join("\n\n");
}

/** All agents of a project, run by run. */
export function agentsText(runs: readonly ListedRun[], screen: Screen): string {
  const { bold, dim, green } = screen.colors;
  if (runs.length === 0) return "No agents yet: `pawl agent improve` makes some.";
  return runs
    .map(({ run, state, agents, children, broken }) => {
      const rows = agents.map(({ id, parent, solved, of, brief, children: own, approved }) => [
        id,
        parent ?? "-",
        `${Math.round(100 * solved)}%`,
        String(of),
        String(own),
        approved ? "yes" : "",
        brief ?? "the agent it began with",
      ]);
      const header = ["agent", "parent", "solved", "of", "children", "in use", "brief"];
      const grid = table([header, ...rows], screen.columns - 2, (cell, column, row) =>
        row === 0 ? dim(cell) : column === 5 ? green(cell) : cell,
      );
      const left = broken.length === 0 ? "" : `, ${broken.length} not kept`;
      return [bold(`${run} (${state}): ${children} made${left}`), grid.replaceAll(/^/gm, "  ")].join("\n");
    })
    .join("\n\n");
}

/** An agent with everything that led to it. */
export function lineageText(lineage: AgentLineage, next: (line: string) => string, screen: Screen): string {
  const { bold, dim, green, red, cyan } = screen.colors;
  const steps = lineage.steps.map(({ id, by, solved, of, brief, diff }) => {
    const score = `${bold(id)}  solves ${solved} of ${of}`;
    const start =
      diff === ""
        ? "the agent that Pawl comes with"
        : "how it came to be is not on record; against the agent that Pawl comes with:";
    const why = brief === null ? start : `${brief.about}: ${oneLine(brief.text)} Changed by ${by}.`;
    const painted = diff
      .trimEnd()
      .split("\n")
      .map(withoutControls)
      .map((line) => (line.startsWith("+") ? green(line) : line.startsWith("-") ? red(line) : dim(line)));
    return [score, `  ${why}`, ...(diff === "" ? [] : painted.map((line) => `  ${line}`))].join("\n");
  });
  if (lineage.tripped !== null)
    return [...steps, red(`It may not work here: it touched a canary (${lineage.tripped.what})`)].join("\n\n");
  const uses: [string, string][] = lineage.approved
    ? [[next(`fix --proposer self:${lineage.agent}`), "it may work here"]]
    : [[next(`agent use ${lineage.agent}`), "let it work on this project"]];
  return [...steps, `Next:\n${facts(uses, cyan)}`].join("\n\n");
}
