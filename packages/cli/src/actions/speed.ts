import { UsageError } from "@pawl/core";
import { speed, type SpeedOptions } from "@pawl/improve";
import type { Action } from "../command.ts";
import { calmScreen, TerminalExpert } from "../expert-desk.ts";
import { finish } from "../finish.ts";
import { decimal, text } from "../number-options.ts";
import { readOutsideOptions } from "../outside-options.ts";
import { present, readRunOptions } from "../run-options.ts";
import { watch } from "../watch.ts";

export const run: Action = async (call) => {
  const [target] = call.positional;
  if (target === undefined)
    throw new UsageError({
      what: "a function is needed",
      where: "pawl speed",
      todo: "Name it by its file and its export: pawl speed src/text.ts#slugify",
    });
  const minGain = decimal(call, "minGain", "--min-gain", 0);
  if (minGain !== undefined && minGain >= 1)
    throw new UsageError({
      what: "the smallest gain is a share of the time, from 0 to less than 1",
      where: `--min-gain ${minGain}`,
      todo: "Give 0.05 for five percent.",
    });
  const expert = text(call, "expert") as SpeedOptions["expert"];
  const desk = expert === "me" ? new TerminalExpert((line) => call.screen.note(line)) : undefined;
  const options = {
    root: process.cwd(),
    target,
    ...readRunOptions(call),
    ...present({
      cases: text(call, "cases"),
      test: text(call, "test"),
      minGain,
      expert,
      expertDesk: desk,
      ...readOutsideOptions(call),
    }),
  };
  const screen = desk === undefined ? call.screen : calmScreen(call.screen);
  try {
    return finish(call, await watch(screen, (watched) => speed({ ...options, ...watched })));
  } finally {
    desk?.close();
  }
};
