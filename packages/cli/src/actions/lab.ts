import { UsageError } from "@pawl/core";
import type { Action } from "../command.ts";
import { demandOwnFlags, type FlagOwners } from "../flag-owners.ts";

/** Which flags belong to which word after `lab`; --results and the common ones to all. */
const FLAGS: FlagOwners = {
  list: ["cluster", "stage", "status"],
  run: ["seeds", "quick", "arms", "again", "jobs"],
  report: ["out", "site"],
};

const SUBCOMMANDS = {
  list: () => import("./lab-list.ts"),
  run: () => import("./lab-run.ts"),
  report: () => import("./lab-report.ts"),
};

export const run: Action = async (call) => {
  const [word, ...systems] = call.positional as [keyof typeof SUBCOMMANDS, ...string[]];
  if (word !== "run" && systems.length > 0)
    throw new UsageError({
      what: `'pawl lab ${word}' takes no systems`,
      where: systems.join(" "),
      todo: "Leave them out, or `pawl lab run` them.",
    });
  demandOwnFlags(call, FLAGS, word, {
    line: `pawl lab ${word}`,
    owner: (owner) => `'pawl lab ${owner}'`,
    help: "pawl lab",
  });
  const { run: runWord } = await SUBCOMMANDS[word]();
  return await runWord({ ...call, positional: systems });
};
