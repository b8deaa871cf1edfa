import { readFileSync } from "node:fs";
import { EXIT, UsageError } from "@pawl/core";
import { submit } from "@pawl/improve";
import type { Action } from "../command.ts";
import { stateFolder } from "../run-options.ts";
import { verdictText } from "../report/verdict.ts";

export const run: Action = async (call) => {
  const [id = "", file = ""] = call.positional;
  const verdict = await submit({ state: stateFolder(call), run: id, patch: read(file) });
  call.screen.document(verdict);
  call.screen.print(verdictText(verdict, call.screen.colors));
  return verdict.kept ? EXIT.reached : EXIT.notReached;
};

function read(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (cause) {
    throw new UsageError({
      what: `the patch cannot be read: ${(cause as Error).message}`,
      where: file,
      todo: "Name a file with a unified diff, or - for standard input.",
      cause,
    });
  }
}
