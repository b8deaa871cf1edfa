import { UsageError } from "@pawl/core";
import { resetExperience } from "@pawl/improve";
import type { Action } from "../command.ts";
import { nextCommand } from "../next-command.ts";
import { stateFolder } from "../run-options.ts";

export const run: Action = async (call) => {
  const project = call.options["project"] === true;
  const user = call.options["user"] === true;
  if (!project && !user)
    throw new UsageError({
      what: "nothing was named that could be forgotten",
      where: "pawl reset",
      todo: "Say --project (what was learned here), --user (in all your projects), or both.",
    });
  resetExperience({ user, ...(project ? { project: stateFolder(call) } : {}) });
  call.screen.document({ project, user });
  const what = [...(project ? ["this project"] : []), ...(user ? ["all your projects"] : [])].join(" and ");
  const lessons = project ? ` Lessons as well, until \`${nextCommand(call, "lessons --forget all")}\`.` : "";
  call.screen.print(`Forgotten: what was learned in ${what}. Runs and results are still there.${lessons}`);
  return 0;
};
