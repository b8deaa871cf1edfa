import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SystemState } from "../overview.ts";
import { pagesOf } from "./pages.ts";

/** Writes the report as Markdown: `README.md` about all systems, a page and a figure for each that is built. Returns the paths. */
export function writePages(folder: string, states: readonly SystemState[]): readonly string[] {
  return writeAll(folder, pagesOf(states));
}

export function writeAll(folder: string, files: ReadonlyMap<string, string>): readonly string[] {
  return [...files].map(([path, text]) => {
    const place = join(folder, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
    return place;
  });
}
