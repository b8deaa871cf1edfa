import { EXIT } from "@pawl/core";
import { demo } from "@pawl/improve";
import type { Action } from "../command.ts";
import { demoText } from "../report/demo.ts";
import { isReached } from "../report/result.ts";
import { readMachineOptions } from "../run-options.ts";
import { watch } from "../watch.ts";

export const run: Action = async (call) => {
  const { screen } = call;
  const options = readMachineOptions(call);
  const { bold } = screen.noteColors;
  const report = await watch(screen, (watched, view) =>
    demo({ ...options, ...watched, onStep: (text) => view.say(bold(`• ${text}`)) }),
  );
  screen.document(report);
  screen.print(demoText(report, screen));
  const reached = report.steps.length > 0 && report.steps.every(({ result }) => isReached(result));
  return reached ? EXIT.reached : EXIT.notReached;
};
