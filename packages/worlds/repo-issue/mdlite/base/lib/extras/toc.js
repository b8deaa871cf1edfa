import { Slugger } from "../util/slug.js";

/** The headings as a tree: { text, id, children }. */
export function tableOfContents(blocks) {
  const slugger = new Slugger();
  const root = { level: 0, children: [] };
  const stack = [root];
  for (const block of blocks) {
    if (block.type !== "heading") continue;
    const entry = { level: block.level, text: block.text, id: slugger.slug(block.text), children: [] };
    while (stack.at(-1).level >= block.level) stack.pop();
    stack.at(-1).children.push(entry);
    stack.push(entry);
  }
  return root.children.map(strip);
}

function strip({ text, id, children }) {
  return { text, id, children: children.map(strip) };
}
