import { precedenceOf, requiredAt } from "../precedence.ts";
import { draft, exchange, operatorToken, remove, type Operator } from "./operator.ts";

export const GROUPING_OPERATORS: readonly Operator[] = [
  {
    id: "parenthesise",
    faultClass: "arithmetic-operator",
    description: "Operators grouped otherwise, by adding or removing parentheses",
    kinds: ["binary_operator", "boolean_operator", "not_operator", "parenthesized_expression", "comparison_operator"],
    *edits(node) {
      const faultClass =
        node.kind === "boolean_operator" || node.kind === "not_operator" ? "logical-operator" : "arithmetic-operator";
      if (node.kind === "parenthesized_expression") {
        const inner = node.namedChildren[0];
        if (inner === undefined || !/^(binary|boolean|comparison)_operator$/.test(inner.kind)) return;
        if (precedenceOf(inner) < requiredAt(node)) {
          yield draft(
            [
              { start: node.start, end: inner.start, text: "" },
              { start: inner.end, end: node.end, text: "" },
            ],
            1,
            inner.kind === "boolean_operator" ? "logical-operator" : "arithmetic-operator",
          );
        }
        return;
      }
      if (node.kind === "not_operator") {
        const outer = node.parent;
        const argument = node.child("argument");
        if (outer?.kind === "boolean_operator" && node.field === "left" && argument !== null) {
          yield draft(
            [
              { start: argument.start, end: argument.start, text: "(" },
              { start: outer.end, end: outer.end, text: ")" },
            ],
            0.8,
            faultClass,
          );
        }
        return;
      }
      if (node.kind === "comparison_operator") return;
      const [left, right] = [node.child("left"), node.child("right")];
      if (left === null || right === null) return;
      if (left.kind === node.kind) {
        const pivot = left.child("right");
        const [inner, outer] = [operatorToken(left)?.kind ?? "", operatorToken(node)?.kind ?? ""];
        const same = inner === outer && (inner === "+" || inner === "*" || node.kind === "boolean_operator");
        if (pivot !== null && !same)
          yield draft(
            [
              { start: pivot.start, end: pivot.start, text: "(" },
              { start: node.end, end: node.end, text: ")" },
            ],
            0.8,
            faultClass,
          );
      }
      if (right.kind === node.kind) {
        const pivot = right.child("left");
        if (pivot !== null)
          yield draft(
            [
              { start: node.start, end: node.start, text: "(" },
              { start: pivot.end, end: pivot.end, text: ")" },
            ],
            1,
            faultClass,
          );
      }
    },
  },
  {
    id: "swap-elements",
    faultClass: "argument-order",
    description: "Neighbours in a tuple, list, pair or multiple assignment exchanged",
    kinds: ["tuple", "list", "expression_list", "pattern_list", "pair", "dictionary", "concatenated_string"],
    *edits(node) {
      if (node.kind === "dictionary") {
        const values = node.namedChildren.filter((child) => child.kind === "pair").map((pair) => pair.child("value"));
        for (let index = 0; index + 1 < values.length; index++) {
          const [a, b] = [values[index], values[index + 1]];
          if (a && b && a.text !== b.text) yield exchange(a, b, 0.6);
        }
        return;
      }
      const elements = node.namedChildren;
      if (node.kind === "list" && elements.length > 4) return;
      for (let first = 0; first < elements.length; first++) {
        for (let second = first + 1; second < Math.min(elements.length, first + 3); second++) {
          const [a, b] = [elements[first], elements[second]];
          if (a && b && a.text !== b.text && !(a.kind === "list_splat" || b.kind === "list_splat"))
            yield exchange(a, b, second === first + 1 ? 1 : 0.5);
        }
      }
    },
  },
  {
    id: "drop-element",
    faultClass: "extra-statement",
    description: "One element of a short tuple or list taken away",
    kinds: ["list", "expression_list"],
    *edits(node) {
      const elements = node.namedChildren;
      if (elements.length < 1 || elements.length > 4 || (node.kind === "expression_list" && elements.length < 2))
        return;
      for (let index = 0; index < elements.length; index++) {
        const [element, next, previous] = [elements[index], elements[index + 1], elements[index - 1]];
        if (element === undefined) continue;
        if (next !== undefined) yield remove(element.start, next.start, 0.3);
        else if (previous !== undefined) yield remove(previous.end, element.end, 0.3);
        else yield remove(element.start, element.end, 0.3);
      }
    },
  },
];
