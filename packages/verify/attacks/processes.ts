import { readFileSync, readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** The kernel ends the processes of a box; it takes a moment. */
const GONE_WITHIN_MS = 5000;

/**
 * Command lines of processes that see something of the folder among their mounts: every process of a box whose files lie below the folder
 * does, whatever it calls itself and whoever its parent is.
 */
export function processesInside(folder: string): readonly string[] {
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      if (!readFileSync(`/proc/${pid}/mountinfo`, "latin1").includes(folder)) return [];
      return [`${pid} ${readFileSync(`/proc/${pid}/cmdline`, "latin1").replaceAll("\0", " ").slice(0, 200)}`];
    } catch {
      return []; // ended meanwhile
    }
  });
}

/** Those of them that are still there some seconds later. */
export async function orphansInside(folder: string): Promise<readonly string[]> {
  for (let waited = 0; ; waited += 50) {
    const found = processesInside(folder);
    if (found.length === 0 || waited >= GONE_WITHIN_MS) return found;
    await sleep(50);
  }
}
