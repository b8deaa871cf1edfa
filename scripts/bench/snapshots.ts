import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_LIMITS, openSandbox, removeSnapshot, takeSnapshot } from "@pawl/verify";

export interface SnapshotRow {
  /** Tracked by git, in folders of 100. */
  readonly files: number;
  readonly megabytes: number;
  /** Wall time, in milliseconds: to copy and hash the project, to run `true` in a box over the copy (the least of five), to delete it. */
  readonly takeMs: number;
  readonly boxMs: number;
  readonly removeMs: number;
  /** User and system time of the engine while it copies; git's own is not in it. */
  readonly cpuMs: number;
}

const PER_FOLDER = 100;
const LINES = 60;
const BOXES = 5;

/** What a project of many files costs before the first candidate. */
export async function benchSnapshots(sizes: readonly number[]): Promise<readonly SnapshotRow[]> {
  const sandbox = await openSandbox({ unsafe: true });
  const rows: SnapshotRow[] = [];
  for (const files of sizes) {
    const root = mkdtempSync(join(tmpdir(), "pawl-bench-"));
    try {
      const bytes = writeProject(root, files);
      const before = process.cpuUsage();
      const [snapshot, takeMs] = await timed(() => takeSnapshot(root));
      const { user, system } = process.cpuUsage(before);
      if (snapshot.files.length !== files) throw new Error(`${snapshot.files.length} of ${files} files were copied`);
      const boxes: number[] = [];
      for (let i = 0; i < BOXES; i++) {
        const changed = { "folder0/file0.js": `export const changed = ${i};\n` };
        const run = () => sandbox.run({ snapshot, files: changed }, { argv: ["true"] }, DEFAULT_LIMITS);
        boxes.push((await timed(run))[1]);
      }
      const [, removeMs] = await timed(() => removeSnapshot(snapshot));
      const cpuMs = (user + system) / 1000;
      rows.push({ files, megabytes: bytes / 1024 ** 2, takeMs, boxMs: Math.min(...boxes), removeMs, cpuMs });
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }
  return rows;
}

/** Returns how many bytes the files have. */
function writeProject(root: string, files: number): number {
  let bytes = 0;
  for (let file = 0; file < files; file++) {
    const folder = join(root, `folder${Math.floor(file / PER_FOLDER)}`);
    if (file % PER_FOLDER === 0) mkdirSync(folder);
    const line = (index: number): string => `export const value${index} = ${file} * ${index};\n`;
    const text = Array.from({ length: LINES }, (_, index) => line(index)).join("");
    writeFileSync(join(folder, `file${file % PER_FOLDER}.js`), text);
    bytes += text.length;
  }
  for (const args of [
    ["init", "-q"],
    ["add", "-A"],
  ])
    execFileSync("git", args, { cwd: root });
  return bytes;
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const started = performance.now();
  return [await work(), performance.now() - started];
}
