import { EXIT } from "@pawl/core";
import { why } from "@pawl/improve";
import type { Action } from "../command.ts";
import { onInterrupt } from "../interrupt.ts";
import { readLookOptions } from "../look-options.ts";
import { whyText } from "../report/locate.ts";

export const run: Action = async (call) => {
  const { screen } = call;
  const { signal, release } = onInterrupt(() => screen.note("Stopping."));
  try {
    const result = await why({ ...readLookOptions(call), signal, name: call.positional[0] as string });
    screen.document(result);
    screen.print(whyText(result, screen));
    return result.methods.length > 0 ? EXIT.reached : EXIT.notReached;
  } finally {
    release();
  }
};
