import { EXIT } from "@pawl/core";
import { stopRun } from "@pawl/improve";
import type { Action } from "../command.ts";
import { nextCommand } from "../next-command.ts";
import { runOf, stateFolder } from "../run-options.ts";

export const run: Action = async (call) => {
  const state = stateFolder(call);
  const id = runOf(call, state);
  const stopped = stopRun(state, id);
  call.screen.document({ run: id, stopped });
  call.screen.print(
    stopped
      ? `Asked ${id} to stop; it saves its state. Go on later with \`${nextCommand(call, `resume ${id}`)}\`.`
      : `Nobody is working on ${id}; there was nothing to stop.`,
  );
  return stopped ? EXIT.reached : EXIT.notReached;
};
