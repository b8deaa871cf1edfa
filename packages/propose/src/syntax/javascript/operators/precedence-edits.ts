import type { Node } from "../ast.ts";
import { operator } from "../operator.ts";
import { UNARY, operatorPrecedence } from "../precedence.ts";
import type { SourceFile } from "../source-file.ts";
import { mentions, replace, statementText } from "../text-edits.ts";
import { isValuePosition } from "./positions.ts";

type Operation = Node & { readonly operator: string; readonly left: Node; readonly right: Node };

function asOperation(node: Node, file: SourceFile): Operation | null {
  if (file.isParenthesised(node)) return null;
  return node.type === "BinaryExpression" || node.type === "LogicalExpression" ? (node as Operation) : null;
}

const around = (start: number, end: number) => [
  { start, end: start, text: "(" },
  { start: end, end, text: ")" },
];

export const precedenceEdits = [
  operator({
    id: "parenthesise",
    faultClass: "arithmetic-operator",
    description: "operands grouped the other way",
    kinds: ["BinaryExpression", "LogicalExpression"],
    *alternatives(node, file) {
      const faultClass =
        node.type === "LogicalExpression" ? ("logical-operator" as const) : ("arithmetic-operator" as const);
      const left = asOperation(node.left, file);
      const right = asOperation(node.right, file);
      // a ∘ (b • c) becomes (a ∘ b) • c
      if (right) yield { replacements: around(file.outer(node.left).start, file.outer(right.left).end), faultClass };
      // (a ∘ b) • c becomes a ∘ (b • c); pointless for the associative operators
      const associative = left?.operator === node.operator && /^(\+|\*|&&|\|\||\?\?|[&|^])$/.test(node.operator);
      if (left && !associative) {
        yield { replacements: around(file.outer(left.right).start, file.outer(node.right).end), faultClass };
      }
      const unary = node.left;
      if (unary.type === "UnaryExpression" && !file.isParenthesised(unary) && unary.operator !== "-") {
        const wide = operatorPrecedence(node.operator) >= 8 || node.type === "LogicalExpression";
        if (wide)
          yield { replacements: around(file.outer(unary.argument).start, file.outer(node.right).end), faultClass };
      }
    },
  }),
  operator({
    id: "remove-parentheses",
    faultClass: "arithmetic-operator",
    description: "parentheses around an operand removed",
    kinds: ["BinaryExpression", "LogicalExpression", "ConditionalExpression"],
    *alternatives(node, file) {
      const parent = node.parent?.type;
      const matters =
        parent === "BinaryExpression" ||
        parent === "LogicalExpression" ||
        parent === "UnaryExpression" ||
        parent === "MemberExpression";
      if (!matters || !file.isParenthesised(node)) return;
      const outer = file.outer(node);
      const faultClass =
        node.type === "LogicalExpression" ? ("logical-operator" as const) : ("arithmetic-operator" as const);
      yield { replacements: [{ start: outer.start, end: outer.end, text: file.text(node) }], weight: 0.5, faultClass };
    },
  }),
  operator({
    id: "drop-operand",
    faultClass: "arithmetic-operator",
    description: "one operand of a calculation alone",
    kinds: ["BinaryExpression"],
    *alternatives(node, file) {
      if (!/^(\+|-|\*|\/|%|\*\*|&|\||\^|<<|>>|>>>)$/.test(node.operator)) return;
      const outer = file.outer(node);
      const strength = 17;
      const keep = (operand: Node): string =>
        file.isParenthesised(node) || file.isParenthesised(operand)
          ? file.outerText(operand)
          : file.operand(operand, operand.type === "BinaryExpression" ? 0 : strength);
      const boundary = node.right.type === "Literal" && node.right.value === 1;
      yield {
        replacements: [{ start: outer.start, end: outer.end, text: keep(node.left) }],
        weight: boundary ? 0.8 : 0.4,
        ...(boundary ? { faultClass: "boundary" as const } : {}),
      };
      yield { replacements: [{ start: outer.start, end: outer.end, text: keep(node.right) }], weight: 0.2 };
    },
  }),
  operator({
    id: "add-operand",
    faultClass: "arithmetic-operator",
    description: "a value of the surroundings added or taken away",
    kinds: ["Identifier", "MemberExpression", "CallExpression"],
    *alternatives(node, file) {
      if (!isValuePosition(node) || file.kinds.of(node) !== "number") return;
      const parent = node.parent;
      if (parent?.type === "BinaryExpression" && !/^([<>]=?|[+-])$/.test(parent.operator)) return;
      const text = file.text(node);
      for (const other of amounts(node, file)) {
        const whole =
          parent?.type === "VariableDeclarator" ||
          parent?.type === "ReturnStatement" ||
          parent?.type === "AssignmentExpression";
        for (const sign of whole ? ["-", "+", "*", "/"] : ["-", "+"]) {
          const sum = `${text} ${sign} ${other.text}`;
          const tight = parent?.type === "BinaryExpression" && parent.right === node && parent.operator === "-";
          yield { replacements: replace(file.outer(node), tight ? `(${sum})` : sum), weight: other.weight };
        }
      }
    },
  }),
  operator({
    id: "wrap-around",
    faultClass: "arithmetic-operator",
    description: "a remainder kept in range: of negative numbers, and of an index behind the end",
    kinds: ["BinaryExpression", "MemberExpression"],
    *alternatives(node, file) {
      if (node.type === "BinaryExpression") {
        if (node.operator !== "%") return;
        const divisor = file.operand(node.right, UNARY);
        const whole = `((${file.text(node)}) + ${divisor}) % ${divisor}`;
        yield {
          replacements: replace(file.outer(node), node.parent?.type === "BinaryExpression" ? `(${whole})` : whole),
          weight: 0.5,
        };
        return;
      }
      if (!node.computed || node.property.type !== "BinaryExpression" || !/^[+-]$/.test(node.property.operator)) return;
      const length = `${file.text(node.object)}.length`;
      yield { replacements: replace(node.property, `(${file.text(node.property)}) % ${length}`), weight: 0.4 };
      yield {
        replacements: replace(node.property, `(${file.text(node.property)} + ${length}) % ${length}`),
        weight: 0.3,
      };
    },
  }),
];

/** Numbers, and lengths of texts and arrays, that the statement around speaks of. */
function amounts(node: Node, file: SourceFile): { text: string; weight: number }[] {
  const around = statementText(file, node);
  const found: { text: string; weight: number }[] = [];
  for (const binding of file.scopes.visible(node)) {
    if (found.length >= 3) break;
    if (!mentions(around, binding.name) || mentions(file.text(node), binding.name)) continue;
    const kind = file.kinds.ofBinding(binding);
    if (kind === "number") found.push({ text: binding.name, weight: 0.2 });
    if (kind === "string" || kind === "array") found.push({ text: `${binding.name}.length`, weight: 0.15 });
  }
  return found;
}
