import { EXIT } from "@pawl/core";
import { runFragment } from "@pawl/improve";
import type { Action } from "../command.ts";
import { fragmentText } from "../report/fragment.ts";
import { onInterrupt } from "../interrupt.ts";
import { readMachineOptions } from "../run-options.ts";

export const run: Action = async (call) => {
  const { screen } = call;
  const { isolation, unsafe } = readMachineOptions(call);
  const { signal, release } = onInterrupt(() => screen.note("Stopping."));
  try {
    const result = await runFragment({
      root: process.cwd(),
      place: call.positional[0] as string,
      signal,
      ...(isolation === undefined ? {} : { isolation }),
      ...(unsafe === undefined ? {} : { unsafe }),
    });
    screen.document(result);
    screen.print(fragmentText(result, screen));
    return result.status === "complete" ? EXIT.reached : EXIT.notReached;
  } finally {
    release();
  }
};
