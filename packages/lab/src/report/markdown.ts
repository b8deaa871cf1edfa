import { Marked, type Tokens } from "marked";
import { STATUSES } from "../overview.ts";

const STATES = new RegExp(
  `^(<strong>)?(${[...STATUSES].toSorted((a, b) => b.length - a.length).join("|")})(</strong>)?$`,
);

const marked = new Marked({
  renderer: {
    /** Pages of the report lead to their HTML; what lies outside of it is not part of the site. */
    link({ href, tokens }: Tokens.Link): string {
      const text = this.parser.parseInline(tokens);
      if (href.startsWith("../")) return text;
      const target = href === "README.md" ? "index.html" : href.replace(/^([\w-]+)\.md$/, "$1.html");
      return `<a href="${escaped(target)}">${text}</a>`;
    },
    /** A wide table scrolls by itself. */
    table({ header, rows }: Tokens.Table): string {
      const inline = ({ tokens }: Tokens.TableCell): string => this.parser.parseInline(tokens);
      const named = header.some(({ text }) => text !== "");
      const head = named ? `<thead><tr>${header.map((each) => `<th>${inline(each)}</th>`).join("")}</tr></thead>` : "";
      const body = rows.map(
        (row) => `<tr>${row.map((each) => `<td${shape(each.text)}>${stateOr(inline(each))}</td>`).join("")}</tr>`,
      );
      return `<div class="wide" tabindex="0"><table>${head}<tbody>\n${body.join("\n")}\n</tbody></table></div>\n`;
    },
    strong({ tokens }: Tokens.Strong): string {
      return stateOr(`<strong>${this.parser.parseInline(tokens)}</strong>`);
    },
  },
});

export function toHtml(markdown: string): string {
  return marked.parse(markdown, { async: false });
}

/** Figures, dates and names stay on one line; sentences get room, for a table may be wider than the screen. */
function shape(markdown: string): string {
  const text = markdown.replace(/^\[(.*)\]\(.*\)$/, "$1");
  if (text.length > 40) return ' class="long"';
  return /\d|^\S+$/.test(text) && text.length <= 26 ? ' class="short"' : "";
}

/** The words for states get a colour of their own. */
function stateOr(html: string): string {
  const state = STATES.exec(html)?.[2];
  return state === undefined ? html : `<span class="state ${state.replaceAll(" ", "-")}">${state}</span>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
