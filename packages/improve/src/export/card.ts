import type { ExportFormat, Row } from "./rows.ts";
import { featureLines, schemaOf, type Shape } from "./schema.ts";
import type { Split } from "./splits.ts";

export interface Lengths {
  readonly least: number;
  readonly median: number;
  readonly p95: number;
  readonly most: number;
}

/** What a data set is made of; a function of the recorded runs and the options alone. */
export interface DataCard {
  readonly format: ExportFormat;
  readonly shape: Shape;
  readonly rows: number;
  readonly tasks: number;
  readonly runs: readonly string[];
  readonly splits: Readonly<Record<Split, { readonly rows: number; readonly tasks: number }>>;
  /** Rows by licence. */
  readonly licences: Readonly<Record<string, number>>;
  /** Candidates in the rows, by who made them. */
  readonly proposers: Readonly<Record<string, number>>;
  /** Candidates in the rows, by how their verdict was reached. */
  readonly verdicts: Readonly<Record<string, number>>;
  /** `label true`, `label false`; for groups `equal rewards` and `different rewards`. */
  readonly balance: Readonly<Record<string, number>>;
  /** Characters of a row's texts together. */
  readonly characters: Lengths | null;
  /** What was not taken, by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
  readonly filters: {
    readonly licences: readonly string[];
    readonly secrets: "left out" | "redacted";
    readonly screenedFailures: boolean;
    readonly perTask: number;
    readonly promptCharacters: number;
  };
}

export function cardOf(
  rows: readonly { readonly row: Row; readonly split: Split }[],
  known: Pick<DataCard, "format" | "shape" | "runs" | "leftOut" | "filters">,
): DataCard {
  const splits = { train: count(rows, "train"), validation: count(rows, "validation"), test: count(rows, "test") };
  return {
    format: known.format,
    shape: known.shape,
    rows: rows.length,
    tasks: new Set(rows.map(({ row }) => row.pawl.task)).size,
    runs: known.runs,
    splits,
    licences: tally(rows.map(({ row }) => row.pawl.licence)),
    proposers: tally(rows.flatMap(({ row }) => row.pawl.proposers)),
    verdicts: tally(rows.flatMap(({ row }) => row.pawl.verdicts)),
    balance: tally(rows.flatMap(({ row }) => balanceOf(row))),
    characters: lengths(rows.map(({ row }) => textsOf(row).reduce((sum, text) => sum + text.length, 0))),
    leftOut: known.leftOut,
    filters: known.filters,
  };
}

/** Every text of a row that a trainer would see. */
export function textsOf(row: Row): readonly string[] {
  const { pawl: _pawl, verify: _verify, ...rest } = row;
  const inside = (value: unknown): readonly string[] => {
    if (typeof value === "string") return [value];
    if (Array.isArray(value)) return value.flatMap(inside);
    return typeof value === "object" && value !== null && "content" in value ? inside(value.content) : [];
  };
  return Object.values(rest).flatMap(inside);
}

const TITLES: Readonly<Record<ExportFormat, string>> = {
  sft: "task and verified patch, for supervised fine-tuning",
  dpo: "a better and a worse patch for the same task, for preference optimisation",
  kto: "patches with a label, right or wrong, for unpaired preference optimisation",
  grpo: "tasks with several patches and their rewards, and what is needed to verify an answer again",
  critique: "a patch with the evidence, and a critique that knows the outcome",
  corrections: "a failed patch, what was reported of it, and the repair",
};

/** The card as a page; its head tells `datasets` where the files are and what stands in them. */
export function cardPage(card: DataCard): string {
  const present = (Object.keys(card.splits) as Split[]).filter((split) => card.splits[split].rows > 0);
  const table = (title: string, entries: Readonly<Record<string, number>>): readonly string[] =>
    Object.keys(entries).length === 0
      ? []
      : [
          "",
          `| ${title} | |`,
          "|---|---|",
          ...Object.entries(entries).map(([name, n]) => `| ${name.replaceAll("|", "\\|")} | ${n} |`),
        ];
  return [
    "---",
    "configs:",
    "  - config_name: default",
    ...(present.length === 0 ? ["    data_files: []"] : ["    data_files:"]),
    ...present.flatMap((split) => [`      - split: ${split}`, `        path: ${split}.jsonl`]),
    "dataset_info:",
    "  features:",
    ...featureLines(schemaOf(card.format, card.shape), "    "),
    "---",
    "",
    `# ${card.format}: ${TITLES[card.format]}`,
    "",
    `Written by \`pawl export\` from ${card.runs.length === 1 ? "the run" : "the runs"} ${card.runs.join(", ")}. Rows: ${card.rows}; tasks: ${card.tasks}; shape: ${card.shape}.`,
    "A candidate counts as right when it was confirmed in a fresh sandbox, and, where tests were held out, when it passed those as well.",
    "Held-out tests stand in no text. All rows of a task are in one split. `schema.json` says what a row looks like.",
    "",
    "| split | rows | tasks |",
    "|---|---|---|",
    ...Object.entries(card.splits).map(([split, { rows, tasks }]) => `| ${split} | ${rows} | ${tasks} |`),
    ...table("rows by licence", card.licences),
    ...table("candidates by who made them", card.proposers),
    ...table("candidates by verdict", card.verdicts),
    ...table("balance", card.balance),
    ...(card.characters === null ? [] : table("characters in a row", { ...card.characters })),
    ...table("left out", card.leftOut),
    "",
    "## Filters",
    "",
    `- Licences: ${card.filters.licences.join(", ")}.`,
    `- Secrets: rows with something that looks like one are ${card.filters.secrets === "redacted" ? "kept, with `[secret]` in its place" : "left out"}.`,
    card.filters.screenedFailures
      ? "- Failures that were only screened are taken as failures; their `pawl.verdicts` say `screened`."
      : "- Only confirmed verdicts count, for failures as well.",
    `- At most ${card.filters.perTask} rows (or completions of a group) per task; prompts show at most ${card.filters.promptCharacters} characters of code.`,
    "",
  ].join("\n");
}

function balanceOf(row: Row): readonly string[] {
  if (typeof row["label"] === "boolean") return [`label ${row["label"]}`];
  const rewards = row["rewards"];
  if (!Array.isArray(rewards)) return [];
  return [rewards.every((reward) => reward === rewards[0]) ? "equal rewards" : "different rewards"];
}

function count(
  rows: readonly { readonly row: Row; readonly split: Split }[],
  split: Split,
): { readonly rows: number; readonly tasks: number } {
  const own = rows.filter((each) => each.split === split);
  return { rows: own.length, tasks: new Set(own.map(({ row }) => row.pawl.task)).size };
}

/** How often each name occurs, names in alphabetical order. */
export function tally(names: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function lengths(values: readonly number[]): Lengths | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;
  return { least: at(0), median: at(0.5), p95: at(0.95), most: at(1) };
}
