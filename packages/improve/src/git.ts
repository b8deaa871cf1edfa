import { execFileSync } from "node:child_process";
import { MachineError, UsageError } from "@pawl/core";

/** Runs git in a folder and returns what it printed. Every refusal of git is an error a person can act on. */
export type Git = (args: readonly string[], options?: { readonly input?: string; readonly index?: string }) => string;

const LARGEST_OUTPUT = 1 << 28;

/** What git says when it has no name to put on a commit. */
const NO_IDENTITY = /tell me who you are|identity unknown|empty ident/i;

/** Programs of the person's that git would start for reading and for making a branch: hooks, and a monitor named in the repository. */
const NOTHING_RUNS = ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"];

export function gitIn(root: string): Git {
  return (args, { input = "", index } = {}) => {
    try {
      return execFileSync("git", [...NOTHING_RUNS, ...args], {
        cwd: root,
        encoding: "utf8",
        input,
        env: { ...process.env, LC_ALL: "C", ...(index === undefined ? {} : { GIT_INDEX_FILE: index }) },
        stdio: ["pipe", "pipe", "pipe"],
        maxBuffer: LARGEST_OUTPUT,
      });
    } catch (error) {
      throw explained(root, args[0] as string, error);
    }
  };
}

/** What git printed; null when it refused. */
export function gitOrNull(root: string, args: readonly string[]): string | null {
  try {
    return gitIn(root)(args);
  } catch (error) {
    if (error instanceof MachineError) throw error;
    return null;
  }
}

function explained(root: string, command: string, error: unknown): Error {
  const { code, stderr } = error as { code?: string; stderr?: unknown };
  if (code === "ENOENT")
    return new MachineError({
      what: "git was not found",
      where: root,
      todo: "Install git, or use `pawl apply`, which works without.",
      cause: error,
    });
  const said = String(stderr ?? error).trim();
  if (NO_IDENTITY.test(said))
    return new UsageError({
      what: "git does not know whose commit it is",
      where: root,
      todo: "Tell it: `git config user.name <name>` and `git config user.email <address>`.",
      cause: error,
    });
  return new UsageError({
    what: `git ${command} failed: ${said.split("\n")[0]}`,
    where: root,
    todo: "Repair what git complains about, or use `pawl apply`, which works without git.",
    cause: error,
  });
}
