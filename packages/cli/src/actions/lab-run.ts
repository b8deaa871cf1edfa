import { EXIT, PawlError, UsageError } from "@pawl/core";
import { codeCommit, runSystems, type SystemRun } from "@pawl/lab";
import type { Action, Call } from "../command.ts";
import { onInterrupt } from "../interrupt.ts";
import { openResults } from "../lab-options.ts";
import { text, wholeNumber } from "../number-options.ts";
import { explainError, reportError } from "../report-error.ts";
import { labDocument, labRunText } from "../report/lab.ts";
import { list, present } from "../run-options.ts";

export const run: Action = async (call) => {
  const { screen, positional: ids } = call;
  if (ids.length === 0)
    throw new UsageError({
      what: "no system was named",
      where: "pawl lab run",
      todo: "Name one or several, or all: `pawl lab list --status built` shows them.",
    });
  const options = present({
    seeds: wholeNumber(call, "seeds", "--seeds", 1),
    quick: call.options["quick"] === true ? true : undefined,
    again: call.options["again"] === true ? true : undefined,
    arms: list(call, "arms"),
    jobs: wholeNumber(call, "jobs", "--jobs", 1),
  });
  const store = openResults(call);
  const { signal, release } = onInterrupt(() =>
    screen.note("Stopping; what was measured is kept. Press Ctrl-C twice to quit at once."),
  );
  const say = (line: string): void => screen.note(line);
  try {
    const runs = await runSystems(ids, { ...options, store, commit: codeCommit(), signal, say });
    screen.document({ results: store.folder, systems: runs.map(labDocument) });
    if (runs.length === 0) screen.print("No system is built.");
    for (const each of runs) screen.print(labRunText(each, screen));
    return Math.max(0, ...runs.map((each) => exitCodeOf(call, each)));
  } catch (error) {
    if (!signal.aborted) throw error;
    throw interrupted(call, store.folder, error);
  } finally {
    release();
  }
};

/** The quick form judges nothing, and a few arms alone allow no outcome: then it is enough that they ran. */
function exitCodeOf({ screen, options }: Call, each: SystemRun): number {
  if (each.report === null) {
    const explained = explainError(each.error);
    // With --json the errors stand in the one document.
    return screen.json ? explained.exitCode : reportError(screen, explained);
  }
  const { outcome, quick } = each.report;
  if (quick || outcome === "reproduced" || outcome === "reported only") return EXIT.reached;
  return outcome === null && options["arms"] !== undefined ? EXIT.reached : EXIT.notReached;
}

function interrupted(call: Call, folder: string, cause: unknown): PawlError {
  const quick = call.options["quick"] === true;
  const again = call.options["again"] === true && !quick;
  const flags = ["seeds", "arms", "jobs", "results"].flatMap((name) => {
    const value = text(call, name);
    return value === undefined ? [] : [`--${name} ${/^[\w.,/-]+$/.test(value) ? value : `'${value}'`}`];
  });
  const line = ["pawl lab run", ...call.positional, ...flags, ...(quick ? ["--quick"] : [])];
  return new PawlError({
    what: "the measurement was interrupted; every arm run that was finished is kept",
    where: folder,
    todo: `${quick ? "Begin anew" : "Go on"} with \`${line.join(" ")}\`.${again ? " What was not measured again counts as it was; with --again all begins anew." : ""}`,
    exitCode: EXIT.interrupted,
    cause,
  });
}
