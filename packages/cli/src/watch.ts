import { EXIT, PawlError } from "@pawl/core";
import type { RunOptions } from "@pawl/improve";
import { onInterrupt } from "./interrupt.ts";
import { openProgress, type ProgressView } from "./progress/view.ts";
import type { Screen } from "./screen.ts";

type Watched = Required<Pick<RunOptions, "signal" | "onProgress">>;

/**
 * Does a long piece of work with its progress on stderr, so that Ctrl-C pauses it. An interrupted one ends with exit code 130 and a word
 * on how to go on.
 */
export async function watch<T>(screen: Screen, work: (watched: Watched, view: ProgressView) => Promise<T>): Promise<T> {
  const view = openProgress(screen);
  const { signal, release } = onInterrupt(() =>
    view.say("Stopping and saving the state. Press Ctrl-C twice to quit at once."),
  );
  let run: string | null = null;
  try {
    return await work(
      {
        signal,
        onProgress: (progress) => {
          run = progress.run;
          if (progress.note !== undefined) view.say(`note: ${progress.note}`);
          view.update(progress);
        },
      },
      view,
    );
  } catch (error) {
    if (signal.aborted && !(error instanceof PawlError)) throw interrupted(run, error);
    throw error;
  } finally {
    view.close();
    release();
  }
}

/** For work that ended with an abort before the engine had a run to pause. */
function interrupted(run: string | null, cause: unknown): PawlError {
  return new PawlError({
    what: run === null ? "interrupted before a run was started" : `run ${run} is paused`,
    todo: run === null ? "Start it again." : `Go on with \`pawl resume ${run}\`.`,
    exitCode: EXIT.interrupted,
    cause,
  });
}
