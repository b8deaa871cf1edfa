import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UsageError } from "@pawl/core";
import type { SystemState } from "../overview.ts";
import { pagesOf } from "./pages.ts";

/** The first page of a report, as Markdown and as a site, and what stands in every one of them. */
const FIRST_PAGES = {
  "README.md": "# The lab\n\nWritten by `pawl lab report` ",
  "index.html": "<title>Pawl: the lab</title>",
} as const;

/** Nobody's files are overwritten: a report goes into a new or empty folder, or over an earlier one. `first` is the first page it will have. */
export function demandReportFolder(folder: string, first: keyof typeof FIRST_PAGES, flag: string): void {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const isReport = (page: keyof typeof FIRST_PAGES): boolean =>
    names.includes(page) && readFileSync(join(folder, page), "utf8").includes(FIRST_PAGES[page]);
  // Pages and site may share a folder.
  const earlier = names.includes(first) ? isReport(first) : isReport("README.md") || isReport("index.html");
  if (names.length === 0 || earlier) return;
  throw new UsageError({
    what: "there are other files in this folder, and a report could overwrite them",
    where: folder,
    todo: `Name a new or an empty folder, or that of an earlier report: ${flag} <folder>.`,
  });
}

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
