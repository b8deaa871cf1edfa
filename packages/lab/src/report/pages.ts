import type { SystemState } from "../overview.ts";
import { chart } from "./chart.ts";
import { indexPage } from "./index-page.ts";
import { systemPage } from "./system-page.ts";

/** Every page and figure by its path within the folder of the report: Markdown and SVG. */
export function pagesOf(states: readonly SystemState[]): ReadonlyMap<string, string> {
  const pages = new Map([["README.md", indexPage(states)]]);
  for (const { entry, built } of states) {
    if (built === null) continue;
    const figure = chart(built);
    const path = figure === null ? null : `figures/${entry.id}.svg`;
    if (path !== null) pages.set(path, figure as string);
    pages.set(`${entry.id}.md`, systemPage(entry, built, path));
  }
  return pages;
}
