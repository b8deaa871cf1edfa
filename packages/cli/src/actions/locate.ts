import { existsSync } from "node:fs";
import { EXIT } from "@pawl/core";
import { locate, readIssue } from "@pawl/improve";
import type { Action } from "../command.ts";
import { onInterrupt } from "../interrupt.ts";
import { readLookOptions } from "../look-options.ts";
import { text } from "../number-options.ts";
import { locateText } from "../report/locate.ts";
import { present } from "../run-options.ts";

export const run: Action = async (call) => {
  const { screen, positional } = call;
  const given = positional[0] as string;
  const { signal, release } = onInterrupt(() => screen.note("Stopping."));
  try {
    const result = await locate({
      ...readLookOptions(call),
      signal,
      // A path is meant where there is a file, and where it looks like one.
      issue: existsSync(given) || /^\S+\.(?:md|txt)$/.test(given) ? readIssue(given) : given,
      ...present({ localiser: text(call, "localiser") }),
    });
    screen.document(result);
    screen.print(locateText(result, screen));
    return result.methods.length + result.files.length > 0 ? EXIT.reached : EXIT.notReached;
  } finally {
    release();
  }
};
