import type { DoctorReport } from "@pawl/improve";
import type { Screen } from "../screen.ts";
import { oneLine } from "../words.ts";
import { isolationText } from "./result.ts";

/** What the machine can do, and how to get the rest. */
export function doctorText(report: DoctorReport, screen: Screen): string {
  const { colors } = screen;
  const { bold, dim, green, red, yellow } = colors;
  const line = (works: boolean, name: string, detail: string, width = 12): string =>
    `  ${works ? green("✓") : red("✗")} ${name.padEnd(width)} ${dim(oneLine(detail))}`.trimEnd();
  const { node, isolation, languages, models, problems } = report;
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [[bold(title), ...lines].join("\n")];
  return [
    ...section("Node", [line(true, node.version, node.path)]),
    ...section(`Sandbox: ${isolationText(isolation.best, colors)}`, [
      ...isolation.backends.map(({ name, works, reason }) => line(works, name, reason)),
      line(isolation.controlGroups.works, "groups", isolation.controlGroups.detail),
    ]),
    ...section(
      "What the sandbox holds against",
      isolation.properties.map(({ name, holds, detail }) => line(holds, name, detail, 21)),
    ),
    ...section(
      "Languages",
      languages.map(({ name, works, version, detail }) =>
        line(works, name, [version, detail].filter(Boolean).join(", ")),
      ),
    ),
    ...section(
      "Models",
      models.map(({ name, works, detail }) => line(works, name, detail)),
    ),
    ...(problems.length === 0
      ? [green("Nothing is missing.")]
      : section(
          "What could be better",
          problems.map(({ what, todo }) => `  ${yellow("!")} ${what}\n    ${dim(todo)}`),
        )),
  ].join("\n\n");
}
