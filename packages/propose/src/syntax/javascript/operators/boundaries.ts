import { type Node, calleeName, isNumber } from "../ast.ts";
import { operator } from "../operator.ts";
import { POSTFIX, precedence } from "../precedence.ts";
import type { SourceFile } from "../source-file.ts";
import { replace } from "../text-edits.ts";

const CUTS = /^(slice|substring|substr|splice|subarray)$/;

/** The index one off, simplified when it already is `n ± 1` or a number. */
function neighbours(node: Node, file: SourceFile): string[] {
  if (isNumber(node)) return [String(node.value + 1), String(node.value - 1)];
  if (node.type === "UnaryExpression" && node.operator === "-" && isNumber(node.argument)) {
    const value = -node.argument.value;
    return [value + 1 === 0 ? "0" : String(value + 1), String(value - 1)];
  }
  const text = precedence(node) < 11 ? `(${file.text(node)})` : file.text(node);
  return [`${text} + 1`, `${text} - 1`];
}

export const boundaryEdits = [
  operator({
    id: "substring-arguments",
    faultClass: "string-array-boundary",
    description: "another start or end of a slice",
    kinds: ["CallExpression"],
    *alternatives(node, file) {
      const name = calleeName(node);
      if (name === null || !CUTS.test(name) || node.callee.type !== "MemberExpression") return;
      for (const [index, argument] of node.arguments.entries()) {
        if (argument.type === "SpreadElement") continue;
        for (const text of neighbours(argument, file)) yield { replacements: replace(file.outer(argument), text) };
        if (argument.type === "BinaryExpression" && (argument.operator === "+" || argument.operator === "-")) {
          yield { replacements: replace(file.outer(argument), file.outerText(argument.left)), weight: 0.8 };
          const at = file.operatorSpan(argument.left, argument.right, argument.operator);
          if (at) yield { replacements: replace(at, argument.operator === "+" ? "-" : "+"), weight: 0.4 };
        }
        const object = file.text(node.callee.object);
        if (index === 1 && !isNumber(argument) && name !== "splice") {
          const first = node.arguments[0]!;
          yield {
            replacements: replace(file.outer(argument), `${file.outerText(first)} + ${file.operand(argument, 12)}`),
            weight: 0.6,
          };
          yield {
            replacements: replace(file.outer(argument), `${file.operand(argument, 11)} - ${file.operand(first, 12)}`),
            weight: 0.3,
          };
        }
        if (index === 0 && node.arguments.length === 1) {
          yield { replacements: replace(file.outer(argument), `0, ${file.text(argument)}`), weight: 0.5 };
          yield { replacements: replace(file.outer(argument), `-${file.operand(argument, POSTFIX)}`), weight: 0.4 };
          if (argument.type === "UnaryExpression" && argument.operator === "-") {
            yield { replacements: replace(argument, file.outerText(argument.argument)), weight: 0.4 };
          }
          yield {
            replacements: [{ start: argument.end, end: argument.end, text: `, ${object}.length - 1` }],
            weight: 0.2,
          };
          yield { replacements: [{ start: argument.end, end: argument.end, text: ", -1" }], weight: 0.3 };
        }
      }
    },
  }),
  operator({
    id: "array-boundary",
    faultClass: "string-array-boundary",
    description: "the other end of an array, or its neighbour",
    kinds: ["MemberExpression", "CallExpression"],
    *alternatives(node, file) {
      if (node.type === "CallExpression") {
        if (calleeName(node) !== "at" || node.callee.type !== "MemberExpression" || node.arguments.length !== 1) return;
        const argument = node.arguments[0]!;
        for (const text of ["0", "-1", "-2"])
          if (file.text(argument) !== text) yield { replacements: replace(argument, text), weight: 0.6 };
        return;
      }
      const parent = node.parent;
      if (node.computed) {
        const object = file.text(node.object);
        const index = file.text(node.property);
        if (isNumber(node.property)) {
          yield { replacements: replace(node.property, `${object}.length - 1`), weight: 0.8 };
          const written = parent?.type === "AssignmentExpression" && parent.left === node;
          if (!written) yield { replacements: replace(node, `${object}.at(-1)`), weight: 0.7 };
        }
        if (index === `${object}.length - 1`) {
          yield { replacements: replace(node.property, "0"), weight: 0.6 };
          yield { replacements: replace(node.property, `${object}.length - 2`), weight: 0.6 };
        }
        if (index === `${object}.length`) yield { replacements: replace(node.property, `${object}.length - 1`) };
        return;
      }
      const length = node.property.type === "Identifier" && node.property.name === "length";
      if (!length || (parent?.type === "AssignmentExpression" && parent.left === node)) return;
      const tight = parent?.type === "BinaryExpression" && /^([-*/%]|\*\*)$/.test(parent.operator);
      const text = `${file.text(node)} - 1`;
      if (parent?.type !== "BinaryExpression" || parent.operator !== "-" || parent.left !== node) {
        yield { replacements: replace(node, tight ? `(${text})` : text), weight: 0.7 };
      }
    },
  }),
  operator({
    id: "string-boundary",
    faultClass: "string-array-boundary",
    description: "where a search starts, how wide a padding is, what a split yields",
    kinds: ["CallExpression"],
    *alternatives(node, file) {
      const name = calleeName(node);
      if (
        name === null ||
        !/^(indexOf|lastIndexOf|includes|padStart|padEnd|repeat|charAt|charCodeAt|codePointAt|split|fill)$/.test(name)
      )
        return;
      const argument = node.arguments[name === "repeat" || /^(pad|char|code)/.test(name) ? 0 : 1];
      if (argument && argument.type !== "SpreadElement") {
        for (const text of neighbours(argument, file)) yield { replacements: replace(file.outer(argument), text) };
      }
      if (name === "split" && node.arguments.length === 1 && node.callee.type === "MemberExpression") {
        const pattern = node.arguments[0]!;
        const quote = file.style.quote;
        for (const text of ["/\\s+/", "/\\r?\\n/", `${quote}\\n${quote}`, "/[,\\s]+/"]) {
          if (text !== file.text(pattern)) yield { replacements: replace(pattern, text), weight: 0.2 };
        }
      }
    },
  }),
  operator({
    id: "index-result",
    faultClass: "string-array-boundary",
    description: "how the result of a search is compared",
    kinds: ["BinaryExpression"],
    *alternatives(node, file) {
      if (file.kinds.of(node.left as Node) !== "number" || !/^([=!]==?|[<>]=?)$/.test(node.operator)) return;
      const right = file.text(node.right);
      if (right !== "-1" && right !== "0") return;
      const left = file.outerText(node.left as Node);
      for (const text of [`${left} !== -1`, `${left} === -1`, `${left} >= 0`, `${left} > 0`, `${left} < 0`]) {
        yield { replacements: replace(node, text), weight: 0.5 };
      }
    },
  }),
];
