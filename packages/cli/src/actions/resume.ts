import { resumeRun } from "@pawl/improve";
import type { Action } from "../command.ts";
import { TerminalExpert } from "../expert-desk.ts";
import { finish } from "../finish.ts";
import { openDesk } from "../outside-options.ts";
import { present, readMachineOptions, runOf, stateFolder } from "../run-options.ts";
import { watch } from "../watch.ts";

export const run: Action = async (call) => {
  const state = stateFolder(call);
  const id = runOf(call, state);
  const expertDesk = new TerminalExpert((line) => call.screen.note(line));
  const options = { state, run: id, ...readMachineOptions(call), expertDesk, ...present({ desk: openDesk(call) }) };
  try {
    return finish(call, await watch(call.screen, (watched) => resumeRun({ ...options, ...watched })));
  } finally {
    expertDesk.close();
  }
};
