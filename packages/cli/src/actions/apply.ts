import { applyRun } from "@pawl/improve";
import type { Action } from "../command.ts";
import { doubtOf } from "../report/doubt.ts";
import { runOf, stateFolder } from "../run-options.ts";

export const run: Action = async (call) => {
  const state = stateFolder(call);
  const id = runOf(call, state);
  const doubt = doubtOf(state, id);
  if (doubt !== null) call.screen.note(`note: ${doubt}`);
  const { files } = applyRun(state, id);
  call.screen.document({ run: id, files });
  call.screen.print(
    files.length === 0 ? "Nothing to write: the result is there already." : `Written: ${files.join(", ")}`,
  );
  return 0;
};
