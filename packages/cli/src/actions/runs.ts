import { listRuns, type RunSummary } from "@pawl/improve";
import type { Action } from "../command.ts";
import { table } from "../report/table.ts";
import { stateFolder } from "../run-options.ts";

export const run: Action = async ({ options, positional, screen }) => {
  const runs = listRuns(stateFolder({ options, positional, screen }));
  screen.document({ runs });
  const { dim, green, yellow, cyan, red } = screen.colors;
  const rows = [["run", "state", "outcome", "started", "screened", "confirmed"], ...runs.map(row)];
  const paints: Readonly<Record<string, (cell: string) => string>> = {
    fixed: green,
    improved: green,
    running: cyan,
    paused: yellow,
    interrupted: yellow,
    failed: red,
  };
  screen.print(
    table(rows, screen.columns, (cell, _column, i) => (i === 0 ? dim(cell) : (paints[cell]?.(cell) ?? cell))),
  );
  return 0;
};

function row({ run: id, state, outcome, started, evaluations }: RunSummary): readonly string[] {
  return [id, state, outcome ?? "", localTime(started), String(evaluations.screened), String(evaluations.confirmed)];
}

/** `2026-03-01 14:05`, in the time zone of the machine. */
function localTime(iso: string): string {
  const date = new Date(iso);
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
