import { EXIT } from "@pawl/core";
import { replayRun } from "@pawl/improve";
import type { Action } from "../command.ts";
import { table } from "../report/table.ts";
import { watch } from "../watch.ts";
import { readMachineOptions, runOf, stateFolder } from "../run-options.ts";

export const run: Action = async (call) => {
  const { screen } = call;
  const state = stateFolder(call);
  const recheck = call.options["recheck"] === true;
  const options = { state, run: runOf(call, state), recheck, ...readMachineOptions(call) };
  const report = await watch(screen, (watched) => replayRun({ ...options, ...watched }));
  const same = report.identical && report.differences.length === 0;
  const { bold, green, red } = screen.colors;
  screen.document(report);
  screen.print(
    report.identical
      ? bold(green(`${report.run} repeats: ${report.events} events, the same byte for byte`))
      : bold(red(`${report.run} does not repeat`)),
  );
  screen.print(`  digest ${report.digest}`);
  if (report.rechecked) screen.print(`  ${report.differences.length} verdicts came out differently when judged again`);
  if (report.differences.length > 0) {
    const rows = report.differences.map(({ n, recorded, now }) => [String(n), recorded, now]);
    screen.print(table([["number", "recorded", "now"], ...rows], screen.columns));
  }
  return same ? EXIT.reached : EXIT.notReached;
};
