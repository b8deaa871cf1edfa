import { parseBlocks } from "./block/blocks.js";
import { renderBlocks } from "./render/html.js";
import { tableOfContents } from "./extras/toc.js";
import { readFrontMatter } from "./extras/front-matter.js";

export function render(markdown, options = {}) {
  const { data, body } = readFrontMatter(markdown);
  const blocks = parseBlocks(body);
  const html = renderBlocks(blocks, options);
  return options.toc ? { html, data, toc: tableOfContents(blocks) } : { html, data };
}
