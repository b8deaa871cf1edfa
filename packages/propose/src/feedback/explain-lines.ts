import type { Languages } from "../syntax/languages.ts";
import type { Node } from "../syntax/javascript/ast.ts";
import { SourceFile } from "../syntax/javascript/source-file.ts";
import { pythonTree } from "../syntax/python/language.ts";
import type { SyntaxNode } from "../syntax/python/tree.ts";

/** What one line of code does, in words. */
export interface LineExplanation {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

const LONGEST = 60;

/** Says what each statement does, from the syntax tree, without a model. Empty for a source that does not parse or in a language that is not known. */
export function explainLines(languages: Languages, source: string, path: string): LineExplanation[] {
  const language = languages.of(path);
  const parsed = language?.parse(source, path) ?? null;
  if (language === null || parsed === null) return [];
  const found =
    language.id === "python"
      ? pythonTree(language, parsed)
          .walk()
          .map((node) => ({ line: node.line, text: sayPython(node) }))
      : javascript(source, path);
  return found.flatMap(({ line, text }) => (text === null ? [] : [{ line, text }])).toSorted((a, b) => a.line - b.line);
}

function javascript(source: string, path: string): { line: number; text: string | null }[] {
  const file = SourceFile.parse(source, path);
  return (file?.nodes ?? []).map((node) => ({
    line: file?.lineOf(node.start) ?? 0,
    text: sayJavascript(node, file as SourceFile),
  }));
}

function short(text: string): string {
  const flat = text.replaceAll(/\s+/g, " ").trim();
  return flat.length > LONGEST ? `${flat.slice(0, LONGEST)}…` : flat;
}

/** Words for `+=` and its like. */
function sayUpdate(operator: string, target: string, value: string): string {
  const verbs: Readonly<Record<string, string>> = {
    "+=": `adds ${value} to ${target}`,
    "-=": `takes ${value} from ${target}`,
    "*=": `multiplies ${target} by ${value}`,
    "/=": `divides ${target} by ${value}`,
    "++": `adds 1 to ${target}`,
    "--": `takes 1 from ${target}`,
  };
  return verbs[operator] ?? `changes ${target} by ${operator.replace("=", "")} ${value}`;
}

function sayJavascript(node: Node, file: SourceFile): string | null {
  const text = (of: Node | null | undefined): string =>
    of === null || of === undefined ? "nothing" : short(file.text(of));
  switch (node.type) {
    case "FunctionDeclaration":
      return `defines the function ${node.id?.name ?? ""} of ${node.params.map((each) => text(each as Node)).join(", ") || "nothing"}`;
    case "VariableDeclaration":
      if (node.parent?.type.startsWith("For") === true) return null;
      return node.declarations
        .map(({ id, init }) =>
          init === null ? `makes ${text(id as Node)} without a value` : `calls ${text(init)} '${text(id as Node)}'`,
        )
        .join("; ");
    case "IfStatement":
      return `when ${text(node.test)}, goes into its block${node.alternate === null ? "" : ", otherwise into the other"}`;
    case "ForOfStatement":
    case "ForInStatement":
      return `repeats for each ${text(node.left as Node).replace(/^(?:const|let|var) /, "")} ${node.type === "ForOfStatement" ? "of" : "among the keys of"} ${text(node.right)}`;
    case "ForStatement":
      return `starts with ${text(node.init as Node | null)}; repeats as long as ${text(node.test)}, each time followed by ${text(node.update)}`;
    case "WhileStatement":
      return `repeats as long as ${text(node.test)}`;
    case "DoWhileStatement":
      return `runs once, then repeats as long as ${text(node.test)}`;
    case "ReturnStatement":
      return node.argument === null ? "ends the function without a value" : `gives back ${text(node.argument)}`;
    case "ThrowStatement":
      return `throws ${text(node.argument)}`;
    case "BreakStatement":
      return "leaves the loop";
    case "ContinueStatement":
      return "goes on with the next round";
    case "ExpressionStatement": {
      const { expression } = node;
      if (expression.type === "AssignmentExpression")
        return expression.operator === "="
          ? `sets ${text(expression.left as Node)} to ${text(expression.right)}`
          : sayUpdate(expression.operator, text(expression.left as Node), text(expression.right));
      if (expression.type === "UpdateExpression")
        return sayUpdate(expression.operator, text(expression.argument as Node), "1");
      return `runs ${text(expression)}`;
    }
    case "ArrowFunctionExpression":
      return node.body.type === "BlockStatement"
        ? null
        : `a function of ${node.params.map((each) => text(each as Node)).join(", ")} gives ${text(node.body)}`;
    default:
      return null;
  }
}

function sayPython(node: SyntaxNode): string | null {
  const text = (field: string): string => short(node.child(field)?.text ?? "nothing");
  const first = short(node.namedChildren[0]?.text ?? "nothing");
  switch (node.kind) {
    case "function_definition":
      return `defines the function ${text("name")} of ${text("parameters").replace(/^\(|\)$/g, "") || "nothing"}`;
    case "if_statement":
    case "elif_clause":
      return `${node.kind === "if_statement" ? "when" : "otherwise, when"} ${text("condition")}, goes into its block`;
    case "else_clause":
      return "otherwise goes into this block";
    case "for_statement":
      return `repeats for each ${text("left")} of ${text("right")}`;
    case "while_statement":
      return `repeats as long as ${text("condition")}`;
    case "return_statement":
      return node.namedChildren.length === 0 ? "ends the function without a value" : `gives back ${first}`;
    case "raise_statement":
      return `raises ${first}`;
    case "break_statement":
      return "leaves the loop";
    case "continue_statement":
      return "goes on with the next round";
    case "assignment":
      return `sets ${text("left")} to ${text("right")}`;
    case "augmented_assignment":
      return sayUpdate(node.child("operator")?.text ?? "", text("left"), text("right"));
    case "expression_statement": {
      const kind = node.namedChildren[0]?.kind;
      return kind === "call" || kind === "await" ? `runs ${first}` : null;
    }
    default:
      return null;
  }
}
