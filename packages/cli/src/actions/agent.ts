import { UsageError } from "@pawl/core";
import type { Action } from "../command.ts";
import { demandOwnFlags, type FlagOwners } from "../flag-owners.ts";

/** Which flags belong to which word after `agent`; the common ones to all. */
const FLAGS: FlagOwners = {
  improve: ["children", "stages", "fresh", "seed", "from", "resume", "isolation", "unsafeNoSandbox"],
  use: ["yes"],
};

const SUBCOMMANDS = {
  improve: () => import("./agent-improve.ts"),
  list: () => import("./agent-list.ts"),
  show: () => import("./agent-show.ts"),
  use: () => import("./agent-use.ts"),
};

export const run: Action = async (call) => {
  const [word, ...rest] = call.positional as [keyof typeof SUBCOMMANDS, ...string[]];
  const wantsAgent = word === "show" || word === "use";
  if (wantsAgent !== (rest.length === 1))
    throw new UsageError({
      what: wantsAgent ? `'pawl agent ${word}' needs the id of an agent` : `'pawl agent ${word}' takes no agent`,
      where: `pawl agent ${word} ${rest.join(" ")}`.trim(),
      todo: wantsAgent ? "`pawl agent list` shows the ids." : "Leave it out.",
    });
  demandOwnFlags(call, FLAGS, word, {
    line: `pawl agent ${word}`,
    owner: (owner) => `'pawl agent ${owner}'`,
    help: "pawl agent",
  });
  const { run: runWord } = await SUBCOMMANDS[word]();
  return await runWord({ ...call, positional: rest });
};
