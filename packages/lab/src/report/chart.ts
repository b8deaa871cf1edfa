import type { SystemState } from "../overview.ts";
import type { Arm } from "../system.ts";
import { armFigures, claimedMetrics, type ArmFigures, type Figure } from "./figures.ts";
import { figure, interval } from "./words.ts";

const WIDTH = 440;
const EDGE = 10;
/** Between a text and the line of the grid beside it. */
const GAP = 4;
const ROW = 38;
const HEAD = 34;
const FOOT = 34;
const MOST_PANELS = 4;
const TICKS = 4;

/** Colours for light and for dark surroundings; a picture in a page follows the page's own choice. */
const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #24292f; }
  .dim { fill: #57606a; font-size: 12px; }
  .title { font-weight: 600; }
  .method { fill: #2f6fdb; } .other { fill: #9aa5b1; }
  .grid { stroke: #d8dee4; } .zero { stroke: #6e7781; }
  .whisker { stroke: #1f2328; stroke-width: 1.5; } .seed { fill: #1f2328; fill-opacity: 0.55; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } .dim { fill: #9da7b3; }
    .method { fill: #5b93f0; } .other { fill: #6b7683; }
    .grid { stroke: #343b44; } .zero { stroke: #8b949e; }
    .whisker { stroke: #f0f3f6; } .seed { fill: #f0f3f6; }
  }`;

/**
 * The arms by each metric that the claim speaks of, as SVG: a bar up to the mean over the seeds, a whisker of one standard error to both sides,
 * a dot for each seed. Null while nothing of that was measured.
 */
export function chart({ system, report }: NonNullable<SystemState["built"]>): string | null {
  const arms = armFigures(system, report.results);
  const panels = claimedMetrics(system)
    .map((metric) => ({ metric, rows: arms.flatMap((each) => rowOf(each, metric)) }))
    .filter(({ rows }) => rows.length > 0)
    .slice(0, MOST_PANELS);
  if (panels.length === 0) return null;
  let top = 0;
  const drawn = panels.map(({ metric, rows }) => {
    const text = panel(metric, rows, top);
    top += HEAD + rows.length * ROW + FOOT;
    return text;
  });
  const summary = panels.map(
    ({ metric, rows }) =>
      `${metric}: ${rows.map(({ arm, value }) => `${arm.id} ${interval(value.mean, value.standardError)}`).join(", ")}`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" width="${WIDTH}" height="${top}" role="img">
<title>${escaped(`${system.id}: ${panels.map(({ metric }) => metric).join(", ")} of each arm`)}</title>
<desc>${escaped(summary.join("; "))}</desc>
<style>${STYLE}
</style>
${drawn.join("\n")}
</svg>
`;
}

interface RowOfChart {
  readonly arm: Arm;
  readonly value: Figure;
}

function rowOf({ arm, metrics }: ArmFigures, metric: string): readonly RowOfChart[] {
  const value = metrics[metric];
  return value === undefined ? [] : [{ arm, value }];
}

function panel(metric: string, rows: readonly RowOfChart[], top: number): string {
  const ends = rows.flatMap(({ value: { mean, standardError, perSeed } }) => [
    mean - (standardError ?? 0),
    mean + (standardError ?? 0),
    ...perSeed,
  ]);
  const ticks = ticksOver(Math.min(0, ...ends), Math.max(0, ...ends));
  const [low, high] = [ticks[0] as number, ticks.at(-1) as number];
  const x = (value: number): string => (EDGE + ((value - low) / (high - low)) * (WIDTH - 2 * EDGE)).toFixed(1);
  const bottom = top + HEAD + rows.length * ROW;
  const grid = ticks.map((tick) => {
    const anchor = tick === low ? "start" : tick === high ? "end" : "middle";
    const line = `<line class="${tick === 0 ? "zero" : "grid"}" x1="${x(tick)}" x2="${x(tick)}" y1="${top + HEAD - 4}" y2="${bottom}"/>`;
    return `${line}<text class="dim" x="${x(tick)}" y="${bottom + 15}" text-anchor="${anchor}">${figure(tick)}</text>`;
  });
  const bars = rows.map(({ arm, value }, i) => {
    const y = top + HEAD + i * ROW;
    const { mean, standardError, perSeed } = value;
    const [from, to] = [Math.min(0, mean), Math.max(0, mean)];
    const middle = y + 26;
    const whisker =
      standardError === null
        ? ""
        : `<path class="whisker" fill="none" d="M${x(mean - standardError)} ${middle - 4}v8m0 -4H${x(mean + standardError)}m0 -4v8"/>`;
    return [
      `<text x="${EDGE + GAP}" y="${y + 14}">${escaped(arm.id)}<tspan class="dim"> ${arm.role}</tspan></text>`,
      `<text x="${WIDTH - EDGE - GAP}" y="${y + 14}" text-anchor="end">${interval(mean, standardError)}</text>`,
      `<rect class="${arm.role === "method" ? "method" : "other"}" x="${x(from)}" width="${(Number(x(to)) - Number(x(from))).toFixed(1)}" y="${y + 20}" height="12" rx="1"/>`,
      ...perSeed.map((seed) => `<circle class="seed" cx="${x(seed)}" cy="${middle}" r="2"/>`),
      whisker,
    ].join("");
  });
  return [`<text class="title" x="${EDGE}" y="${top + 18}">${escaped(metric)}</text>`, ...grid, ...bars].join("\n");
}

/** Round numbers that enclose both ends, a handful of them. */
export function ticksOver(low: number, high: number): readonly number[] {
  if (high === low) return ticksOver(low, low + 1);
  const rough = (high - low) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5].find((each) => each * power >= rough) ?? 10) * power;
  const from = Math.floor(low / step + 1e-9);
  const to = Math.max(from + 1, Math.ceil(high / step - 1e-9));
  return Array.from({ length: to - from + 1 }, (_, i) => Number(((from + i) * step).toPrecision(12)));
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
