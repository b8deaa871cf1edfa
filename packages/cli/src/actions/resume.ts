import { resumeRun } from "@pawl/improve";
import type { Action } from "../command.ts";
import { finish } from "../finish.ts";
import { openDesk } from "../outside-options.ts";
import { present, readMachineOptions, runOf, stateFolder } from "../run-options.ts";
import { watch } from "../watch.ts";

export const run: Action = async (call) => {
  const state = stateFolder(call);
  const id = runOf(call, state);
  const options = { state, run: id, ...readMachineOptions(call), ...present({ desk: openDesk(call) }) };
  return finish(call, await watch(call.screen, (watched) => resumeRun({ ...options, ...watched })));
};
