import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const PAWL = fileURLToPath(new URL("../../packages/cli/bin/pawl.cjs", import.meta.url));
/** The kernel kills the boxes of a killed Pawl; it takes a moment until the last of their processes is gone. */
const GONE_WITHIN_MS = 5000;

export interface Place {
  readonly project: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface Ended {
  /** False when the command was faster than the kill. */
  readonly killed: boolean;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Command lines of processes that were still there some seconds later. */
  readonly survivors: readonly string[];
}

/** Runs `pawl` in a project to its end. */
export function runPawl(place: Place, args: readonly string[]): Promise<Ended> {
  return run(place, args, null);
}

/** Runs `pawl` and kills it, and it alone, with SIGKILL after some milliseconds: everything it started has to end by itself. */
export function killedAfter(place: Place, args: readonly string[], milliseconds: number): Promise<Ended> {
  return run(place, args, milliseconds);
}

async function run(place: Place, args: readonly string[], milliseconds: number | null): Promise<Ended> {
  const child = spawn(process.execPath, [PAWL, ...args], {
    cwd: place.project,
    env: { ...process.env, ...place.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  let family: readonly Process[] = [];
  const kill = (): void => {
    family = descendantsOf(child.pid as number);
    child.kill("SIGKILL");
  };
  const timer = milliseconds === null ? undefined : setTimeout(kill, milliseconds);
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (...end) => resolve(end));
  });
  clearTimeout(timer);
  const survivors = await survivorsOf(family, place);
  return { killed: signal === "SIGKILL", code, stdout, stderr, survivors };
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Start time: ids are used again. */
  readonly since: string;
  readonly commandLine: string;
}

/** Who descends from the killed process, or has its temporary folder in the command line (as every box has), and does not end. */
async function survivorsOf(family: readonly Process[], place: Place): Promise<readonly string[]> {
  const temporary = place.env["TMPDIR"] as string;
  const isOfIt = (process: Process): boolean =>
    process.commandLine.includes(temporary) ||
    family.some(({ pid, since }) => pid === process.pid && since === process.since);
  for (let waited = 0; ; waited += 100) {
    const found = processes().filter(isOfIt);
    if (found.length === 0 || waited >= GONE_WITHIN_MS)
      return found.map(({ pid, commandLine }) => `${pid} ${commandLine}`);
    await sleep(100);
  }
}

function descendantsOf(ancestor: number): readonly Process[] {
  const all = processes();
  const found: Process[] = [];
  const parents = new Set([ancestor]);
  for (let grew = true; grew;) {
    const born = all.filter(({ pid, parent }) => parents.has(parent) && !parents.has(pid));
    for (const each of born) parents.add(each.pid);
    found.push(...born);
    grew = born.length > 0;
  }
  return found;
}

function processes(): readonly Process[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "latin1");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (fields[0] === "Z") return []; // ended, only not waited for
      const commandLine = readFileSync(`/proc/${name}/cmdline`, "latin1").replaceAll("\0", " ");
      return [{ pid: Number(name), parent: Number(fields[1]), since: fields[19] ?? "", commandLine }];
    } catch {
      return []; // ended meanwhile
    }
  });
}
