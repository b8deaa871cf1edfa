import { applyRun } from "@pawl/improve";
import type { Action } from "../command.ts";
import { runOf, stateFolder } from "../run-options.ts";

export const run: Action = async (call) => {
  const state = stateFolder(call);
  const id = runOf(call, state);
  const { files } = applyRun(state, id);
  call.screen.document({ run: id, files });
  call.screen.print(
    files.length === 0 ? "Nothing to write: the result is there already." : `Written: ${files.join(", ")}`,
  );
  return 0;
};
