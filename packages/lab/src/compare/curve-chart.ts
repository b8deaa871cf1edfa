import { ticksOver } from "../report/chart.ts";
import type { CompareReport } from "./report.ts";

const WIDTH = 640;
const LEFT = 52;
const RIGHT = 16;
const TOP = 30;
const PLOT = 300;
const FOOT = 44;
const ROW = 18;
const COLUMNS = 3;
/** The colours of Okabe and Ito, that people who see colours differently can tell apart, and for more lines the same dashed. */
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f"];
const DASHES = ["", "6 3", "2 2"];

/** Anytime curves of the arms as SVG: what was reached on average, against evaluations. Null when nothing was measured. */
export function curveChart(report: CompareReport): string | null {
  const { arms, grid, measure, budget } = report;
  if (arms.length === 0) return null;
  const values = arms.flatMap(({ curve }) => curve);
  const ticks = ticksOver(measure === "solved" ? 0 : Math.min(...values), Math.max(...values));
  const [low, high] = [ticks[0] as number, ticks.at(-1) as number];
  const x = (n: number): string => (LEFT + (n / budget) * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const y = (value: number): string => (TOP + PLOT - ((value - low) / (high - low)) * PLOT).toFixed(1);
  const height = TOP + PLOT + FOOT + Math.ceil(arms.length / COLUMNS) * ROW + 8;
  const name = measure === "solved" ? "share of the tasks solved" : "best score";
  const horizontal = ticks.map(
    (tick) =>
      `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(tick)}" y2="${y(tick)}"/><text class="dim" x="${LEFT - 6}" y="${y(tick)}" dy="4" text-anchor="end">${tick}</text>`,
  );
  const vertical = ticksOver(0, budget)
    .filter((tick) => tick <= budget)
    .map((tick) => `<text class="dim" x="${x(tick)}" y="${TOP + PLOT + 16}" text-anchor="middle">${tick}</text>`);
  const lines = arms.map(({ curve }, i) => {
    // Steps, not slopes: between two points of the grid nothing is known to have grown.
    const path = curve.map(
      (value, at) => `${at === 0 ? `M${x(0)} ${y(value)}` : `V${y(value)}`}H${x(grid[at] as number)}`,
    );
    return `<path fill="none" stroke-width="1.8" ${strokeOf(i)} d="${path.join("")}"/>`;
  });
  const legend = arms.map(({ arm }, i) => {
    const left = LEFT + (i % COLUMNS) * ((WIDTH - LEFT) / COLUMNS);
    const at = TOP + PLOT + FOOT + Math.floor(i / COLUMNS) * ROW;
    return `<path stroke-width="2.5" ${strokeOf(i)} d="M${left.toFixed(1)} ${at}h22"/><text class="dim" x="${(left + 28).toFixed(1)}" y="${at + 4}">${escaped(arm)}</text>`;
  });
  const summary = arms.map(({ arm, reached }) => `${arm} ${reached.mean}`).join(", ");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">
<title>${escaped(`${report.world}: ${name} against evaluations`)}</title>
<desc>${escaped(`At ${budget} evaluations: ${summary}`)}</desc>
<style>
  text { font: 13px system-ui, sans-serif; fill: #24292f; } .dim { fill: #57606a; font-size: 12px; } .grid { stroke: #d8dee4; }
  @media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .dim { fill: #9da7b3; } .grid { stroke: #343b44; } }
</style>
<text x="${LEFT}" y="18">${escaped(name)}</text>
${horizontal.join("\n")}
${vertical.join("\n")}
<text class="dim" x="${WIDTH - RIGHT}" y="${TOP + PLOT + 32}" text-anchor="end">evaluations</text>
${lines.join("\n")}
${legend.join("\n")}
</svg>
`;
}

function strokeOf(i: number): string {
  const dash = DASHES[Math.floor(i / COLOURS.length) % DASHES.length] as string;
  return `stroke="${COLOURS[i % COLOURS.length]}"${dash === "" ? "" : ` stroke-dasharray="${dash}"`}`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

const BLOCKS = "▁▂▃▄▅▆▇█";

/** The same as one line of text for each arm, in blocks from the lowest to the highest value of all of them; `columns` wide. */
export function curveText({ arms }: Pick<CompareReport, "arms">, columns: number): readonly string[] {
  const values = arms.flatMap(({ curve }) => curve);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return arms.map(({ curve }) =>
    Array.from({ length: Math.min(columns, curve.length) }, (_, i) => {
      const at = Math.min(curve.length - 1, Math.floor(((i + 1) * curve.length) / Math.min(columns, curve.length)) - 1);
      const share = high === low ? 0 : ((curve[at] as number) - low) / (high - low);
      return BLOCKS[Math.round(share * (BLOCKS.length - 1))];
    }).join(""),
  );
}
