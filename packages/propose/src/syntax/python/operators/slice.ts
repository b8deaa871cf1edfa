import { PRECEDENCE } from "../precedence.ts";
import type { SyntaxNode } from "../tree.ts";
import { oneOff } from "./bound.ts";
import { draft, exchange, insert, remove, replace, replaceExpression, type Operator } from "./operator.ts";

/** The three places of a slice: the expression, if any, and where it is or would be. */
export function sliceParts(slice: SyntaxNode): {
  readonly colons: readonly SyntaxNode[];
  readonly start: SyntaxNode | null;
  readonly stop: SyntaxNode | null;
  readonly step: SyntaxNode | null;
} {
  const colons = slice.children.filter((child) => child.kind === ":");
  const place = (from: number, to: number): SyntaxNode | null =>
    slice.namedChildren.find((child) => child.start >= from && child.end <= to) ?? null;
  const [first, second] = colons;
  const one = first?.start ?? slice.end;
  const two = second?.start ?? slice.end;
  return {
    colons,
    start: place(slice.start, one),
    stop: place(one, two),
    step: second === undefined ? null : place(second.start, slice.end),
  };
}

export const SLICE_OPERATORS: readonly Operator[] = [
  {
    id: "adjust-index",
    faultClass: "string-array-boundary",
    description: "The neighbouring element, or the other end, of what is indexed",
    kinds: ["subscript"],
    *edits(node, file) {
      const [value, index] = [node.child("value"), node.child("subscript")];
      if (
        value === null ||
        index === null ||
        index.kind === "slice" ||
        index.kind === "string" ||
        index.kind === "concatenated_string"
      )
        return;
      if (node.children.filter((child) => child.field === "subscript").length > 1) return;
      const container = file.guess(value);
      const guess = file.guess(index);
      if (guess === "string" || guess === "tuple") return;
      const weight = container === "dict" || (guess === "unknown" && container === "unknown") ? 0.3 : 1;
      if (index.kind === "integer") {
        if (index.text === "0") {
          yield replace(index, "-1", weight);
          yield replace(index, "1", weight);
        } else {
          yield replace(index, String(Number(index.text) - 1), weight);
          yield replace(index, String(Number(index.text) + 1), weight * 0.6);
          yield replace(index, "-1", weight * 0.7);
        }
      } else if (index.kind === "unary_operator") {
        yield replace(index, "0", weight);
        const argument = index.child("argument");
        if (index.text === "-1") yield replace(index, "-2", weight * 0.8);
        else if (index.text === "-2") yield replace(index, "-1", weight);
        else if (argument?.kind === "identifier") yield replace(index, `${index.text} - 1`, weight);
      } else {
        yield* oneOff(index, weight);
        yield replaceExpression(
          index,
          `-${index.kind === "binary_operator" ? `(${index.text})` : index.text}`,
          PRECEDENCE.unary,
          weight * 0.2,
        );
        if (index.kind !== "identifier") yield replace(index, "-1", weight * 0.2);
      }
    },
  },
  {
    id: "swap-indices",
    faultClass: "argument-order",
    description: "The indices of a nested access exchanged: x[j][i] for x[i][j]",
    kinds: ["subscript"],
    *edits(node) {
      const inner = node.child("value");
      const [a, b] = [inner?.kind === "subscript" ? inner.child("subscript") : null, node.child("subscript")];
      if (a !== null && b !== null && a.kind !== "slice" && b.kind !== "slice" && a.text !== b.text)
        yield exchange(a, b);
      const both = node.children.filter((child) => child.field === "subscript");
      const [first, second] = both;
      if (both.length === 2 && first && second && first.text !== second.text) yield exchange(first, second);
    },
  },
  {
    id: "slice-bounds",
    faultClass: "string-array-boundary",
    description: "Another start or stop of a slice",
    kinds: ["slice"],
    *edits(node) {
      const { colons, start, stop, step } = sliceParts(node);
      const colon = colons[0];
      if (colon === undefined) return;
      for (const part of [start, stop]) {
        if (part === null) continue;
        if (part.kind === "integer") {
          yield replace(part, String(Number(part.text) + 1));
          if (part.text !== "0") yield replace(part, String(Number(part.text) - 1));
          yield replace(part, `-${part.text}`, 0.4);
        } else if (part.kind === "unary_operator" && /^-\d+$/.test(part.text)) {
          const value = Number(part.text);
          if (value !== -1) yield replace(part, String(value + 1));
          yield replace(part, String(value - 1));
          yield replace(part, part.text.slice(1), 0.4);
        } else {
          yield* oneOff(part, 1);
          if (part.kind === "identifier" || part.kind === "call") yield replace(part, `-${part.text}`, 0.4);
          if (part.kind === "unary_operator") {
            yield replace(part, part.text.slice(1), 0.4);
            // x[-n:] is everything when n is 0.
            const sequence = node.parent?.child("value");
            if (sequence) yield replace(part, `len(${sequence.text}) - ${part.text.slice(1)}`, 0.8);
          }
        }
        if (step === null && node.namedChildren.length > 0) yield remove(part.start, part.end, 0.5);
      }
      if (start === null) {
        yield insert(colon.start, "1", 0.6);
        if (stop === null && step === null) yield insert(colon.end, "-1", 0.4);
      }
      if (start !== null && stop === null && colons.length === 1) {
        yield insert(colon.end, "-1", 0.5);
        yield draft([{ start: start.start, end: colon.end, text: `:${start.text}` }], 0.6);
      }
      if (start === null && stop !== null && colons.length === 1) {
        yield draft([{ start: colon.start, end: stop.end, text: `${stop.text}:` }], 0.6);
        if (stop.kind === "identifier")
          yield draft([{ start: colon.start, end: stop.end, text: `-${stop.text}:` }], 0.4);
      }
      if (start !== null && stop !== null && colons.length === 1) {
        if (start.text !== stop.text) yield exchange(start, stop, 0.2);
        const width = stop.kind === "identifier" && start.kind !== "integer" && !stop.text.includes(start.text);
        if (width) yield insert(stop.start, `${start.text} + `, 0.6);
        const sum =
          stop.kind === "binary_operator" &&
          stop.child("left")?.text === start.text &&
          stop.child("operator")?.kind === "+"
            ? stop.child("right")
            : null;
        if (sum !== null) yield replace(stop, sum.text, 0.5);
      }
    },
  },
  {
    id: "index-to-slice",
    faultClass: "string-array-boundary",
    description: "x[i:] or x[:i] for x[i] and back",
    kinds: ["subscript"],
    *edits(node) {
      const index = node.child("subscript");
      if (index === null || node.field === "left") return;
      if (index.kind === "slice") {
        const { start, stop, step } = sliceParts(index);
        if (step === null && start !== null) yield replace(index, start.text, 0.4);
        if (step === null && start === null && stop !== null) yield replace(index, stop.text, 0.2);
        return;
      }
      if (index.kind !== "integer" && index.kind !== "unary_operator" && index.kind !== "identifier") return;
      const likely = index.kind === "identifier" ? 0.2 : 0.4;
      yield insert(index.end, ":", likely);
      yield insert(index.start, ":", likely * 0.7);
      if (/^\d+$/.test(index.text)) yield insert(index.end, `:${Number(index.text) + 1}`, 0.2);
    },
  },
];
