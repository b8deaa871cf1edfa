import { EXIT } from "@pawl/core";
import { applyRun, type RunResult } from "@pawl/improve";
import type { Call } from "./command.ts";
import { nextCommand } from "./next-command.ts";
import { isReached, resultText } from "./report/result.ts";
import { explainTo, reportError, type ErrorReport } from "./report-error.ts";
import { stateFolder } from "./run-options.ts";

/**
 * The end of a run: puts the result onto the work tree when `--apply` was given and the goal was reached, reports it, and returns the exit
 * code. A result that cannot be applied is still reported: it is stored and can be taken later.
 */
export function finish(call: Call, result: RunResult): number {
  const { screen } = call;
  let applied: readonly string[] | null = null;
  let failure: ErrorReport | null = null;
  if (call.options["apply"] === true && isReached(result)) {
    try {
      applied = applyRun(stateFolder(call), result.run).files;
    } catch (error) {
      failure = explainTo(call, error);
    }
  }
  screen.print(resultText({ result, applied, next: (line) => nextCommand(call, line) }, screen));
  if (failure !== null) {
    if (!screen.json) return reportError(screen, failure);
    screen.document({ ...result, applied: [], ...failure });
    return failure.exitCode;
  }
  screen.document(applied === null ? result : { ...result, applied });
  return isReached(result) ? EXIT.reached : EXIT.notReached;
}
