import type { Call } from "./command.ts";
import { COMMANDS } from "./command-table.ts";
import { text } from "./number-options.ts";

/** A command line a person can type next, about the same store. */
export function nextCommand(call: Call, line: string): string {
  const named = text(call, "state");
  return named === undefined ? `pawl ${line}` : `pawl ${line} --state ${quoted(named)}`;
}

/** As a shell reads it. */
function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

const COMMAND = /`pawl ([^`|]*?)( \|[^`]*)?`/g;

/** Advice of the engine, which knows nothing of the flags: its command lines are about the same store, too. */
export function nextCommands(call: Call, advice: string): string {
  return advice.replaceAll(COMMAND, (whole, line: string, pipe: string | undefined) => {
    const command = COMMANDS.find(({ name }) => name === line.split(" ", 1)[0]);
    const takesState = command?.options.some(({ flags }) => flags.startsWith("--state ")) === true;
    if (!takesState || /--(?:state|help)\b/.test(line)) return whole;
    return `\`${nextCommand(call, line)}${pipe ?? ""}\``;
  });
}
