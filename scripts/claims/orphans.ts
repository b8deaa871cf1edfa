import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Rng } from "@pawl/core";
import { orphansInside, processesInside } from "../../packages/verify/attacks/processes.ts";

const ENGINE = fileURLToPath(new URL("orphans-engine.ts", import.meta.url));
const DATA = new URL("../../docs/data/orphans.json", import.meta.url);
/** From the first process of a box on: it covers the start of boxes, screening, and confirmations. */
const LATEST_MS = 1500;

/** What docs/reliability.md shows. */
export interface OrphanFigures {
  readonly kills: number;
  /** Processes in boxes at the moments of the kills. */
  readonly alive: number;
  /** Of these, still there five seconds later. */
  readonly orphans: number;
}

/** Claim: an engine killed with SIGKILL at any moment, alone, leaves no process of its boxes behind. */
export async function claimOrphans(quick: boolean): Promise<void> {
  const kills = quick ? 6 : 200;
  const rng = Rng.of("orphans");
  let alive = 0;
  let orphans = 0;
  let failed = 0;
  for (let kill = 0; kill < kills; kill++) {
    const home = mkdtempSync(join(tmpdir(), "pawl-orphans-"));
    chmodSync(home, 0o755);
    const engine = spawn(process.execPath, [ENGINE], {
      env: { ...process.env, TMPDIR: home },
      stdio: ["ignore", "ignore", "inherit"],
    });
    const gone = new Promise((resolve) => engine.once("exit", resolve));
    // Every second kill comes while the very first boxes are being built.
    while (processesInside(home).length === 0 && engine.exitCode === null) await sleep(2);
    await sleep(rng.int(kill % 2 === 0 ? LATEST_MS : 60));
    alive += processesInside(home).length;
    if (engine.exitCode !== null) failed += 1;
    engine.kill("SIGKILL");
    await gone;
    const left = await orphansInside(home);
    for (const process of left) console.log(`orphan: ${process}`);
    orphans += left.length;
    rmSync(home, { recursive: true, force: true });
    if ((kill + 1) % 20 === 0)
      console.log(`${kill + 1} kills, ${alive} processes alive at that moment, ${orphans} orphans`);
  }
  const figures: OrphanFigures = { kills: kills - failed, alive, orphans };
  if (!quick) writeFileSync(DATA, `${JSON.stringify(figures, null, 2)}\n`);
  // A run in which nothing was alive to be killed shows nothing.
  const holds = orphans === 0 && alive > kills && failed === 0;
  console.log(
    `${holds ? "HOLDS" : "DOES NOT HOLD"}: ${kills - failed} engines killed with SIGKILL (${failed} had ended by themselves), ${alive} processes in their boxes at that moment, ${orphans} orphans`,
  );
  if (!holds) process.exitCode = 1;
}
