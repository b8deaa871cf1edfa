import { UsageError } from "@pawl/core";
import type { Action, Call } from "../command.ts";

/** Which flags belong to which word after `agent`; the common ones to all. */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
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
  checkFlags(call, word);
  const { run: runWord } = await SUBCOMMANDS[word]();
  return await runWord({ ...call, positional: rest });
};

function checkFlags(call: Call, word: string): void {
  for (const [owner, names] of Object.entries(FLAGS)) {
    const foreign = owner === word ? undefined : names.find((name) => call.options[name] !== undefined);
    if (foreign !== undefined)
      throw new UsageError({
        what: `--${foreign.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} belongs to 'pawl agent ${owner}'`,
        where: `pawl agent ${word}`,
        todo: "Leave it out; `pawl agent --help` tells what each flag is for.",
      });
  }
}
