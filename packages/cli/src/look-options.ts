import type { WhyOptions } from "@pawl/improve";
import type { Call } from "./command.ts";
import { text, wholeNumber } from "./number-options.ts";
import { list, present, readMachineOptions } from "./run-options.ts";

/** Options of commands that look at the project and record nothing. */
export function readLookOptions(call: Call): Omit<WhyOptions, "name" | "signal"> {
  return {
    root: process.cwd(),
    onPhase: (phase) => call.screen.note(phase),
    ...readMachineOptions(call),
    ...present({
      test: text(call, "test"),
      most: wholeNumber(call, "most", "--most", 1),
      exclude: list(call, "exclude"),
      include: list(call, "include"),
    }),
  };
}
