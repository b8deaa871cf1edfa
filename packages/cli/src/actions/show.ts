import { showRun } from "@pawl/improve";
import type { Action } from "../command.ts";
import { runText } from "../report/show.ts";
import { nextCommand, runOf, stateFolder } from "../run-options.ts";

export const run: Action = async (call) => {
  const state = stateFolder(call);
  const detail = showRun(state, runOf(call, state));
  call.screen.document(detail);
  const next = (line: string): string => nextCommand(call, line);
  call.screen.print(runText(detail, call.options["all"] === true, next, call.screen));
  return 0;
};
