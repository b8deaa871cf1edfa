import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EvolveProblem } from "./problem.ts";

export interface ScoreRun {
  /** The JSON of the last line, or null when the program failed. */
  readonly result: Readonly<Record<string, number>> | null;
  readonly stderr: string;
}

/**
 * Scores a variant of a problem's files in a folder of its own, with this Node. Only for our own programs: it runs in no sandbox.
 * `changes` replaces texts by file name; `heldOut` scores the held-out instances.
 */
export function runScore(
  problem: EvolveProblem,
  changes: Readonly<Record<string, string>> = {},
  heldOut = false,
): ScoreRun {
  const folder = mkdtempSync(join(tmpdir(), "pawl-evolve-"));
  try {
    const files = heldOut ? [...problem.files, ...(problem.heldOut?.files ?? [])] : problem.files;
    for (const file of files) cpSync(new URL(file, problem.directory), join(folder, file));
    for (const [file, text] of Object.entries(changes)) writeFileSync(join(folder, file), text);
    const [, ...args] = (heldOut ? (problem.heldOut?.command ?? problem.score) : problem.score).split(" ");
    const run = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    const last = run.stdout.trimEnd().split("\n").at(-1) ?? "";
    return { result: run.status === 0 ? (JSON.parse(last) as Record<string, number>) : null, stderr: run.stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
