import { demandReportFolder, labFolders, overview, writePages, writeSite } from "@pawl/lab";
import type { Action } from "../command.ts";
import { folderOf, openResults } from "../lab-options.ts";
import { text } from "../number-options.ts";
import { count } from "../words.ts";

export const run: Action = async (call) => {
  const { screen } = call;
  const pages = folderOf(call, "out", labFolders(process.cwd()).pages);
  const site = text(call, "site") === undefined ? null : folderOf(call, "site", "");
  demandReportFolder(pages, "README.md", "--out");
  if (site !== null) demandReportFolder(site, "index.html", "--site");
  const states = await overview(openResults(call));
  const written = writePages(pages, states);
  const siteFiles = site === null ? [] : await writeSite(site, states);
  screen.document({ pages, site, files: [...written, ...siteFiles] });
  screen.print(`Written: ${count(written.length, "file")} in ${pages}`);
  if (site !== null) screen.print(`Written: ${count(siteFiles.length, "file")} in ${site}; open ${site}/index.html`);
  return 0;
};
