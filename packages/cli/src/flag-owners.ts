import { UsageError } from "@pawl/core";
import type { Call } from "./command.ts";
import { flagOf } from "./number-options.ts";

/** By the word or the way a command is called in: the flags that belong to it alone. Flags named nowhere belong to all. */
export type FlagOwners = Readonly<Record<string, readonly string[]>>;

/** Says no to a flag that would do nothing here: whoever gave it believes that it did. `asked` names the owner for people. */
export function demandOwnFlags(
  call: Call,
  owners: FlagOwners,
  here: string,
  asked: { readonly line: string; readonly owner: (owner: string) => string; readonly help: string },
): void {
  for (const [owner, names] of Object.entries(owners)) {
    const foreign = owner === here ? undefined : names.find((name) => call.options[name] !== undefined);
    if (foreign !== undefined)
      throw new UsageError({
        what: `${flagOf(foreign)} belongs to ${asked.owner(owner)}`,
        where: `${asked.line} ${flagOf(foreign)}`,
        todo: `Leave it out; \`${asked.help} --help\` tells what each flag is for.`,
      });
  }
}
