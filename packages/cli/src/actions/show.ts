import { bugsOf, showRun, treeOfRun } from "@pawl/improve";
import type { Action } from "../command.ts";
import { bugsText } from "../report/bugs.ts";
import { runText } from "../report/show.ts";
import { treeText } from "../report/tree.ts";
import { nextCommand, runOf, stateFolder } from "../run-options.ts";

export const run: Action = async (call) => {
  const state = stateFolder(call);
  if (call.options["bugs"] === true) {
    const report = await bugsOf(state, runOf(call, state));
    call.screen.document(report);
    call.screen.print(bugsText(report, call.screen));
    return 0;
  }
  if (call.options["tree"] === true) {
    const tree = await treeOfRun({ state, run: runOf(call, state) });
    call.screen.document(tree);
    call.screen.print(treeText(tree, call.screen));
    return 0;
  }
  const detail = showRun(state, runOf(call, state));
  call.screen.document(detail);
  const next = (line: string): string => nextCommand(call, line);
  call.screen.print(runText(detail, call.options["all"] === true, next, call.screen));
  return 0;
};
