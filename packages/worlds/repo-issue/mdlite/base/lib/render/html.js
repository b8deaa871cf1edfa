import { renderInline } from "../inline/inline.js";
import { escapeHtml } from "../util/escape.js";
import { Slugger } from "../util/slug.js";

export function renderBlocks(blocks, options = {}) {
  const slugger = new Slugger();
  const render = (block) => renderBlock(block, options, slugger, render);
  return blocks.map(render).join("\n");
}

function renderBlock(block, options, slugger, render) {
  switch (block.type) {
    case "heading": {
      const level = Math.min(6, block.level + (options.shift ?? 0));
      const id = options.ids ? ` id="${slugger.slug(block.text)}"` : "";
      return `<h${level}${id}>${renderInline(block.text)}</h${level}>`;
    }
    case "rule":
      return "<hr>";
    case "code": {
      const language = block.language === "" ? "" : ` class="language-${escapeHtml(block.language)}"`;
      return `<pre><code${language}>${escapeHtml(block.text)}\n</code></pre>`;
    }
    case "quote":
      return `<blockquote>\n${block.blocks.map(render).join("\n")}\n</blockquote>`;
    case "list":
      return renderList(block, render);
    case "table":
      return renderTable(block);
    default:
      return `<p>${renderInline(block.text)}</p>`;
  }
}

function renderList(list, render) {
  const tag = list.ordered ? "ol" : "ul";
  const start = list.ordered && list.start !== 1 ? ` start="${list.start}"` : "";
  const items = list.items.map((blocks) => {
    const parts = blocks.map((block) =>
      block.type === "paragraph" && !list.loose ? renderInline(block.text) : render(block),
    );
    return `<li>${parts.join("\n")}</li>`;
  });
  return `<${tag}${start}>\n${items.join("\n")}\n</${tag}>`;
}

function renderTable({ head, align, rows }) {
  const row = (cells, tag) =>
    `<tr>${cells.map((cell, i) => `<${tag}${align[i] ? ` align="${align[i]}"` : ""}>${renderInline(cell)}</${tag}>`).join("")}</tr>`;
  const body = rows.map((cells) => row(cells, "td")).join("\n");
  return `<table>\n<thead>${row(head, "th")}</thead>\n<tbody>\n${body}\n</tbody>\n</table>`;
}
