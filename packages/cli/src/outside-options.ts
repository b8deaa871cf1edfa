import { resolve } from "node:path";
import { editorDesk, type RunOptions } from "@pawl/improve";
import type { Call } from "./command.ts";
import { decimal, text } from "./number-options.ts";
import { list, present } from "./run-options.ts";

/** What an agent or a person as proposer needs; undefined where nothing was said about it. */
export function readOutsideOptions(call: Call): {
  readonly agent: RunOptions["agent"];
  readonly desk: RunOptions["desk"];
} {
  return { agent: readAgentOptions(call), desk: openDesk(call) };
}

/** What a coding agent gets besides the project. */
function readAgentOptions(call: Call): RunOptions["agent"] {
  const options = present({
    variables: list(call, "agentEnv"),
    shown: list(call, "agentFiles")?.map((path) => resolve(path)),
    steps: call.options["agentSteps"] === true ? true : undefined,
    seconds: decimal(call, "agentTime", "--agent-time", 1, 24 * 3600),
  });
  return Object.keys(options).length === 0 ? undefined : options;
}

/** A person at a terminal who has an editor uses it; everybody else uses `pawl submit`, which is what undefined says. */
export function openDesk(call: Call): RunOptions["desk"] {
  const editor = process.env["VISUAL"] || process.env["EDITOR"];
  const atTerminal = !call.screen.json && process.stdin.isTTY === true && process.stderr.isTTY === true;
  if (editor === undefined || editor === "" || !atTerminal || text(call, "proposer") === "syntax") return undefined;
  return editorDesk(editor, (line) => call.screen.note(line));
}
