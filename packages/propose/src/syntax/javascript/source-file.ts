import type { ParsedSource } from "../types.ts";
import {
  type FunctionNode,
  type Node,
  type Program,
  type Span,
  ancestors,
  enclosingFunction,
  isFunction,
  linkTree,
} from "./ast.ts";
import { type Condition, collectConditions } from "./conditions.ts";
import { Kinds } from "./kind.ts";
import { parseModule } from "./parse-module.ts";
import { precedence } from "./precedence.ts";
import { type PropertyUse, collectProperties } from "./properties.ts";
import { type Binding, Scopes } from "./scope.ts";
import { type Style, readStyle } from "./style.ts";

/** A JavaScript or TypeScript file that parses, with the facts that operators ask for. */
export class SourceFile implements ParsedSource {
  readonly source: string;
  readonly path: string;
  readonly program: Program;
  readonly nodes: readonly Node[];
  readonly comments: readonly Span[];
  readonly scopes: Scopes;
  readonly kinds: Kinds;
  readonly style: Style;
  readonly #parenthesised: ReadonlyMap<Node, Span>;
  readonly #lineStarts: readonly number[];
  #conditions: readonly Condition[] | null = null;
  #properties: readonly PropertyUse[] | null = null;

  private constructor(source: string, path: string, program: Program, comments: readonly Span[]) {
    this.source = source;
    this.path = path;
    this.program = program;
    this.comments = comments;
    const tree = linkTree(program);
    this.nodes = tree.nodes;
    this.#parenthesised = tree.parenthesised;
    this.#lineStarts = lineStarts(source);
    this.scopes = new Scopes(this.nodes);
    this.kinds = new Kinds(this.scopes, (binding) => this.#documentedType(binding));
    this.style = readStyle(source, this.nodes);
  }

  /** Null when the text has a syntax error. */
  static parse(source: string, path: string): SourceFile | null {
    const parsed = parseModule(path, source, true);
    return parsed.fault === null ? new SourceFile(source, path, parsed.program, parsed.comments) : null;
  }

  /** Text of the node without parentheses around it. */
  text(node: Span): string {
    return this.source.slice(node.start, node.end);
  }

  /** Span of the node with the parentheses around it. */
  outer(node: Node): Span {
    return this.#parenthesised.get(node) ?? node;
  }

  outerText(node: Node): string {
    return this.text(this.outer(node));
  }

  isParenthesised(node: Node): boolean {
    return this.#parenthesised.has(node);
  }

  /** The text as an operand of something that binds with this strength: in parentheses when it needs them. */
  operand(node: Node, strength: number): string {
    if (this.#parenthesised.has(node)) return this.outerText(node);
    return precedence(node) < strength ? `(${this.text(node)})` : this.text(node);
  }

  /** 1-based line of an offset. */
  lineOf(offset: number): number {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#lineStarts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** Offset at which the line of this offset begins. */
  lineStart(offset: number): number {
    return this.#lineStarts[this.lineOf(offset) - 1]!;
  }

  /** Offset behind the line of this offset, its line break included. */
  lineEnd(offset: number): number {
    return this.#lineStarts[this.lineOf(offset)] ?? this.source.length;
  }

  /** White space at the start of the line of this offset. */
  indentAt(offset: number): string {
    const start = this.lineStart(offset);
    return /^[ \t]*/.exec(this.source.slice(start, offset))![0];
  }

  /** Where the operator between two operands stands; null when it is not found. */
  operatorSpan(left: Node, right: Node, operator: string): Span | null {
    return this.find(operator, this.outer(left).end, this.outer(right).start);
  }

  /** First occurrence of a token in a range, outside of comments. */
  find(token: string, from: number, to: number): Span | null {
    let start = this.source.indexOf(token, from);
    while (start >= 0 && start + token.length <= to) {
      const at = start;
      const comment = this.comments.find((span) => span.start <= at && at < span.end);
      if (!comment) return { start, end: start + token.length };
      start = this.source.indexOf(token, comment.end);
    }
    return null;
  }

  /** Names the node needs from around it, `this` among them; globals are not listed. */
  freeNames(node: Node): string[] {
    const names = new Set<string>();
    const visit = (at: Node): void => {
      if (at.type === "ThisExpression" || at.type === "Super") names.add("this");
      if (at.type === "Identifier") {
        const binding = this.scopes.resolve(at);
        if (binding && (binding.identifier.start < node.start || binding.identifier.end > node.end)) names.add(at.name);
      }
    };
    for (let i = this.#indexOf(node); i < this.nodes.length; i += 1) {
      const at = this.nodes[i]!;
      if (at.start >= node.end) break;
      if (at.end <= node.end) visit(at);
    }
    return [...names];
  }

  /** Nodes of the program that lie inside of the node's range, itself included, in source order. */
  *within(node: Node): Generator<Node> {
    for (let i = this.#indexOf(node); i < this.nodes.length; i += 1) {
      const at = this.nodes[i]!;
      if (at.start >= node.end) return;
      if (at.end <= node.end) yield at;
    }
  }

  /** Conditions written in the file, each text once. */
  get conditions(): readonly Condition[] {
    return (this.#conditions ??= collectConditions(this));
  }

  /** Property names of the file, with what they were read from. */
  get properties(): readonly PropertyUse[] {
    return (this.#properties ??= collectProperties(this));
  }

  /** True when `this` means an instance at the site. */
  hasThis(site: Node): boolean {
    let home: FunctionNode | null = enclosingFunction(site);
    while (home?.type === "ArrowFunctionExpression") home = enclosingFunction(home);
    return home?.type === "FunctionExpression";
  }

  /** Text of the type in the `@param {type} name` of a parameter's function. */
  #documentedType(binding: Binding): string | null {
    if (binding.role !== "parameter") return null;
    let owner: Node = binding.scope;
    for (const ancestor of ancestors(binding.scope)) {
      if (
        ancestor.type === "BlockStatement" ||
        ancestor.type === "Program" ||
        ancestor.type === "ClassBody" ||
        isFunction(ancestor)
      )
        break;
      owner = ancestor;
    }
    const comment = this.comments.findLast((span) => span.end <= owner.start);
    if (!comment || this.source.slice(comment.end, owner.start).trim() !== "") return null;
    for (const match of this.text(comment).matchAll(/@param\s+\{([^}\n]+)\}\s+\[?(\w+)/g)) {
      if (match[2] === binding.name) return match[1]!;
    }
    return null;
  }

  #indexOf(node: Node): number {
    let low = 0;
    let high = this.nodes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.nodes[middle]!.start < node.start) low = middle + 1;
      else high = middle;
    }
    while (low < this.nodes.length && this.nodes[low] !== node && this.nodes[low]!.start === node.start) low += 1;
    return low;
  }
}

function lineStarts(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
