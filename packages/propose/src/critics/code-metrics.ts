import { SourceFile } from "../syntax/javascript/source-file.ts";
import type { Languages } from "../syntax/languages.ts";
import { pythonTree } from "../syntax/python/language.ts";

/** How large and how involved a source is. */
export interface CodeMetrics {
  /** Nodes of the syntax tree that hold code: names, values, expressions, statements. */
  readonly nodes: number;
  /** Decisions plus one, of all functions together (McCabe 1976). */
  readonly complexity: number;
  /** Calls written, `new` included. */
  readonly calls: number;
}

const DECISIONS: ReadonlySet<string> = new Set([
  "IfStatement",
  "ForStatement",
  "ForInStatement",
  "ForOfStatement",
  "WhileStatement",
  "DoWhileStatement",
  "ConditionalExpression",
  "LogicalExpression",
  "CatchClause",
  "SwitchCase",
  "if_statement",
  "elif_clause",
  "for_statement",
  "while_statement",
  "conditional_expression",
  "boolean_operator",
  "except_clause",
  "for_in_clause",
  "if_clause",
]);
const CALLS: ReadonlySet<string> = new Set(["CallExpression", "NewExpression", "call"]);

/** Null for a source that does not parse, or in a language that is not known. */
export function codeMetrics(languages: Languages, source: string, path: string): CodeMetrics | null {
  const language = languages.of(path);
  const parsed = language?.parse(source, path) ?? null;
  if (language === null || parsed === null) return null;
  const kinds =
    language.id === "python"
      ? pythonTree(language, parsed)
          .walk()
          .flatMap(({ kind, named }) => (named ? [kind] : []))
      : (SourceFile.parse(source, path)?.nodes ?? []).map((node) =>
          // Of a switch, only the cases that ask something are decisions.
          node.type === "SwitchCase" && node.test === null ? "default" : node.type,
        );
  const count = (among: ReadonlySet<string>): number => kinds.filter((kind) => among.has(kind)).length;
  return { nodes: kinds.length, complexity: 1 + count(DECISIONS), calls: count(CALLS) };
}
