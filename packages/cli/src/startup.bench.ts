// Prints the CPU time of starting `pawl`, launcher included. Run: node packages/cli/src/startup.bench.ts [other-node ...]
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const LAUNCHER = fileURLToPath(new URL("../bin/pawl.cjs", import.meta.url));
const LIMIT_MS = 200;

export interface StartupFigures {
  /** Version of the Node that ran the launcher. */
  readonly node: string;
  readonly arguments: readonly string[];
  /** CPU milliseconds (user and system, all processes) of the first start, with an empty cache of compiled code. */
  readonly coldMs: number;
  /** Median and minimum of the starts after it. */
  readonly medianMs: number;
  readonly minMs: number;
}

/** Starts `pawl` once cold and `repeats` times warm with the given Node, in a cache folder of its own. */
export function measureStartup(node: string, args: readonly string[], repeats = 15): StartupFigures {
  const cache = mkdtempSync(join(tmpdir(), "pawl-startup-"));
  try {
    const coldMs = cpuMsOf([node, LAUNCHER, ...args], cache);
    const warm = Array.from({ length: repeats }, () => cpuMsOf([node, LAUNCHER, ...args], cache)).sort((a, b) => a - b);
    const version = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim();
    const [minMs = Number.NaN, medianMs = Number.NaN] = [warm[0], warm[Math.floor(repeats / 2)]];
    return { node: version, arguments: args, coldMs, medianMs, minMs };
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

/** The shell's `times` counts the CPU time of all its children and their children. */
function cpuMsOf(argv: readonly string[], cache: string): number {
  const done = spawnSync("sh", ["-c", '"$@" > /dev/null || exit 1; times', "sh", ...argv], {
    encoding: "utf8",
    env: { ...process.env, XDG_CACHE_HOME: cache },
  });
  if (done.status !== 0) throw new Error(`${argv.join(" ")} failed: ${done.stderr}`);
  const children = done.stdout.trim().split("\n").at(-1) as string;
  return children
    .split(/\s+/)
    .map((part) => /^(\d+)m([\d.]+)s$/.exec(part))
    .reduce((sum, match) => sum + (Number(match?.[1]) * 60 + Number(match?.[2])) * 1000, 0);
}

if (import.meta.main) {
  for (const node of [process.execPath, ...process.argv.slice(2)]) {
    for (const args of [["--version"], ["--help"], ["fix", "--help"], ["runs", "--help"]]) {
      const { node: version, coldMs, medianMs, minMs } = measureStartup(node, args);
      const verdict = medianMs < LIMIT_MS ? "ok" : `over ${LIMIT_MS} ms`;
      console.log(
        `pawl ${args.join(" ")}, started by Node ${version}: ${medianMs.toFixed(0)} ms CPU ` +
          `(min ${minMs.toFixed(0)}, first start ${coldMs.toFixed(0)}), ${verdict}`,
      );
    }
  }
}
