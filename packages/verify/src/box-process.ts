import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { performance } from "node:perf_hooks";
import type { Stream } from "node:stream";
import { MachineError } from "@pawl/core";
import type { BoxGroup } from "./cgroup.ts";
import type { Limits, ProcessResult } from "./process.ts";
import type { BoxProcess } from "./sandbox.ts";

/** The whole command line of one box, as the host sees it. */
export interface Launch {
  readonly argv: readonly string[];
  readonly cwd?: string;
  /** Variables that are on no command line. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Of this box alone; null where there are none. */
  readonly group: BoxGroup | null;
  /** Called when every process of the box is gone. */
  readonly cleanUp: () => Promise<void>;
}

/** Environment of the launcher; what the candidate sees is set inside the box. */
const LAUNCHER_ENV = { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C.UTF-8" };
const STDERR_KEPT = 64 * 1024;
/** No honest message is longer; a process that sends more without a line end is killed. */
const LONGEST_MESSAGE = 64 * 1024 * 1024;
/** Most boxes are ready after a tenth of a second; a busy machine may need some more. */
const START_PATIENCE_MS = 60_000;
/** Between looks whether the kernel has killed one of a box's processes for want of memory. */
const LOOK_MS = 200;
/** What a Node process that has no more memory ends with. */
const ABORTED = 134;
const TICK_MS = 10; // USER_HZ is 100 on every Linux port Node runs on

/** Runs one box to its end. CPU time is what wait4 reports to the launcher, outside the box; after a timeout it is read from /proc. */
export async function runLaunch(
  launch: Launch,
  stdin: string,
  limits: Limits,
  signal?: AbortSignal,
): Promise<ProcessResult> {
  signal?.throwIfAborted();
  const started = performance.now();
  const child = open(launch, ["pipe", "pipe", "pipe", "ignore", "pipe", "pipe"]);
  const stdout = new Capture(limits.outputBytes);
  const stderr = new Capture(limits.outputBytes);
  const status = new Capture(4096);
  child.stdio[1]?.on("data", (chunk: Buffer) => stdout.add(chunk));
  child.stdio[2]?.on("data", (chunk: Buffer) => stderr.add(chunk));
  child.stdio[4]?.on("data", (chunk: Buffer) => status.add(chunk));
  child.stdin?.on("error", ignore); // the command may not read its input
  child.stdin?.end(stdin);

  let cpuAtKill: number | null = null;
  const kill = (): void => {
    cpuAtKill ??= cpuOfTree(child.pid);
    killGroup(child);
  };
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    kill();
  }, limits.wallMs);
  const { group } = launch;
  const look = group === null || group.diesWhole ? undefined : setInterval(() => group.ranOut() && kill(), LOOK_MS);
  signal?.addEventListener("abort", kill);
  const end = await ended(child);
  clearTimeout(timer);
  clearInterval(look);
  const memory = outOfMemory(group);
  signal?.removeEventListener("abort", kill);
  const wallMs = performance.now() - started;
  await launch.cleanUp();
  signal?.throwIfAborted();

  const { exitCode, signal: endSignal } = memory ?? end;
  if (!timedOut && memory === null && !status.text().includes("ready"))
    throw notStarted(`${status.text()} ${stderr.text()}`, end.error);
  return {
    exitCode: timedOut ? null : exitCode,
    signal: timedOut ? "SIGKILL" : endSignal,
    stdout: stdout.text(),
    stderr: stderr.text() + (memory?.said ?? ""),
    timedOut,
    outputCut: stdout.cut || stderr.cut,
    wallMs,
    cpuMs: cpuAtKill ?? timesOf(status.text()),
  };
}

/** Starts a box that stays; resolves when its command is about to run, and rejects when that takes more than `patienceMs`. */
export async function startLaunch(launch: Launch, patienceMs = START_PATIENCE_MS): Promise<BoxProcess> {
  const child = open(launch, ["pipe", "ignore", "pipe", "pipe", "pipe", "pipe"]);
  const stderr = new Capture(STDERR_KEPT);
  const status = new Capture(4096);
  child.stdio[2]?.on("data", (chunk: Buffer) => stderr.add(chunk));
  child.stdin?.on("error", ignore); // reported by `exited`
  const messages = new Lines(() => killGroup(child));
  child.stdio[3]?.on("data", (chunk: Buffer) => messages.add(chunk));
  const ready = new Promise<void>((resolve) => {
    child.stdio[4]?.on("data", (chunk: Buffer) => {
      status.add(chunk);
      if (status.text().includes("ready")) resolve();
    });
  });
  let lastCpuMs = 0;
  let hadRunOut = false;
  const exited = ended(child).then(async (end) => {
    messages.end();
    lastCpuMs = Math.max(lastCpuMs, timesOf(status.text()));
    const memory = outOfMemory(launch.group);
    hadRunOut = memory !== null;
    await launch.cleanUp();
    const { exitCode, signal } = memory ?? end;
    return { exitCode, signal, stderr: stderr.text() + (memory?.said ?? ""), error: end.error };
  });
  const cpuMs = (): number => (lastCpuMs = Math.max(lastCpuMs, cpuOfTree(child.pid)));
  const kill = async (): Promise<void> => {
    cpuMs();
    killGroup(child);
    await exited;
  };
  let late = "";
  const patience = setTimeout(() => {
    late = `not ready after ${patienceMs / 1000} s`;
    killGroup(child);
  }, patienceMs);
  const early = await Promise.race([ready.then(() => null), exited]);
  clearTimeout(patience);
  if (early !== null && !status.text().includes("ready"))
    throw notStarted(`${late} ${status.text()} ${early.stderr}`, early.error);
  return {
    send: (line) => void child.stdin?.write(`${line}\n`),
    messages,
    cpuMs,
    ranOut: () => hadRunOut || launch.group?.ranOut() === true,
    kill,
    exited: exited.then(({ error: _error, ...end }) => end),
  };
}

function open(launch: Launch, stdio: ("pipe" | "ignore")[]): ChildProcess {
  const [program = "", ...args] = launch.argv;
  // A process group of its own, so that one signal reaches the launcher and the first process of the box. Descriptor 5 is the lifeline of
  // box.sh: nothing is ever said on it, it ends with this process.
  const child = spawn(program, args, {
    detached: true,
    stdio,
    env: { ...launch.secrets, ...LAUNCHER_ENV },
    ...(launch.cwd === undefined ? {} : { cwd: launch.cwd }),
  });
  const lifeline = (child.stdio as readonly (Stream | null | undefined)[])[5];
  lifeline?.on("error", ignore); // the box may be gone first
  return child;
}

interface End {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly error: Error | null;
}

/** Resolves when the launcher has ended and nobody holds its pipes any more; a box that escaped its group is not waited for. */
function ended(child: ChildProcess): Promise<End> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ exitCode: null, signal: null, error }));
    child.once("exit", (exitCode, signal) => {
      killGroup(child);
      const done = (): void => resolve({ exitCode, signal, error: null });
      const patience = setTimeout(done, 2000);
      child.once("close", () => {
        clearTimeout(patience);
        done();
      });
    });
  });
}

/** How a box ended that used more memory than it may: as a process that could get no more ends, with a word on the reason. Null: it did not. */
function outOfMemory(
  group: BoxGroup | null,
): { readonly exitCode: number; readonly signal: null; readonly said: string } | null {
  if (group?.ranOut() !== true) return null;
  const megabytes = Math.round(group.memoryBytes / 1024 ** 2);
  const said = `\nout of memory: all processes of the sandbox together may use ${megabytes} MB\n`;
  return { exitCode: ABORTED, signal: null, said };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // already gone
  }
}

function notStarted(said: string, cause: Error | null): MachineError {
  return new MachineError({
    what: "The sandbox could not start a box.",
    where: said.trim().slice(0, 500) || String(cause ?? "no message"),
    todo: "Run `pawl doctor` to see which kinds of box work on this machine.",
    cause,
  });
}

/** Last line of the shell's `times`: user and system time of all its children, waited for. */
function timesOf(status: string): number {
  const match = /(\d+)m([\d.]+)s (\d+)m([\d.]+)s\s*$/.exec(status);
  if (match === null) return 0;
  const [userMinutes = 0, userSeconds = 0, systemMinutes = 0, systemSeconds = 0] = match.slice(1).map(Number);
  return Math.round((userMinutes + systemMinutes) * 60_000 + (userSeconds + systemSeconds) * 1000);
}

/**
 * CPU milliseconds of a process, its living descendants, and those they have waited for. Living tasks count in nanoseconds
 * (schedstat); tasks that ended, in ticks of 10 ms.
 */
export function cpuOfTree(pid: number | undefined): number {
  if (pid === undefined) return 0;
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ")
      .map(Number);
    const [user = 0, system = 0, childrenUser = 0, childrenSystem = 0] = fields.slice(11, 15);
    let livingMs = 0;
    let total = (childrenUser + childrenSystem) * TICK_MS;
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      livingMs += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0]) / 1e6;
      const children = readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").trim();
      if (children !== "") for (const child of children.split(" ")) total += cpuOfTree(Number(child));
    }
    return total + Math.max(livingMs, (user + system) * TICK_MS);
  } catch {
    return 0; // ended while we looked
  }
}

function ignore(): void {}

/** Keeps the first bytes of a stream. */
class Capture {
  readonly #chunks: Buffer[] = [];
  readonly #limit: number;
  #size = 0;
  cut = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(chunk: Buffer): void {
    const room = this.#limit - this.#size;
    if (chunk.length > room) this.cut = true;
    if (room <= 0) return;
    this.#chunks.push(chunk.subarray(0, room));
    this.#size += Math.min(room, chunk.length);
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString("utf8");
  }
}

/** Splits a stream at line feeds only: JSON may hold every other line separator unescaped. */
class Lines implements AsyncIterable<string> {
  readonly #overflow: () => void;
  #partial: Buffer[] = [];
  #partialSize = 0;
  #queue: string[] = [];
  #wake: (() => void) | null = null;
  #ended = false;

  constructor(overflow: () => void) {
    this.#overflow = overflow;
  }

  add(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      this.#queue.push(Buffer.concat([...this.#partial, chunk.subarray(start, end)]).toString("utf8"));
      this.#partial = [];
      this.#partialSize = 0;
      start = end + 1;
    }
    if (start < chunk.length) {
      this.#partial.push(chunk.subarray(start));
      this.#partialSize += chunk.length - start;
      if (this.#partialSize > LONGEST_MESSAGE) this.#overflow();
    }
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /** May be left and taken up again: no line is lost between two loops. */
  [Symbol.asyncIterator](): AsyncIterator<string> {
    return {
      next: async () => {
        while (this.#queue.length === 0 && !this.#ended) {
          await new Promise<void>((resolve) => (this.#wake = resolve));
          this.#wake = null;
        }
        const value = this.#queue.shift();
        return value === undefined ? { done: true, value } : { done: false, value };
      },
    };
  }
}
