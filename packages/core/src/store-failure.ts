import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import { MachineError, UsageError, type ErrorDetails } from "./errors.ts";

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html). */
const SQLITE = {
  busy: 5,
  readOnly: 8,
  inputOutput: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

/** Turns SQLite's and the file system's failures at the store `path` into errors that say what to do. */
export function guardStore<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw explained(path, error);
  }
}

function explained(where: string, error: unknown): unknown {
  const { errcode, code, message } = error as { errcode?: number; code?: string; message?: string };
  const primary = (errcode ?? 0) & 0xff;
  const machine = (details: Pick<ErrorDetails, "what" | "todo">): MachineError =>
    new MachineError({ ...details, where, cause: error });
  // Without room for its shared memory file SQLite reports an input/output error or a file it cannot open, not a full disk.
  const vague = primary === SQLITE.inputOutput || primary === SQLITE.cannotOpen;
  if (primary === SQLITE.full || code === "ENOSPC" || code === "EDQUOT" || (vague && isFull(where)))
    return machine({
      what: "the disk is full",
      todo: "Free some space, then go on with `pawl resume`: everything up to the last finished evaluation is stored.",
    });
  if (code === "ENOTDIR" || code === "EEXIST")
    return new UsageError({
      what: "runs are kept in a folder, and this is a file",
      where: dirname(where),
      todo: "Name a folder with `--state <folder>`, or move the file away.",
      cause: error,
    });
  if (
    primary === SQLITE.readOnly ||
    primary === SQLITE.cannotOpen ||
    code === "EACCES" ||
    code === "EROFS" ||
    code === "EPERM"
  )
    return machine({
      what: "the run cannot be stored: the folder is not writable",
      todo: "Make the folder writable, or keep runs elsewhere with `--state <folder>`.",
    });
  if (primary === SQLITE.corrupt || primary === SQLITE.notADatabase || error instanceof SyntaxError)
    return machine({
      what: "the store is damaged",
      todo: "Nothing was changed in it. Restore it from a backup, or move the `.pawl` folder aside and start again.",
    });
  if (primary === SQLITE.inputOutput && message !== undefined)
    return machine({
      what: `the store cannot be read or written (${message})`,
      todo: "Check the disk; everything up to the last finished evaluation is stored.",
    });
  if (primary === SQLITE.busy)
    return machine({
      what: "the store is locked by another process",
      todo: "Wait for the other Pawl to finish, or stop it with `pawl stop`.",
    });
  return error;
}

/** No room for one more page of the database. */
function isFull(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize < 64 * 1024;
  } catch {
    return false;
  }
}
