import type { CatalogueEntry } from "../catalogue.ts";
import type { SystemState } from "../overview.ts";
import type { LabResult } from "../results-store.ts";
import type { Settled } from "../settle.ts";
import type { Inequality } from "../system.ts";
import { armFigures, metricsOf } from "./figures.ts";
import { cell, figure, heldWord, interval, margin, prose, quantity } from "./words.ts";

type Built = NonNullable<SystemState["built"]>;

/** The page of a system that is built, as Markdown. `figurePath` is null where nothing can be drawn yet. */
export function systemPage(entry: CatalogueEntry, built: Built, figurePath: string | null): string {
  const { system, report } = built;
  const { paper } = system;
  const link = paper.arxiv === undefined ? "" : `, [arXiv:${paper.arxiv}](https://arxiv.org/abs/${paper.arxiv})`;
  return `${[
    `# ${entry.id}`,
    `Written by \`pawl lab report\`; all systems: [the lab](README.md).`,
    `**${prose(paper.title)}** (${paper.year}${link})`,
    `The paper claims: ${prose(paper.claim)}`,
    outcomeText(built),
    "## How it works",
    prose(system.mechanism),
    `Stages: ${system.stages.join(", ")}. Cluster: ${entry.cluster}.`,
    "## The claim in miniature",
    inequalities(system.claim, report.claim, report.results),
    "## Preconditions",
    (system.preconditions ?? []).length === 0
      ? "None."
      : `Unless they hold, the claim means nothing here.\n\n${inequalities(system.preconditions ?? [], report.preconditions, report.results)}`,
    "## Arms",
    table(
      ["arm", "role", "what it does"],
      system.arms.map(({ id, role, title }) => [`\`${id}\``, role, title]),
    ),
    ...measurements(built, figurePath),
    "## Where it differs from the paper",
    system.deviations.length === 0 ? "Nowhere." : system.deviations.map((text) => `- ${prose(text)}`).join("\n"),
    "## How it was measured",
    measured(built),
    ...(system.analysis === undefined ? [] : ["## Analysis", prose(system.analysis)]),
  ].join("\n\n")}\n`;
}

function outcomeText({ system, report }: Built): string {
  const { outcome, seeds } = report;
  if (outcome !== null) return `Outcome: **${outcome}**, with ${seeds.measured} seeds.`;
  const so =
    seeds.measured === 0
      ? ""
      : seeds.measured < seeds.wanted
        ? ` (${seeds.measured} of ${seeds.wanted} seeds so far)`
        : ` (something the claim speaks of has no figure)`;
  return `Outcome: **not measured**${so}. \`pawl lab run ${system.id}\` measures it.`;
}

function inequalities(all: readonly Inequality[], settled: readonly Settled[], results: readonly LabResult[]): string {
  const apart = new Set(all.filter((each) => measuredApart(each, results)));
  const rows = all.map((each, i) => {
    const word = settled[i] as Settled;
    const { estimate, standardError, perSeed } = word;
    return [
      each.says,
      `${quantity(each)}${each.tasks === undefined ? "" : " (some tasks)"}${apart.has(each) ? APART : ""}`,
      margin(each),
      each.since,
      estimate === null ? "–" : interval(estimate, standardError),
      perSeed.map(({ value }) => (value === null ? "–" : figure(value))).join(", ") || "–",
      `${heldWord(word)}${each.gated ? "" : " (reported only)"}`,
    ];
  });
  const head = ["statement", "quantity", "margin", "fixed on", "mean ± standard error", "seed by seed", ""];
  const earlier = all.flatMap(({ says, history = [] }) =>
    history.map(
      ({ until, margin, why }) =>
        `- Until ${until} the margin of “${prose(says)}” was ${figure(margin)}: ${prose(why)}`,
    ),
  );
  return [
    table(head, rows),
    ...(apart.size === 0
      ? []
      : [`${APART} With some seeds the two arms were measured by different commits of the code.`]),
    ...(earlier.length === 0 ? [] : [`Margins given up:\n\n${earlier.join("\n")}`]),
  ].join("\n\n");
}

const APART = "†";

/** Whether the two arms were measured with some seed by different commits: what lies between them may then be the code's doing. */
function measuredApart({ left, right }: Inequality, results: readonly LabResult[]): boolean {
  return results.some(
    ({ arm, seed, commit }) =>
      arm === left && results.some((other) => other.arm === right && other.seed === seed && other.commit !== commit),
  );
}

function measurements({ system, report }: Built, figurePath: string | null): readonly string[] {
  const figures = armFigures(system, report.results);
  if (figures.length === 0) return ["Nothing was measured yet."];
  const metrics = metricsOf(system, report.results);
  const rows = figures.map(({ arm, seeds, metrics: of, spent, seconds }) => [
    `\`${arm.id}\``,
    ...metrics.map((name) => {
      const one = of[name];
      return one === undefined ? "–" : interval(one.mean, one.standardError);
    }),
    figure(spent.mean),
    figure(seconds.mean),
    String(seeds.length),
  ]);
  return [
    ...(figurePath === null ? [] : [`![${system.id}: the arms by what the claim speaks of](${figurePath})`]),
    "Each metric is the mean over the tasks that have it; given are mean ± standard error over the seeds. Budget spent and seconds are means of one arm run, over all of its tasks.",
    table(["arm", ...metrics, "budget spent", "seconds", "seeds"], rows),
  ];
}

function measured({ system, report }: Built): string {
  const { results } = report;
  const seeds = [...new Set(results.map(({ seed }) => seed))].toSorted((a, b) => a - b);
  const days = results.map(({ at }) => at.slice(0, 10)).toSorted();
  const tasks = new Set(results.flatMap(({ rows }) => rows.map(({ task }) => task))).size;
  const span = days[0] === days.at(-1) ? days[0] : `${days[0]} to ${days.at(-1)}`;
  const pairs: readonly (readonly [string, string])[] = [
    ["budget of an arm on a task", system.budget],
    ["version of the recipe", String(system.version)],
    ...(results.length === 0
      ? []
      : ([
          ["tasks", String(tasks)],
          ["seeds", seeds.join(", ")],
          ["measured", span as string],
          ["commits", commits(results)],
        ] as const)),
  ];
  return table(["", ""], pairs);
}

/** `ab12cd3 (10 arm runs), …`, in the order in which they first measured something. */
function commits(results: readonly LabResult[]): string {
  const counts = new Map<string, number>();
  for (const { commit } of results.toSorted((a, b) => a.at.localeCompare(b.at)))
    counts.set(commit ?? "none", (counts.get(commit ?? "none") ?? 0) + 1);
  const list = [...counts].map(([commit, runs]) => `${commit} (${runs} arm run${runs === 1 ? "" : "s"})`).join(", ");
  return /\+ /.test(list) ? `${list}; + with changes not committed then` : list;
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");
}
