import { DivergenceError, RunSession, UsageError, isLifecycle, recordOf, type Search } from "@pawl/core";
import { digestOf } from "./check-run.ts";
import { EvolveEnvironment } from "./evolve-environment.ts";
import { evolveOptionsOf, type EvolveConfig } from "./evolve-config.ts";
import { runEvolve } from "./evolve.ts";
import { executeSession } from "./execute.ts";
import { FixEnvironment } from "./fix-environment.ts";
import { fixOptionsOf, type FixConfig } from "./fix-config.ts";
import { runFix } from "./fix.ts";
import type { FixOptions, RunOptions, SpeedOptions } from "./options.ts";
import { openExisting } from "./record.ts";
import type { ReplayReport, RunResult } from "./results.ts";
import { SpeedEnvironment } from "./speed-environment.ts";
import { runSpeed } from "./speed.ts";
import { speedOptionsOf, type SpeedConfig } from "./speed-config.ts";

type Watch = Pick<RunOptions, "signal" | "onProgress" | "isolation" | "unsafe" | "jobs"> &
  Pick<FixOptions, "desk"> &
  Pick<SpeedOptions, "expertDesk"> & { readonly onSearch?: (search: Search) => void };

/** Goes on with a run that was paused or killed. */
export async function resumeRun(options: Watch & { readonly state: string; readonly run: string }): Promise<RunResult> {
  const store = openExisting(options.state);
  try {
    return await executeSession(RunSession.resume(store, options.run), options.signal, (session) =>
      execute(session, commandOf(store, options.run), options, true),
    );
  } finally {
    store.close();
  }
}

/** Executes a finished run again from its record and compares every event. With `recheck`, deterministic checks judge every candidate again. */
export async function replayRun(
  options: Watch & { readonly state: string; readonly run: string; readonly recheck?: boolean },
): Promise<ReplayReport> {
  const store = openExisting(options.state);
  try {
    const events = recordOf(store, options.run);
    if (!events.some((event) => event.type === "finished")) {
      throw new UsageError({
        what: `run ${options.run} is not finished`,
        where: store.path,
        todo: `Go on with \`pawl resume ${options.run}\` first.`,
      });
    }
    const recheck = options.recheck ?? false;
    const session = RunSession.replay(store, options.run);
    const differences: ReplayReport["differences"][number][] = [];
    let identical = true;
    try {
      await execute(session, commandOf(store, options.run), options, recheck, (found) => differences.push(...found));
      identical = !session.journal.replaying;
    } catch (error) {
      if (!(error instanceof DivergenceError)) throw error;
      identical = false;
      differences.push({ n: -1, recorded: "", now: error.message });
    }
    return {
      run: options.run,
      identical,
      events: events.filter((event) => !isLifecycle(event)).length,
      digest: digestOf(events),
      rechecked: recheck,
      differences,
    };
  } finally {
    store.close();
  }
}

/** The search of a finished run as it was at the end, by executing the run again from its record; nothing is judged. */
export async function searchOfRun(options: { readonly state: string; readonly run: string }): Promise<Search> {
  const made: Search[] = [];
  const { identical } = await replayRun({ ...options, onSearch: (search) => void made.push(search) });
  const [search] = made;
  if (search === undefined || !identical)
    throw new UsageError({
      what: `run ${options.run} cannot be executed again from its record`,
      todo: `It was made by another version of Pawl, most probably: \`pawl replay ${options.run}\` says where it differs.`,
    });
  return search;
}

type FoundDifferences = (differences: ReplayReport["differences"]) => void;

/** Runs the body of the session's command; `live` gives it an environment to judge in. */
async function execute(
  session: RunSession,
  command: string,
  watch: Watch,
  live: boolean,
  onDifferences?: FoundDifferences,
): Promise<RunResult> {
  const machine = {
    ...(watch.isolation === undefined ? {} : { isolation: watch.isolation }),
    ...(watch.jobs === undefined ? {} : { jobs: watch.jobs }),
    ...(watch.signal === undefined ? {} : { signal: watch.signal }),
    unsafe: watch.unsafe ?? false,
  };
  // Scores and times are measurements: they are on record, and are not made again in a replay.
  const measures = live && !session.journal.readOnly;
  if (command === "fix") {
    const config = session.config as unknown as FixConfig;
    await using environment = live ? await FixEnvironment.open({ ...fixOptionsOf(config), ...machine }) : null;
    return await runFix(session, config, environment, {
      ...watch,
      recheck: session.journal.readOnly && live,
      onLoopEnd: (loop) => onDifferences?.(loop.differences),
    });
  }
  if (command === "speed") {
    const config = session.config as unknown as SpeedConfig;
    await using environment = measures ? await SpeedEnvironment.open({ ...speedOptionsOf(config), ...machine }) : null;
    return await runSpeed(session, config, environment, watch);
  }
  const config = session.config as unknown as EvolveConfig;
  await using environment = measures ? await EvolveEnvironment.open({ ...evolveOptionsOf(config), ...machine }) : null;
  return await runEvolve(session, config, environment, watch);
}

function commandOf(store: Parameters<typeof recordOf>[0], run: string): string {
  const start = recordOf(store, run)[0];
  return start?.type === "started" ? start.data.command : "?";
}
