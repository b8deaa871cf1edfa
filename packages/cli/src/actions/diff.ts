import { patchOf } from "@pawl/improve";
import type { Action } from "../command.ts";
import { text } from "../number-options.ts";
import { colourDiff } from "../report/diff.ts";
import { runOf, stateFolder } from "../run-options.ts";

export const run: Action = async (call) => {
  const state = stateFolder(call);
  const id = runOf(call, state);
  const patch = patchOf(state, id, text(call, "candidate"));
  call.screen.document({ run: id, patch });
  call.screen.print(colourDiff(patch.replace(/\n$/, ""), call.screen.colors));
  return 0;
};
