import { execFile, type ExecFileException } from "node:child_process";
import { MachineError, UsageError } from "@pawl/core";

/** What an installer needs to know about the project. */
export interface InstallerCall {
  readonly root: string;
  readonly python: string;
  readonly signal?: AbortSignal;
}

const INSTALL_MS = 300_000;

/** The installer and the network work, and this version cannot be installed here: others may. */
export class NotInstallable extends MachineError {}

/** Runs an installer; its words are what the person is told when it fails. */
export function runInstaller(
  program: string,
  args: readonly string[],
  cwd: string,
  { signal }: Pick<InstallerCall, "signal">,
  wanted: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd, maxBuffer: 1 << 28, timeout: INSTALL_MS, ...(signal === undefined ? {} : { signal }) };
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      if (signal?.aborted === true) return reject(error);
      reject(explain(program, wanted, `${stderr}\n${stdout}`, error));
    });
  });
}

const NOT_THERE =
  /E404|ETARGET|No matching version|No matching distribution found|404 Not Found|is not in this registry/i;
const NO_NETWORK =
  /ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|Connection refused|Failed to establish a new connection|Temporary failure in name resolution|NewConnectionError|ProxyError/i;

function explain(program: string, wanted: string, said: string, cause: ExecFileException): Error {
  const words = said
    .split("\n")
    .map((line) => line.replace(/^(?:npm (?:error|ERR!)|ERROR:)\s*/, "").trim())
    .filter((line) => line !== "");
  const where = words.slice(0, 3).join("; ").slice(0, 400) || cause.message;
  if (cause.code === "ENOENT")
    return new MachineError({
      what: `${program} is not installed.`,
      where: wanted,
      todo: `Install ${program}.`,
      cause,
    });
  // pip says of a network that is not there, in the end, that it found no version.
  if (NO_NETWORK.test(said))
    return new MachineError({
      what: `${wanted} could not be fetched: the registry cannot be reached.`,
      where,
      todo: "Connect to the network once: installed versions are kept and used again without it.",
      cause,
    });
  if (NOT_THERE.test(said))
    return new UsageError({
      what: `there is no ${wanted}`,
      where,
      todo: "Check the name and the versions against the registry.",
      cause,
    });
  return new NotInstallable({
    what: `${wanted} could not be installed.`,
    where,
    todo: "Try the same installation by hand; what it needs is what is missing here.",
    cause,
  });
}
