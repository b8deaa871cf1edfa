import { fix, readIssue } from "@pawl/improve";
import type { Action } from "../command.ts";
import { finish } from "../finish.ts";
import { decimal, text } from "../number-options.ts";
import { list, present, readRunOptions } from "../run-options.ts";
import { readOutsideOptions } from "../outside-options.ts";
import { watch } from "../watch.ts";

export const run: Action = async (call) => {
  const issue = text(call, "issue");
  const options = {
    root: process.cwd(),
    ...readRunOptions(call),
    ...present({
      paths: call.positional.length === 0 ? undefined : call.positional,
      test: text(call, "test"),
      testTimeout: decimal(call, "testTimeout", "--test-timeout", 0.1),
      heldOut: decimal(call, "heldOut", "--held-out", 0, 0.5),
      ...readOutsideOptions(call),
      lessons: call.options["lessons"] === true ? true : undefined,
      issue: issue === undefined ? undefined : readIssue(issue),
      feedback: text(call, "feedback"),
      critics: list(call, "critics"),
      editTests: call.options["editTests"] === true ? true : undefined,
    }),
  };
  return finish(call, await watch(call.screen, (watched) => fix({ ...options, ...watched })));
};
