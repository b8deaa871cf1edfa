import { UsageError } from "@pawl/core";
import { bugsOf, showRun, treeOfRun } from "@pawl/improve";
import type { Action } from "../command.ts";
import { nextCommand } from "../next-command.ts";
import { bugsText } from "../report/bugs.ts";
import { runText } from "../report/show.ts";
import { treeText } from "../report/tree.ts";
import { runOf, stateFolder } from "../run-options.ts";

const VIEWS = ["all", "tree", "bugs"];

export const run: Action = async (call) => {
  const [view, other] = VIEWS.filter((name) => call.options[name] === true);
  if (other !== undefined)
    throw new UsageError({
      what: "a run is shown in one way at a time",
      where: `pawl show --${view} --${other}`,
      todo: "Say one of --all, --tree and --bugs.",
    });
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
