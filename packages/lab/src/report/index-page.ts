import { CLUSTERS } from "../catalogue.ts";
import { STATUSES, statusOf, type SystemState } from "../overview.ts";
import { table } from "./system-page.ts";
import { interval, margin, quantity } from "./words.ts";

/** The page about all systems, as Markdown. */
export function indexPage(states: readonly SystemState[]): string {
  const counts = STATUSES.map((status) => ({ status, of: states.filter((state) => statusOf(state) === status) }));
  const row = (name: string, of: readonly SystemState[]): readonly string[] => [
    name,
    ...STATUSES.map((status) => String(of.filter((state) => statusOf(state) === status).length)),
    String(of.length),
  ];
  const built = states.filter((state) => state.built !== null).length;
  return `${[
    "# The lab",
    "Written by `pawl lab report` from the recipes in packages/lab and the results on record.",
    `${states.length} published systems that improve code, models, policies or themselves, each meant to become a short recipe whose headline claim is measured again in miniature, ` +
      `beside the paper's own baseline and dull controls under the same budget. Built so far: ${built}; ` +
      `${
        counts
          .filter(({ status, of }) => status !== "not built" && of.length > 0)
          .map(({ status, of }) => `${status}: ${of.length}`)
          .join(", ") || "none measured"
      }.`,
    "A claim is a set of inequalities whose margins were fixed before anything was measured. **Reproduced**: all that count hold, the mean over the seeds keeps the margin, and an effect is " +
      "more than two standard errors away from none. **Precondition failed**: the miniature is not able to show it. **Reported only**: nothing was claimed. Miniatures say " +
      "whether a mechanism works as described under these conditions, not whether the paper's own figures are right.",
    "Before Pawl of 2026-11-27 a warm process could judge TypeScript candidates that load not to load. What was measured until that day may hold such verdicts; each page tells when it was measured.",
    table(
      ["cluster", ...STATUSES, "all"],
      [
        ...CLUSTERS.map((cluster) =>
          row(
            cluster,
            states.filter(({ entry }) => entry.cluster === cluster),
          ),
        ),
        row("all", states),
      ],
    ),
    "## All systems",
    table(
      ["system", "state", "headline figure", "cluster", "paper"],
      states.map((state) => [
        state.built === null ? state.entry.id : `[${state.entry.id}](${state.entry.id}.md)`,
        statusOf(state),
        headline(state),
        state.entry.cluster,
        state.entry.title,
      ]),
    ),
  ].join("\n\n")}\n`;
}

/** The first inequality that counts, else the first: its figure and its margin. Empty while nothing was measured. */
export function headline({ built }: SystemState): string {
  if (built === null) return "";
  const { system, report } = built;
  const at = Math.max(
    0,
    system.claim.findIndex(({ gated }) => gated),
  );
  const [inequality, settled] = [system.claim[at], report.claim[at]];
  if (inequality === undefined || settled === undefined || settled.estimate === null) return "";
  const unfinished = report.outcome === null ? `; ${report.seeds.measured} of ${report.seeds.wanted} seeds` : "";
  return `${quantity(inequality)} = ${interval(settled.estimate, settled.standardError)} (margin ${margin(inequality)}${unfinished})`;
}
