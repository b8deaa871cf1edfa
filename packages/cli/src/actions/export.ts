import { resolve } from "node:path";
import { EXIT, UsageError } from "@pawl/core";
import {
  EXPORT_FORMATS,
  exportRuns,
  latestRun,
  parseShares,
  type ExportFormat,
  type ExportOptions,
} from "@pawl/improve";
import type { Action } from "../command.ts";
import { text, wholeNumber } from "../number-options.ts";
import { exportText } from "../report/export.ts";
import { list, present, stateFolder } from "../run-options.ts";

export const run: Action = async (call) => {
  const state = stateFolder(call);
  const { options, positional, screen } = call;
  const format = text(call, "format") as ExportFormat | undefined;
  if (format === undefined)
    throw new UsageError({
      what: "no format was named",
      where: "pawl export",
      todo: `Say which with --format: ${EXPORT_FORMATS.join(", ")}.`,
    });
  const all = options["all"] === true;
  if (all && positional.length > 0)
    throw new UsageError({
      what: "runs were named, and --all means every run",
      where: ["pawl export", ...positional].join(" "),
      todo: "Give one or the other.",
    });
  const shares = text(call, "split");
  const report = exportRuns({
    state,
    format,
    out: resolve(text(call, "out") ?? `pawl-export-${format}`),
    redact: options["redact"] === true,
    screened: options["screened"] === true,
    ...present({
      runs: all ? undefined : positional.length > 0 ? positional : [latestRun(state)],
      shape: text(call, "shape") as ExportOptions["shape"],
      licences: list(call, "licence"),
      shares: shares === undefined ? undefined : parseShares(shares),
      perTask: wholeNumber(call, "perTask", "--per-task", 1),
    }),
  });
  screen.document(report);
  screen.print(exportText(report, screen));
  return report.rows > 0 ? EXIT.reached : EXIT.notReached;
};
