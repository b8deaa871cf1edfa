import type { CommandSpec } from "./command.ts";
import { COMPARING } from "./commands/comparing.ts";
import { EVOLVING } from "./commands/evolving.ts";
import { IMPROVING } from "./commands/improving.ts";
import { LAB } from "./commands/lab.ts";
import { LOCATING } from "./commands/locating.ts";
import { LOOKING } from "./commands/looking.ts";
import { MACHINE } from "./commands/machine.ts";

/** Every command, in the order of the help. A new one is an entry in one of these lists and a file in `actions/`. */
export const COMMANDS: readonly CommandSpec[] = [
  ...IMPROVING,
  ...LOCATING,
  ...LOOKING,
  ...LAB,
  ...COMPARING,
  ...EVOLVING,
  ...MACHINE,
];
