import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { Language, Parser, type Node, type Tree } from "web-tree-sitter";
import type { EditContext, Ingredient, ParsedSource, SyntaxEdit, SyntaxLanguage } from "../types.ts";
import { editsOf } from "./edits.ts";
import { PythonFile } from "./file.ts";
import { ingredientsOf } from "./ingredients.ts";
import { isDocstring, isStatement } from "./statements.ts";
import { copyTree, type SyntaxNode } from "./tree.ts";

/** How many copied trees are kept: the base and a few candidates that are edited again and again. */
const KEPT_TREES = 16;

/** The tree of a source that the Python language parsed. */
export function pythonTree(language: SyntaxLanguage, parsed: ParsedSource): SyntaxNode {
  if (!(language instanceof Python)) throw new TypeError(`${parsed.path} was not parsed by the Python language`);
  return language.rootOf(parsed);
}

let loaded: Promise<SyntaxLanguage> | undefined;

/** The Python language. The grammar (WebAssembly, about 0.5 MB) is loaded once for the process. */
export function loadPython(): Promise<SyntaxLanguage> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<SyntaxLanguage> {
  const require = createRequire(import.meta.url);
  await Parser.init();
  const grammar = await Language.load(await readFile(require.resolve("tree-sitter-python/tree-sitter-python.wasm")));
  const parser = new Parser();
  parser.setLanguage(grammar);
  return new Python(parser);
}

class Python implements SyntaxLanguage {
  readonly id = "python";
  readonly extensions = [".py"];
  private readonly parser: Parser;
  private readonly trees = new Map<ParsedSource, SyntaxNode>();

  constructor(parser: Parser) {
    this.parser = parser;
  }

  /** Runs with the parser's tree, which lives in WebAssembly memory and is freed afterwards. */
  private withTree<T>(source: string, use: (tree: Tree) => T): T {
    const tree = this.parser.parse(source);
    if (tree === null) throw new Error("the Python parser has no grammar");
    try {
      return use(tree);
    } finally {
      tree.delete();
    }
  }

  parse(source: string, path: string): ParsedSource | null {
    return this.withTree(source, (tree) => (tree.rootNode.hasError ? null : { source, path }));
  }

  syntaxError(source: string, path: string): { readonly message: string; readonly line: number } | null {
    return this.withTree(source, (tree) => {
      if (!tree.rootNode.hasError) return null;
      const node = firstError(tree.rootNode);
      const line = node.startPosition.row + 1;
      const text = source.slice(node.startIndex, node.endIndex).split("\n")[0]?.slice(0, 40) ?? "";
      return {
        message: node.isMissing ? `${path}: missing ${node.type}` : `${path}: unexpected ${JSON.stringify(text)}`,
        line,
      };
    });
  }

  edits(parsed: ParsedSource, context: EditContext): Iterable<SyntaxEdit> {
    return editsOf(new PythonFile(parsed, this.rootOf(parsed), context.ingredients), context.lines);
  }

  ingredients(parsed: ParsedSource): readonly Ingredient[] {
    return ingredientsOf(this.rootOf(parsed));
  }

  identifiers(parsed: ParsedSource): ReadonlyMap<string, readonly number[]> {
    const lines = new Map<string, number[]>();
    for (const node of this.rootOf(parsed).walk()) {
      if (node.kind !== "identifier") continue;
      const known = lines.get(node.text) ?? [];
      if (known.at(-1) !== node.line) known.push(node.line);
      lines.set(node.text, known);
    }
    return lines;
  }

  statementLines(parsed: ParsedSource): readonly { readonly line: number; readonly endLine: number }[] {
    const spans: { line: number; endLine: number }[] = [];
    for (const node of this.rootOf(parsed).walk()) {
      const clause = /^(elif|else|except|finally|case)_clause$/.test(node.kind);
      const decorated = node.parent?.kind === "decorated_definition" && node.field === "definition";
      if ((!isStatement(node) && !clause && !decorated) || isDocstring(node) || node.kind === "decorated_definition")
        continue;
      const body = node.children.find((child) => child.kind === "block");
      const header =
        body === undefined
          ? node
          : (node.children.findLast((child) => child.kind === ":" && child.end <= body.start) ?? node);
      spans.push({ line: node.line, endLine: body === undefined ? node.endLine : header.endLine });
    }
    return spans;
  }

  /** The copied tree of a source, from the few that are kept (least recently used goes first). */
  rootOf(parsed: ParsedSource): SyntaxNode {
    const kept = this.trees.get(parsed);
    if (kept !== undefined) {
      this.trees.delete(parsed);
      this.trees.set(parsed, kept);
      return kept;
    }
    const root = this.withTree(parsed.source, (tree) => copyTree(tree, parsed.source));
    this.trees.set(parsed, root);
    if (this.trees.size > KEPT_TREES) {
      const oldest = this.trees.keys().next().value;
      if (oldest !== undefined) this.trees.delete(oldest);
    }
    return root;
  }
}

/** The innermost first node that is wrong or missing. */
function firstError(node: Node): Node {
  if (node.isError || node.isMissing) return node;
  for (const child of node.children) if (child.hasError || child.isMissing) return firstError(child);
  return node;
}
