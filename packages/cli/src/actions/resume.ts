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
  const options = { state, run: id, ...readMachineOptions(call), ...present({ desk: openDesk(call) }) };
  const result = await watch(call.screen, async (watched, view) => {
    const note = (line: string): void => call.screen.note(line);
    const expertDesk = new TerminalExpert(note, () => view.close());
    try {
      return await resumeRun({ ...options, ...watched, expertDesk });
    } finally {
      expertDesk.close();
    }
  });
  return finish(call, result);
};
