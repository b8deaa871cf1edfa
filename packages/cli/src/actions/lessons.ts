import { UsageError } from "@pawl/core";
import { openLessons } from "@pawl/improve";
import type { Action } from "../command.ts";
import { text } from "../number-options.ts";
import { table } from "../report/table.ts";
import { list, stateFolder } from "../run-options.ts";
import { oneLine } from "../words.ts";

export const run: Action = async (call) => {
  const { screen } = call;
  using memory = openLessons(stateFolder(call));
  if (text(call, "forget") !== undefined) {
    const keys = list(call, "forget") ?? [];
    const all = keys.length === 1 && keys[0] === "all";
    const unknown = all ? undefined : keys.find((key) => !memory.list().some((lesson) => lesson.key === key));
    if (unknown !== undefined)
      throw new UsageError({
        what: `there is no lesson '${unknown}'`,
        where: "--forget",
        todo: "`pawl lessons` lists them.",
      });
    const forgotten = memory.forget(all ? undefined : keys);
    screen.document({ forgotten });
    screen.print(`Forgotten: ${forgotten}.`);
    return 0;
  }
  const lessons = memory.list();
  screen.document({ lessons });
  const rows = lessons.map(({ key, run: id, used, symptom, summary }) => [
    key,
    id,
    String(used),
    oneLine(summary === "" ? "not repaired" : summary),
    oneLine(symptom[0] ?? ""),
  ]);
  const header = ["key", "run", "used", "repaired by", "failure"];
  screen.print(
    lessons.length === 0
      ? "No lessons yet: every run of `pawl fix` leaves one."
      : table([header, ...rows], screen.columns, (cell, _column, row) => (row === 0 ? screen.colors.dim(cell) : cell)),
  );
  return 0;
};
