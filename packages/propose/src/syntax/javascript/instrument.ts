import MagicString from "magic-string";
import { type Node, ancestors, enclosingStatement, isFunction, isStatement, statementList } from "./ast.ts";
import { precedence } from "./precedence.ts";
import { SourceFile } from "./source-file.ts";

/** A source with counters in it. */
export interface Instrumented {
  /** Runs like the original; calls `globalThis.__pawlHit?.(path, line)` before each counted piece. */
  readonly code: string;
  /** 1-based lines that have a counter, ascending. */
  readonly lines: readonly number[];
}

/**
 * Puts line counters into a JavaScript or TypeScript source: before statements, in expression bodies of arrow
 * functions and tests of `else if`, and, where they stand on lines of their own, in the results of conditional
 * expressions and the right operands of && || ??. Lines keep their numbers and TypeScript keeps its types. The program must define `globalThis.__pawlHit` to hear of hits.
 * Null when the source has a syntax error.
 */
export function instrumentLines(source: string, path: string): Instrumented | null {
  const name = JSON.stringify(path);
  return instrument(source, path, (line) => `globalThis.__pawlHit?.(${name},${line})`);
}

/** Like `instrumentLines`, with what the variables in scope hold: calls `globalThis.__pawlStep?.(line, { name: () => name })`. */
export function instrumentValues(source: string, path: string): Instrumented | null {
  const cast = /\.[cm]?tsx?$/.test(path) ? "(globalThis as any)" : "globalThis";
  return instrument(source, path, (line, node) => {
    const getters = [...namesInScope(node)].map((each) => `${each}:()=>${each}`);
    return `${cast}.__pawlStep?.(${line},{${getters.join(",")}})`;
  });
}

/** Variables of the functions and blocks around a node, those of the module left out. */
function namesInScope(node: Node): ReadonlySet<string> {
  const names = new Set<string>();
  for (const outer of ancestors(node)) {
    if (outer.type === "BlockStatement" || outer.type === "StaticBlock")
      for (const each of outer.body) declaredIn(each as Node, names);
    else if (outer.type === "ForStatement" && outer.init) declaredIn(outer.init as Node, names);
    else if (outer.type === "ForOfStatement" || outer.type === "ForInStatement") declaredIn(outer.left as Node, names);
    else if (isFunction(outer)) for (const each of outer.params) addNames(each as Node, names);
  }
  return names;
}

function declaredIn(node: Node, names: Set<string>): void {
  if (node.type === "VariableDeclaration" && !node.declare)
    for (const each of node.declarations) addNames(each.id as Node, names);
}

function addNames(pattern: Node, names: Set<string>): void {
  if (pattern.type === "Identifier") names.add(pattern.name);
  else if (pattern.type === "AssignmentPattern") addNames(pattern.left as Node, names);
  else if (pattern.type === "RestElement") addNames(pattern.argument as Node, names);
  else if (pattern.type === "ArrayPattern") {
    for (const each of pattern.elements) if (each) addNames(each as Node, names);
  } else if (pattern.type === "ObjectPattern")
    for (const each of pattern.properties) addNames((each.type === "Property" ? each.value : each) as Node, names);
}

function instrument(source: string, path: string, call: (line: number, node: Node) => string): Instrumented | null {
  const file = SourceFile.parse(source, path);
  if (!file) return null;
  const text = new MagicString(source);
  const lines = new Set<number>();
  const hit = (at: number, node: Node): string => {
    const line = file.lineOf(at);
    lines.add(line);
    return call(line, node);
  };
  for (const node of file.nodes) {
    if (isCounted(node)) {
      if (statementList(node)) text.appendLeft(node.start, `${hit(node.start, node)};`);
      else {
        text.appendLeft(node.start, `{${hit(node.start, node)};`);
        text.prependRight(node.end, "}");
      }
    } else if (isCountedExpression(node, file)) {
      const outer = file.outer(node);
      const inner = precedence(node) === 0 && !file.isParenthesised(node);
      // The comma operator has the type of its last operand, contextual typing included.
      text.appendLeft(outer.start, `(${hit(outer.start, node)},${inner ? "(" : ""}`);
      text.prependRight(outer.end, inner ? "))" : ")");
    }
  }
  return { code: text.toString(), lines: [...lines].sort((a, b) => a - b) };
}

function isCounted(node: Node): boolean {
  if (!isStatement(node) || ("directive" in node && node.directive)) return false;
  const parent = node.parent;
  switch (node.type) {
    case "BlockStatement":
    case "EmptyStatement":
    case "FunctionDeclaration":
    case "ClassDeclaration":
      return false;
    case "VariableDeclaration":
      // Not in the head of a loop, not behind `export`, and not where it declares a type only.
      if (node.declare || statementList(node) === null) return false;
      break;
    default:
  }
  // Behind a label a `continue` needs the loop itself; `else if` keeps its chain without braces.
  if (parent?.type === "LabeledStatement") return false;
  return !(parent?.type === "IfStatement" && parent.alternate === node && node.type === "IfStatement");
}

/** True for expressions that run or not on their own, and would not be counted with their statement. */
function isCountedExpression(node: Node, file: SourceFile): boolean {
  const parent = node.parent;
  switch (parent?.type) {
    case "ArrowFunctionExpression":
      return parent.body === node && node.type !== "BlockStatement";
    case "IfStatement":
      return parent.test === node && parent.parent?.type === "IfStatement" && parent.parent.alternate === parent;
    case "ConditionalExpression":
      return parent.test !== node && startsLine(node, file);
    case "LogicalExpression":
      return parent.right === node && startsLine(node, file);
    default:
      return false;
  }
}

/** True when the node stands on a line on which its statement does not begin. */
function startsLine(node: Node, file: SourceFile): boolean {
  const statement = enclosingStatement(node);
  return statement !== null && file.lineOf(statement.start) !== file.lineOf(file.outer(node).start);
}
