import { fileURLToPath } from "node:url";
import type { Call } from "./command.ts";
import { nextCommands } from "./next-command.ts";
import type { Screen } from "./screen.ts";
import { version } from "./version.ts";

/** Exit code of a bug in Pawl, as in sysexits.h (EX_SOFTWARE): apart from the codes that say something about the run or the machine. */
export const BUG_EXIT = 70;
/** As core's `EXIT.machine`, which is not loaded for this. */
const MACHINE_EXIT = 3;

export interface Explained {
  readonly what: string;
  readonly where: string | null;
  readonly todo: string;
  /** Only of a bug. */
  readonly stack?: string;
}

export interface ErrorReport {
  readonly error: Explained;
  readonly exitCode: number;
}

/** What a person can do about it; anything that is not a PawlError is a bug in Pawl and comes with its stack. */
export function explainError(thrown: unknown): ErrorReport {
  if (isPawlError(thrown)) {
    const { what, where, todo, exitCode } = thrown;
    return { error: { what, where: where ?? null, todo }, exitCode };
  }
  const refusal = machineRefusal(thrown) ?? missingBinding(thrown);
  if (refusal !== null) return refusal;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return {
    error: {
      what: `Pawl itself failed: ${error.message}`,
      where: `pawl ${version()}, Node ${process.versions.node}, ${process.platform}-${process.arch}`,
      todo: "This is a bug in Pawl. Please report it with these lines. What runs had stored is kept: see `pawl runs`.",
      stack: error.stack ?? "",
    },
    exitCode: BUG_EXIT,
  };
}

/** The same for what happened in a call: the command lines it advises are about the call's store. */
export function explainTo(call: Call, thrown: unknown): ErrorReport {
  const { error, exitCode } = explainError(thrown);
  return { error: { ...error, todo: nextCommands(call, error.todo) }, exitCode };
}

const REFUSALS: Readonly<Record<string, readonly [what: string, todo: string]>> = {
  ENOSPC: ["the disk is full", "Free some space and try again; what runs had stored is kept."],
  EDQUOT: ["the disk quota is used up", "Free some space and try again; what runs had stored is kept."],
  EROFS: ["the folder is on a read-only file system", "Make it writable, or work on a copy of the project."],
  EACCES: ["the permission is missing", "Give yourself access to it, or run pawl as its owner."],
  EPERM: ["the system does not permit it", "Give yourself access to it, or run pawl as its owner."],
  EMFILE: ["too many files are open", "Raise the limit (`ulimit -n 4096`), or use fewer --jobs."],
  ENOMEM: ["the memory is used up", "Free some memory, or use fewer --jobs."],
};

/** What the operating system refused is no bug; Node's errors carry its code and the path. */
function machineRefusal(thrown: unknown): ErrorReport | null {
  const { code, path, syscall } = (thrown ?? {}) as NodeJS.ErrnoException;
  const refusal = code === undefined || syscall === undefined ? undefined : REFUSALS[code];
  if (refusal === undefined) return null;
  return { error: { what: refusal[0], where: path ?? syscall ?? null, todo: refusal[1] }, exitCode: MACHINE_EXIT };
}

const COMPLETE = fileURLToPath(new URL("../bin/complete-install.cjs", import.meta.url));

/**
 * npm leaves the parser's native part out when it is run by a Node older than 20.19. The script that puts it in runs after every
 * installation, unless scripts are switched off.
 */
function missingBinding(thrown: unknown): ErrorReport | null {
  if (!(thrown instanceof Error) || !thrown.message.startsWith("Cannot find native binding")) return null;
  const todo = `Run once: "${process.execPath}" "${COMPLETE}" oxc-parser`;
  const what = "a part of the installation is missing: npm left it out, and its install scripts were not run";
  return { error: { what, where: "oxc-parser, the parser of JavaScript", todo }, exitCode: MACHINE_EXIT };
}

/** Prints the error where the person or the script looks for it and returns the exit code. */
export function reportError(screen: Screen, report: ErrorReport): number {
  const { error, exitCode } = report;
  screen.document(report);
  if (!screen.json) {
    const { red, bold, dim } = screen.noteColors;
    screen.note(`${bold(red("pawl:"))} ${bold(error.what)}`);
    if (error.where !== null) screen.note(`  ${dim("where:")} ${error.where}`);
    screen.note(`  ${dim("what to do:")} ${error.todo}`);
    if (error.stack !== undefined) screen.note(`\n${dim(error.stack)}`);
  }
  return exitCode;
}

/** By its fields and not by its class, so that a wrong flag is reported without loading the engine. */
function isPawlError(
  thrown: unknown,
): thrown is Error & { what: string; where: string | undefined; todo: string; exitCode: number } {
  return thrown instanceof Error && "what" in thrown && "todo" in thrown && "exitCode" in thrown;
}
