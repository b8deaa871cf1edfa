import { UsageError } from "@pawl/core";
import { evolve } from "@pawl/improve";
import type { Action } from "../command.ts";
import { finish } from "../finish.ts";
import { decimal, text } from "../number-options.ts";
import { readOutsideOptions } from "../outside-options.ts";
import { present, readRunOptions } from "../run-options.ts";
import { watch } from "../watch.ts";

export const run: Action = async (call) => {
  const score = text(call, "score");
  if (score === undefined)
    throw new UsageError({
      what: "a score command is needed",
      where: "pawl evolve",
      todo: 'Give the command that prints the score: --score "node score.js".',
    });
  const options = {
    root: process.cwd(),
    files: call.positional,
    score,
    ...readRunOptions(call),
    ...present({
      minimize: call.options["minimize"] === true ? true : undefined,
      objective: text(call, "objective"),
      heldOutScore: text(call, "heldOutScore"),
      blocks: call.options["blocks"] === true ? true : undefined,
      problem: text(call, "problem"),
      scoreTimeout: decimal(call, "scoreTimeout", "--score-timeout", 0.1),
      baselines: call.options["baselines"] === false ? false : undefined,
      minGain: decimal(call, "minGain", "--min-gain", 0),
      goal: decimal(call, "goal", "--goal", -Infinity),
      ...readOutsideOptions(call),
    }),
  };
  return finish(call, await watch(call.screen, (watched) => evolve({ ...options, ...watched })));
};
