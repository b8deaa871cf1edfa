import { branchRun } from "@pawl/improve";
import type { Action } from "../command.ts";
import { text } from "../number-options.ts";
import { doubtOf } from "../report/doubt.ts";
import { runOf, stateFolder } from "../run-options.ts";

export const run: Action = async (call) => {
  const state = stateFolder(call);
  const id = runOf(call, state);
  const doubt = doubtOf(state, id);
  if (doubt !== null) call.screen.note(`note: ${doubt}`);
  const { branch, commit, commits, unsigned } = branchRun(state, id, text(call, "name"));
  call.screen.document({ run: id, branch, commit, commits });
  if (commits.length === 1) call.screen.print(`Branch ${branch} holds the change as commit ${commit.slice(0, 10)}.`);
  else {
    call.screen.print(`Branch ${branch} holds the change as ${commits.length} commits, each judged alone:`);
    for (const each of commits) call.screen.print(`  ${each.commit.slice(0, 10)} ${each.subject}`);
  }
  if (unsigned)
    call.screen.print(
      `Not signed, though git signs your commits: git rebase --exec 'git commit --amend --no-edit -S' ${commits.length === 1 ? `${branch}~` : `${branch}~${commits.length}`} ${branch}`,
    );
  call.screen.print(`Look at it: git log -p -${commits.length} ${branch}`);
  return 0;
};
