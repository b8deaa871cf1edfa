import { branchRun } from "@pawl/improve";
import type { Action } from "../command.ts";
import { text } from "../number-options.ts";
import { runOf, stateFolder } from "../run-options.ts";

export const run: Action = async (call) => {
  const state = stateFolder(call);
  const id = runOf(call, state);
  const { branch, commit } = branchRun(state, id, text(call, "name"));
  call.screen.document({ run: id, branch, commit });
  call.screen.print(`Branch ${branch} holds the change as commit ${commit.slice(0, 10)}.`);
  call.screen.print(`Look at it: git show ${branch}`);
  return 0;
};
