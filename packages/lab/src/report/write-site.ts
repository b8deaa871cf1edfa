import type { SystemState } from "../overview.ts";
import { pagesOf } from "./pages.ts";
import { htmlPage, SCRIPT, STYLE } from "./site-page.ts";
import { writeAll } from "./write-pages.ts";

/** Writes the report as a static site: the same pages as HTML, which need no network and no server. Returns the paths. */
export async function writeSite(folder: string, states: readonly SystemState[]): Promise<readonly string[]> {
  const { toHtml } = await import("./markdown.ts");
  const files = new Map([
    ["style.css", STYLE],
    ["filter.js", SCRIPT],
  ]);
  for (const [path, text] of pagesOf(states)) {
    if (!path.endsWith(".md")) files.set(path, text);
    else if (path === "README.md") files.set("index.html", htmlPage("Pawl: the lab", toHtml(text), { filter: true }));
    else
      files.set(
        path.replace(/\.md$/, ".html"),
        htmlPage(`${path.slice(0, -3)}: Pawl, the lab`, toHtml(text), { filter: false }),
      );
  }
  return writeAll(folder, files);
}
