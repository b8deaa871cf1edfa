/** A score of a known method, computed by this package's own code and not by the problem's score program. */
export interface Baseline {
  readonly name: string;
  /** Score on what `score` measures. */
  readonly score: number;
  /** Score on what `heldOut` measures; left out where nothing is held out. */
  readonly heldOut?: number;
}

/** One problem of world T3: a start program, a frozen score program, and instances that are held out. */
export interface EvolveProblem {
  readonly id: string;
  readonly title: string;
  /** Folder that holds everything below. */
  readonly directory: URL;
  /** What a user's folder gets. */
  readonly files: readonly string[];
  readonly editable: readonly string[];
  /** Run in the user's folder. The last line of output is a JSON object whose `score` counts. */
  readonly score: string;
  /** The same as an exported function of the score program, where it has one: `score.js#score`. */
  readonly scoreFunction?: string;
  /** The same for the held-out instances, once `heldOutFiles` are there too. */
  readonly heldOut?: { readonly files: readonly string[]; readonly command: string };
  readonly direction: "maximize" | "minimize";
  /** Module in the folder whose export `problem` is a ConstrainedProblem, for solvers that use what is known about it. */
  readonly constraints?: string;
  /** Best score that is publicly known, where there is one. */
  readonly bestKnown?: number;
  baselines(): Promise<Baseline[]>;
}

/** The folder of a problem's files. */
export function problemDirectory(id: string): URL {
  return new URL(`../../code-evolve/${id}/`, import.meta.url);
}
