/** Exit codes of the command line; stable, scripts depend on them. */
export const EXIT = {
  reached: 0,
  notReached: 1,
  wrongUse: 2,
  machine: 3,
  interrupted: 130,
} as const;

export interface ErrorDetails {
  /** What was wrong, one sentence. */
  readonly what: string;
  /** Where: a file with a line, a command, a flag. */
  readonly where?: string;
  /** What the person can do now. */
  readonly todo: string;
  readonly exitCode?: number;
  readonly cause?: unknown;
}

/** An error a person can act on. Anything else that is thrown is a bug in Pawl. */
export class PawlError extends Error {
  readonly what: string;
  readonly where: string | undefined;
  readonly todo: string;
  readonly exitCode: number;

  constructor(details: ErrorDetails) {
    super(details.where === undefined ? details.what : `${details.what} (${details.where})`, {
      cause: details.cause,
    });
    this.name = new.target.name;
    this.what = details.what;
    this.where = details.where;
    this.todo = details.todo;
    this.exitCode = details.exitCode ?? EXIT.wrongUse;
  }
}

/** Wrong flags, files or configuration: exit code 2. */
export class UsageError extends PawlError {}

/** The machine cannot do it (no sandbox, no interpreter, disk full): exit code 3. */
export class MachineError extends PawlError {
  constructor(details: ErrorDetails) {
    super({ exitCode: EXIT.machine, ...details });
  }
}

/** A recorded run does not follow from its own record: exit code 3. */
export class DivergenceError extends PawlError {
  constructor(details: ErrorDetails) {
    super({ exitCode: EXIT.machine, ...details });
  }
}
