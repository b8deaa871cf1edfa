import type { Screen } from "./screen.ts";

/** What the shell can offer for a value. */
export type Complete = "file" | "folder" | "nothing" | readonly string[];

export interface OptionSpec {
  /** `--budget <limits>` or, for a switch, `--json`. */
  readonly flags: string;
  readonly text: string;
  readonly complete?: Complete;
  /** The value must be one of `complete`. */
  readonly strict?: boolean;
}

export interface ArgumentSpec {
  readonly name: string;
  readonly text: string;
  readonly required?: boolean;
  readonly variadic?: boolean;
  readonly complete?: Complete;
}

/** What a command was called with. */
export interface Call {
  readonly positional: readonly string[];
  /** By the flag's name without dashes in camel case; a switch is `true`, a value its text. */
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly screen: Screen;
}

/** Does the work and returns the exit code. */
export type Action = (call: Call) => Promise<number>;

/** One line of the command table: everything that help, completion and the manual are made of. */
export interface CommandSpec {
  readonly name: string;
  readonly group: string;
  /** One line, without a full stop. */
  readonly summary: string;
  /** What a person needs to know beyond the summary. */
  readonly details: string;
  readonly arguments: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  readonly examples: readonly { readonly line: string; readonly text: string }[];
  /** Loaded when the command is called, so that help and mistakes are quick. */
  readonly load: () => Promise<{ readonly run: Action }>;
}
