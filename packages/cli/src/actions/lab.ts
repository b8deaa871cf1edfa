import { UsageError } from "@pawl/core";
import type { Action, Call } from "../command.ts";

/** Which flags belong to which word after `lab`; --results and the common ones to all. */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
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
  checkFlags(call, word);
  const { run: runWord } = await SUBCOMMANDS[word]();
  return await runWord({ ...call, positional: systems });
};

function checkFlags(call: Call, word: string): void {
  for (const [owner, names] of Object.entries(FLAGS)) {
    const foreign = owner === word ? undefined : names.find((name) => call.options[name] !== undefined);
    if (foreign !== undefined)
      throw new UsageError({
        what: `--${foreign} belongs to 'pawl lab ${owner}'`,
        where: `pawl lab ${word} --${foreign}`,
        todo: "Leave it out; `pawl lab --help` tells what each flag is for.",
      });
  }
}
