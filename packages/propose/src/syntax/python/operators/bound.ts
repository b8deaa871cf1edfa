import type { PythonFile } from "../file.ts";
import { PRECEDENCE, precedenceOf } from "../precedence.ts";
import type { SyntaxNode } from "../tree.ts";
import {
  argumentsOf,
  calleeName,
  draft,
  insert,
  remove,
  replace,
  replaceExpression,
  type Draft,
  type Operator,
} from "./operator.ts";

const NUMERIC = [
  "identifier",
  "call",
  "subscript",
  "attribute",
  "binary_operator",
  "parenthesized_expression",
] as const;

function isLiteral(node: SyntaxNode): boolean {
  return node.kind === "integer" || node.kind === "float";
}

/** `e + 1` and `e - 1`, without writing `n - 1 + 1`. */
export function* oneOff(node: SyntaxNode, weight: number): Generator<Draft> {
  if (node.kind === "binary_operator") {
    const [right, token] = [node.child("right"), node.child("operator")];
    if (right?.kind === "integer" && (token?.kind === "+" || token?.kind === "-")) return; // the constant itself is adjusted, or dropped
  }
  if (node.kind === "parenthesized_expression") {
    const inner = node.namedChildren[0];
    if (
      inner?.kind !== "binary_operator" ||
      precedenceOf(inner) !== PRECEDENCE.sum ||
      isLiteral(inner.child("right") ?? inner)
    )
      return;
    yield insert(inner.end, " - 1", weight);
    yield insert(inner.end, " + 1", weight);
    return;
  }
  const needs = precedenceOf(node) < PRECEDENCE.sum;
  const text = needs ? `(${node.text})` : node.text;
  yield replaceExpression(node, `${text} - 1`, PRECEDENCE.sum, weight);
  yield replaceExpression(node, `${text} + 1`, PRECEDENCE.sum, weight);
}

/** How likely an expression at this place is off by one; 0 where numbers do not stand. */
function boundaryPlace(node: SyntaxNode, file: PythonFile): number {
  const parent = node.parent;
  if (parent === null) return 0;
  const guess = file.guess(node);
  if (guess !== "number" && guess !== "unknown") return 0;
  const known = guess === "number" ? 1 : 0.4;
  switch (parent.kind) {
    case "comparison_operator": {
      const operands = parent.namedChildren;
      const tokens = parent.children.filter((child) => child.field === "operators");
      const ordered = tokens.some((token) => /[<>]/.test(token.kind));
      const equal = tokens.every((token) => token.kind === "==" || token.kind === "!=");
      if (operands.some((operand) => operand.kind === "string" || operand.kind === "none")) return 0;
      if (operands.at(-1) === node || (operands[0] === node && operands.at(-1)?.kind !== "integer"))
        return (ordered ? 1 : equal ? 0.4 : 0) * (guess === "number" ? 1 : 0.6) * (operands.at(-1) === node ? 1 : 0.5);
      return 0;
    }
    case "argument_list": {
      const name = parent.parent === null ? "" : calleeName(parent.parent);
      if (name === "range") return 1;
      if (
        ["len", "str", "int", "abs", "print", "isinstance", "append", "sorted", "sum", "list", "set", "float"].includes(
          name,
        )
      )
        return 0;
      return guess === "number" ? 0.6 : 0.1;
    }
    case "return_statement":
    case "expression_list":
    case "list":
    case "tuple":
      return guess === "number" ? 0.5 : 0;
    case "assignment":
    case "pair":
      return (node.field === "right" || node.field === "value") && guess === "number" ? 0.6 : 0;
    case "binary_operator":
      if (node.kind === "parenthesized_expression")
        return ["//", "%", "*", "/"].includes(parent.child("operator")?.kind ?? "") ? 0.9 : 0.4;
      if (["//", "%", "*"].includes(parent.child("operator")?.kind ?? ""))
        return node.kind === "binary_operator" ? 0 : known * 0.5;
      return 0;
    case "parenthesized_expression":
      return 0;
    case "augmented_assignment":
      return node.field === "right" && guess === "number" ? 0.4 : 0;
    default:
      return 0;
  }
}

export const BOUND_OPERATORS: readonly Operator[] = [
  {
    id: "adjust-bound",
    faultClass: "boundary",
    description: "One more or one less where a limit, a size or a position is computed",
    kinds: NUMERIC,
    *edits(node, file) {
      const weight = boundaryPlace(node, file);
      if (weight > 0) yield* oneOff(node, weight);
    },
  },
  {
    id: "range-bounds",
    faultClass: "boundary",
    description: "Another start or stop of a range, another start of enumerate",
    kinds: ["call"],
    *edits(node) {
      const name = node.child("function")?.text;
      const [first, second, third] = argumentsOf(node);
      if (first === undefined) return;
      if (name === "range") {
        if (second === undefined) {
          yield replace(first, `1, ${first.text}`, 0.8);
          yield replace(first, `1, ${first.text} + 1`, 0.8);
        } else if (third === undefined) {
          yield remove(first.start, second.start, 0.8);
          yield replace(first, "0", 0.6);
          const plus = second.kind === "binary_operator" && second.text.endsWith("+ 1") ? second.child("left") : null;
          if (plus !== null) yield draft([{ start: first.start, end: second.end, text: plus.text }], 0.5);
          // An inner loop that starts behind, or at, the outer one's place.
          if (first.kind === "identifier") yield replace(first, `${first.text} + 1`, 0.9);
        }
      }
      if (name === "enumerate") {
        if (second === undefined) yield insert(first.end, ", 1", 0.7);
        else yield remove(first.end, second.end, 0.7);
      }
    },
  },
  {
    id: "clamp",
    faultClass: "boundary",
    description: "A lower or upper limit put around a number: max(0, …)",
    kinds: NUMERIC,
    *edits(node, file) {
      const place = node.parent;
      if (place === null || node.kind === "parenthesized_expression" || file.guess(node) !== "number") return;
      const computed =
        node.kind === "binary_operator" ||
        (node.kind === "call" && !["max", "min", "len", "range"].includes(calleeName(node)));
      const position = place.kind === "slice";
      const result =
        place.kind === "return_statement" ||
        (place.kind === "assignment" && node.field === "right") ||
        (place.kind === "argument_list" && calleeName(place.parent ?? place) === "range");
      if (!((computed && result) || (position && node.kind !== "call"))) return;
      yield replace(node, `max(0, ${node.text})`, 0.6);
      if (!position && result) yield replace(node, `max(1, ${node.text})`, 0.3);
      for (const { binding, guess } of file.variablesAt(node)) {
        if (
          guess === "number" &&
          /max|limit|cap|high|total|size|length/.test(binding.name) &&
          !node.text.includes(binding.name)
        )
          yield replace(node, `min(${node.text}, ${binding.name})`, 0.4);
      }
    },
  },
];
