import { COMMANDS } from "../command-table.ts";
import type { Complete, OptionSpec } from "../command.ts";

/** One flag as a shell needs it. */
export interface FlagWords {
  /** With its dashes. */
  readonly flag: string;
  readonly text: string;
  /** Null for a switch. */
  readonly value: Complete | null;
}

export interface CommandWords {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly FlagWords[];
  /** What the shell offers for the arguments. */
  readonly argument: Complete;
}

/** The command table as the completion scripts see it. */
export function completionWords(): readonly CommandWords[] {
  const help: OptionSpec = { flags: "--help", text: "print help" };
  const commands = COMMANDS.map((spec) => ({
    name: spec.name,
    summary: spec.summary,
    flags: [...spec.options, help].map(flagWords),
    argument: spec.arguments[0]?.complete ?? "nothing",
  }));
  const names = COMMANDS.map((spec) => spec.name);
  return [...commands, { name: "help", summary: "print help for a command", flags: [], argument: names }];
}

function flagWords({ flags, text, complete }: OptionSpec): FlagWords {
  const [flag, value] = flags.split(" ");
  return { flag: flag as string, text, value: value === undefined ? null : (complete ?? "nothing") };
}

/** Within single quotes of bash, zsh and fish scripts, where none of our texts may hold a single quote of its own. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "’")}'`;
}
