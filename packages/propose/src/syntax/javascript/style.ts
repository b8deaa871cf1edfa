import type { Node } from "./ast.ts";

/** How the file is written, so that inserted code looks like the rest. */
export interface Style {
  readonly eol: "\n" | "\r\n";
  /** One step of indentation. */
  readonly indent: string;
  readonly quote: "'" | '"';
  /** `;` or nothing. */
  readonly semicolon: ";" | "";
  /** True when the file writes `if (x) return;` without braces at least as often as with them. */
  readonly bareBodies: boolean;
}

export function readStyle(source: string, nodes: readonly Node[]): Style {
  let single = 0;
  let double = 0;
  let ended = 0;
  let open = 0;
  let bare = 0;
  let braced = 0;
  for (const node of nodes) {
    if (node.type === "Literal" && typeof node.value === "string") {
      if (source[node.start] === "'") single += 1;
      else if (source[node.start] === '"') double += 1;
    } else if (node.type === "ExpressionStatement" || node.type === "ReturnStatement") {
      if (source[node.end - 1] === ";") ended += 1;
      else open += 1;
    } else if (node.type === "IfStatement" && isJump(node.consequent)) {
      if (node.consequent.type === "BlockStatement") braced += 1;
      else bare += 1;
    }
  }
  return {
    eol: source.includes("\r\n") ? "\r\n" : "\n",
    indent: /^(\t| {2,8})\S/m.exec(source)?.[1] ?? "  ",
    quote: single >= double ? "'" : '"',
    semicolon: ended >= open ? ";" : "",
    bareBodies: bare >= braced,
  };
}

function isJump(node: Node): boolean {
  const only = node.type === "BlockStatement" ? (node.body.length === 1 ? node.body[0]! : null) : node;
  return only !== null && /^(Return|Throw|Break|Continue)Statement$/.test(only.type);
}
