import { EXIT } from "@pawl/core";
import { checkRun, doctor } from "@pawl/improve";
import type { Action } from "../command.ts";
import { text } from "../number-options.ts";
import { doctorText } from "../report/doctor.ts";
import { stateFolder } from "../run-options.ts";

export const run: Action = async (call) => {
  const { screen } = call;
  const id = text(call, "run");
  if (id === undefined) {
    const report = await doctor();
    screen.document(report);
    screen.print(doctorText(report, screen));
    return report.isolation.best === "none" ? EXIT.machine : EXIT.reached;
  }
  const { events, problems } = checkRun(stateFolder(call), id);
  screen.document({ run: id, events, problems });
  const { bold, green, red, dim } = screen.colors;
  if (problems.length === 0) screen.print(bold(green(`The record of ${id} is whole: ${events} events`)));
  for (const { what, where, todo } of problems)
    screen.print(`${bold(red(what))}\n  ${dim("where:")} ${where}\n  ${dim("what to do:")} ${todo}`);
  return problems.length === 0 ? EXIT.reached : EXIT.machine;
};
