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
      const line = (cells: readonly Tokens.TableCell[], tag: "th" | "td"): string =>
        `<tr>${cells.map((cell) => `<${tag}>${stateOr(this.parser.parseInline(cell.tokens))}</${tag}>`).join("")}</tr>`;
      const named = header.some(({ text }) => text !== "");
      const head = named ? `<thead>${line(header, "th")}</thead>` : "";
      return `<div class="wide" tabindex="0"><table>${head}<tbody>\n${rows.map((row) => line(row, "td")).join("\n")}\n</tbody></table></div>\n`;
    },
    strong({ tokens }: Tokens.Strong): string {
      return stateOr(`<strong>${this.parser.parseInline(tokens)}</strong>`);
    },
  },
});

export function toHtml(markdown: string): string {
  return marked.parse(markdown, { async: false });
}

/** The words for states get a colour of their own. */
function stateOr(html: string): string {
  const state = STATES.exec(html)?.[2];
  return state === undefined ? html : `<span class="state ${state.replaceAll(" ", "-")}">${state}</span>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
