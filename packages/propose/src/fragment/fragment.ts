import type { MissingName, ValueWriter } from "./shape.ts";

/** A piece of a file. */
export interface Fragment {
  /** Project-relative. */
  readonly path: string;
  /** Text of the whole file. */
  readonly text: string;
  /** 1-based lines, both included. */
  readonly from: number;
  readonly to: number;
}

/** What earlier runs taught about what is around the fragment. */
export interface Surroundings {
  /** Modules that cannot be loaded: what is imported from them is predicted. */
  readonly missingModules: ReadonlySet<string>;
  /** Names that turned out to be missing at run time. */
  readonly missingNames: ReadonlySet<string>;
  /** False when the definitions of the file around the fragment cannot be used. */
  readonly useDefinitions: boolean;
}

/** A fragment made whole, but for the values. */
export interface Completion {
  readonly missing: readonly MissingName[];
  /** Names that were found in the file around the fragment. */
  readonly defined: readonly string[];
  /** The program, with these values as source texts by name. */
  program(values: ReadonlyMap<string, string>): FragmentProgram;
}

export interface FragmentProgram {
  /** Project-relative path at which the program is run: beside the file, so that its imports lead where they led. */
  readonly path: string;
  readonly text: string;
  /** 1-based lines of the file that hold something to execute. */
  readonly lines: readonly number[];
  /** Lines of the program minus lines of the file. */
  readonly offset: number;
}

export interface FragmentLanguage {
  readonly id: "javascript" | "python";
  readonly writer: ValueWriter;
  /** @throws UsageError when the fragment cannot be read in any way */
  complete(fragment: Fragment, surroundings: Surroundings): Promise<Completion>;
}
