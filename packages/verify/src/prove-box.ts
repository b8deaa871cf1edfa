import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync, chmodSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { randomUUID } from "node:crypto";
import { DEFAULT_LIMITS } from "./default-limits.ts";
import type { Limits, ProcessResult } from "./process.ts";
import type { Sandbox } from "./sandbox.ts";

/** One promise of the box, and what happened when it was broken on purpose. */
export interface BoxProperty {
  readonly name: string;
  readonly holds: boolean;
  /** What was tried, and what came of it. */
  readonly detail: string;
}

/** What the attempts reach for. */
interface Bait {
  readonly folder: string;
  readonly secret: string;
  readonly secretName: string;
  readonly port: number;
  readonly abstract: string;
  readonly bystander: number;
  readonly mark: string;
}

interface Attempt {
  readonly name: string;
  readonly tries: string;
  readonly argv: (bait: Bait) => readonly string[];
  readonly limits?: Partial<Limits>;
  /** What only control groups promise. */
  readonly whole?: true;
  /** Null when the box held, else what came of it. */
  readonly breach: (result: ProcessResult, bait: Bait) => string | null | Promise<string | null>;
}

const node = (script: string): string[] => ["node", "-e", script];
const shell = (script: string): string[] => ["sh", "-c", script];
const manySleepers = shell(
  "n=0; while [ $n -lt 100 ]; do sleep 5 2>/dev/null & n=$((n+1)); echo $n; done 2>/dev/null; kill 0",
);
const unless = (held: boolean, text: string): string | null => (held ? null : text);

const ATTEMPTS: readonly Attempt[] = [
  {
    name: "network",
    tries: "connect to a port of this machine that listens",
    argv: ({ port }) =>
      node(
        `require("net").connect(${port}, "127.0.0.1").on("data", String).on("connect", () => console.log("reached")).on("error", () => {})`,
      ),
    breach: ({ stdout }) => unless(!stdout.includes("reached"), "it was reached"),
  },
  {
    name: "sockets",
    tries: "connect to an abstract socket of this machine",
    argv: ({ abstract }) =>
      node(
        `require("net").connect("\\0${abstract}").on("connect", () => console.log("reached")).on("error", () => {})`,
      ),
    breach: ({ stdout }) => unless(!stdout.includes("reached"), "it was reached"),
  },
  {
    name: "secrets",
    tries:
      "read a file outside of the project, and a variable of the caller's environment in every /proc/<pid>/environ",
    argv: ({ folder, secretName }) =>
      shell(
        `cat '${folder}/secret'; cat /proc/*/environ | tr '\\0' '\\n' | grep ${secretName}; env | grep ${secretName}`,
      ),
    breach: ({ stdout }, { secret }) => unless(!stdout.includes(secret), "it was read"),
  },
  {
    name: "files",
    tries: "write a file outside that anybody may write, and into /, /usr and /etc",
    argv: ({ folder }) =>
      shell(
        `(echo changed > '${folder}/open') 2>/dev/null; for f in /pawl-doctor /usr/pawl-doctor /etc/pawl-doctor /dev/pawl-doctor; do (: > $f) 2>/dev/null && echo wrote $f; done; true`,
      ),
    breach: ({ stdout }, { folder }) =>
      unless(stdout === "" && readFileSync(join(folder, "open"), "utf8") === "", `it was written ${stdout.trim()}`),
  },
  {
    name: "processes of others",
    tries: "see and kill a process outside",
    argv: ({ bystander }) => shell(`kill -9 ${bystander} 2>/dev/null; ls -d /proc/[0-9]* | wc -l`),
    breach: ({ stdout }, { bystander }) =>
      !isAlive(bystander) ? "it was killed" : unless(Number(stdout) < 8, `${stdout.trim()} processes are visible`),
  },
  {
    name: "privileges",
    tries: "have capabilities, or get them in a new namespace",
    argv: () =>
      shell(
        "unshare --user --map-root-user true 2>/dev/null && echo namespace; grep -E '^Cap|^NoNewPrivs' /proc/self/status",
      ),
    breach: ({ stdout }) =>
      unless(
        !stdout.includes("namespace") &&
          /NoNewPrivs:\s*1/.test(stdout) &&
          (stdout.match(/Cap\w+:\s*0{16}\n/g) ?? []).length === 5,
        stdout.replace(/\s+/g, " "),
      ),
  },
  {
    name: "memory",
    tries: "take 4 GB under a limit of 1 GB",
    argv: () => node("const all = []; for (let i = 0; i < 64; i++) all.push(new Uint8Array(64 << 20).fill(1))"),
    limits: { memoryBytes: 1 << 30 },
    breach: ({ exitCode, timedOut }) => unless(exitCode !== 0 && !timedOut, "it got them"),
  },
  {
    name: "process count",
    tries: "start 100 processes under a limit of 20",
    argv: () => manySleepers,
    limits: { processes: 20 },
    breach: ({ stdout }) => unless(!stdout.split("\n").includes("100"), "it got them"),
  },
  {
    name: "memory together",
    tries: "take 600 MB in six processes under a limit of 200 MB for all together",
    // `dd` holds what it has read until somebody reads it.
    argv: () =>
      shell(
        "n=0; while [ $n -lt 6 ]; do dd if=/dev/zero bs=100M count=1 2>/dev/null | sleep 5 & n=$((n+1)); done; wait",
      ),
    limits: { wholeMemoryBytes: 200 * 1024 ** 2 },
    whole: true,
    breach: ({ exitCode, timedOut }) => unless(exitCode !== 0 && !timedOut, "it got them"),
  },
  {
    name: "processes together",
    tries: "start 100 processes under a limit of 30 for all together",
    argv: () => manySleepers,
    limits: { wholeProcesses: 30 },
    whole: true,
    breach: ({ stdout }) => unless(!stdout.split("\n").includes("100"), "it got them"),
  },
  {
    name: "files and descriptors",
    tries: "write 1 MB to a file under a limit of 4 kB, and open 1000 files under a limit of 64",
    argv: () =>
      node(
        'const fs = require("fs"); process.on("SIGXFSZ", () => {}); try { fs.writeFileSync("/tmp/f", Buffer.alloc(1 << 20)); } catch {} let n = 0; try { for (; n < 1000; n++) fs.openSync("/dev/null"); } catch {} console.log(fs.statSync("/tmp/f").size, n)',
      ),
    limits: { fileBytes: 4096, openFiles: 64 },
    breach: ({ stdout }) => {
      const [size = 0, count = 0] = stdout.split(" ").map(Number);
      return unless(size <= 4096 && count < 64, `${size} bytes, ${count} files`);
    },
  },
  {
    name: "output",
    tries: "print 3 MB where 1 kB is kept",
    argv: () => shell("yes | head -c 3000000"),
    limits: { outputBytes: 1000 },
    breach: ({ stdout, outputCut }) => unless(stdout.length === 1000 && outputCut, `${stdout.length} bytes were kept`),
  },
  {
    name: "CPU time",
    tries: "compute without end under a limit of 1 s of CPU",
    argv: () => shell("while :; do :; done"),
    limits: { cpuSeconds: 1, wallMs: 60_000 },
    breach: ({ timedOut }) => unless(!timedOut, "only the wall clock ended it"),
  },
  {
    name: "no orphans",
    tries: "leave a daemon behind (two forks, a session of its own, signals ignored), and never end",
    argv: ({ mark }) =>
      shell(
        `(setsid sh -c "trap '' TERM HUP INT; exec >/dev/null 2>&1 </dev/null; while :; do sleep ${mark}; done" &); sleep ${mark}`,
      ),
    limits: { wallMs: 700 },
    breach: async ({ timedOut }, { mark }) => {
      if (!timedOut) return "its time did not end it";
      for (let waited = 0; waited < 3000; waited += 50) {
        if (!someCommandLineHas(mark)) return null;
        await sleep(50);
      }
      return "the daemon lives on";
    },
  },
];

/**
 * Tries to break every promise of the box, or those of the given names, on the spot. Takes a few seconds of CPU time, and does no harm where
 * a promise does not hold: nothing outside is touched but what is made here to be touched.
 */
export async function proveBox(
  sandbox: Sandbox,
  names: readonly string[] = ATTEMPTS.map(({ name }) => name),
): Promise<BoxProperty[]> {
  const folder = mkdtempSync(join(tmpdir(), "pawl-prove-"));
  const secret = randomUUID();
  const secretName = "PAWL_DOCTOR_SECRET";
  const abstract = `pawl-doctor-${secret}`;
  const base = join(folder, "project");
  mkdirSync(base);
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, "secret"), secret);
  writeFileSync(join(folder, "open"), "");
  chmodSync(join(folder, "open"), 0o666);
  const tcp = await listening(
    createServer((socket) => void socket.end()),
    0,
  );
  const unix = await listening(
    createServer((socket) => void socket.end()),
    `\0${abstract}`,
  );
  const bystander = spawn("sleep", ["60"], { stdio: "ignore" });
  process.env[secretName] = secret;
  const address = tcp.address();
  const bait: Bait = {
    folder,
    secret,
    secretName,
    abstract,
    port: typeof address === "object" ? (address?.port ?? 0) : 0,
    bystander: bystander.pid ?? 0,
    // Seconds for `sleep` that nobody else asks for.
    mark: String(86_400 + (Number.parseInt(secret.slice(0, 7), 16) % 1_000_000)),
  };
  const snapshot = { root: "/project", base, dependencies: [], files: [], hash: "" };
  try {
    const properties: BoxProperty[] = [];
    const made = ATTEMPTS.filter(({ name, whole }) => names.includes(name) && (whole !== true || sandbox.boundsWhole));
    for (const { name, tries, argv, limits, breach } of made) {
      const own = { ...DEFAULT_LIMITS, wallMs: 20_000, ...limits };
      const result = await sandbox.run({ snapshot, files: {} }, { argv: argv(bait) }, own);
      const came = await breach(result, bait);
      properties.push({
        name,
        holds: came === null,
        detail: came === null ? `tried to ${tries}` : `could ${tries}: ${came}`,
      });
    }
    return properties;
  } finally {
    delete process.env[secretName];
    bystander.kill("SIGKILL");
    tcp.close();
    unix.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function listening(server: Server, where: number | string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    const done = (): void => resolve(server);
    if (typeof where === "number") server.listen(where, "127.0.0.1", done);
    else server.listen(where, done);
  });
}

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

function someCommandLineHas(mark: string): boolean {
  return readdirSync("/proc").some((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, "latin1").includes(mark);
    } catch {
      return false; // ended meanwhile
    }
  });
}
