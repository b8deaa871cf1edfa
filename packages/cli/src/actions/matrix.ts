import { EXIT } from "@pawl/core";
import { matrix, parseVersions } from "@pawl/improve";
import type { Action } from "../command.ts";
import { nextCommand } from "../next-command.ts";
import { decimal, text } from "../number-options.ts";
import { matrixText } from "../report/matrix.ts";
import { present, readRunOptions } from "../run-options.ts";
import { watch } from "../watch.ts";

export const run: Action = async (call) => {
  const { screen, positional } = call;
  const versions = text(call, "versions");
  const options = {
    root: process.cwd(),
    dependency: positional[0] as string,
    ...readRunOptions(call),
    ...present({
      versions: versions === undefined ? undefined : parseVersions(versions),
      test: text(call, "test"),
      testTimeout: decimal(call, "testTimeout", "--test-timeout", 0.1),
      heldOut: decimal(call, "heldOut", "--held-out", 0, 0.5),
      fix: call.options["fix"] === true ? true : undefined,
      bisect: call.options["bisect"] === true ? true : undefined,
    }),
  };
  const result = await watch(screen, (watched, view) =>
    matrix({ ...options, ...watched, onPhase: (phase) => view.say(phase) }),
  );
  screen.document(result);
  screen.print(matrixText(result, (line) => nextCommand(call, line), screen));
  return result.status === "passed" ? EXIT.reached : EXIT.notReached;
};
