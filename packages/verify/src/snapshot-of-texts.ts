import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { removeSnapshot, takeSnapshot, type ProjectSnapshot } from "./snapshot.ts";

/** A project that is nowhere but here: its texts by path in a folder of their own, and the snapshot of it. `remove` takes both away. */
export async function snapshotOfTexts(
  texts: Readonly<Record<string, string>>,
): Promise<{ readonly snapshot: ProjectSnapshot; remove(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "pawl-texts-"));
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const snapshot = await takeSnapshot(folder);
  return {
    snapshot,
    remove: async () => {
      await removeSnapshot(snapshot);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
