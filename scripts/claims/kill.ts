import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Rng } from "@pawl/core";
import { checkRun, listRuns, replayRun, showRun } from "@pawl/improve";

const PAWL = fileURLToPath(new URL("../../packages/cli/bin/pawl.cjs", import.meta.url));
const LIBRARY = fileURLToPath(new URL("../../examples/npm-library", import.meta.url));

/**
 * Claim: killed with SIGKILL at random moments, a run goes on with `pawl resume` each time, loses no verdict that was on record, and ends
 * with a consistent record whose replay gives identical events.
 */
export async function claimKill(quick: boolean): Promise<void> {
  const kills = quick ? 4 : 100;
  const rng = Rng.of("kill");
  let done = 0;
  let runs = 0;
  let lost = 0;
  let problems = 0;
  let differing = 0;
  while (done < kills) {
    const folder = mkdtempSync(join(tmpdir(), "pawl-kill-"));
    cpSync(LIBRARY, folder, { recursive: true });
    const state = join(folder, ".pawl");
    runs += 1;
    let args = ["fix", "--json", "--seed", String(runs)];
    let onRecord = 0;
    for (;;) {
      const patience = done < kills ? 500 + rng.int(6000) : Infinity;
      const ended = await runFor(folder, args, patience);
      const run = listRunsOrNone(state)[0];
      if (!ended) done += 1;
      if (run === undefined) continue; // killed before anything was stored: start again
      const now = showRun(state, run.run).attempts.filter((attempt) => attempt.status !== "in flight").length;
      if (now < onRecord) lost += 1;
      onRecord = now;
      problems += checkRun(state, run.run).problems.length;
      args = ["resume", run.run, "--json"];
      if (ended || run.state === "finished") break;
    }
    const [run] = listRuns(state);
    if (run === undefined || run.state !== "finished" || !(await replayRun({ state, run: run.run })).identical)
      differing += 1;
    rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(
    `${done} kills over ${runs} runs: ${lost} lost verdicts, ${problems} problems in records, ${differing} runs that did not finish or whose replay differs\n`,
  );
  if (lost + problems + differing > 0) process.exitCode = 1;
}

function listRunsOrNone(state: string): ReturnType<typeof listRuns> {
  try {
    return listRuns(state);
  } catch {
    return [];
  }
}

/** True when the command ended by itself; otherwise the whole process group was killed. */
function runFor(cwd: string, args: readonly string[], patience: number): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [PAWL, ...args], { cwd, detached: true, stdio: "ignore" });
    let killed = false;
    const timer = Number.isFinite(patience)
      ? setTimeout(() => {
          killed = true;
          process.kill(-(child.pid as number), "SIGKILL");
        }, patience)
      : undefined;
    child.on("exit", () => {
      clearTimeout(timer);
      resolve(!killed);
    });
  });
}
