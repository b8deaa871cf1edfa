import type { FaultClass } from "@pawl/core";
import type { Node } from "../ast.ts";
import { type Alternative, operator } from "../operator.ts";
import type { SourceFile } from "../source-file.ts";
import { exchange, replace } from "../text-edits.ts";

type Swaps = Readonly<Record<string, readonly string[]>>;

const ARITHMETIC: Swaps = {
  "+": ["-", "*"],
  "-": ["+", "*"],
  "*": ["/", "+", "**"],
  "/": ["*", "%"],
  "%": ["/", "*"],
  "**": ["*"],
};

const COMPARISON: Swaps = {
  "<": ["<=", ">", ">=", "!=="],
  "<=": ["<", ">=", ">", "==="],
  ">": [">=", "<", "<=", "!=="],
  ">=": [">", "<=", "<", "==="],
  "===": ["!==", "<=", ">="],
  "!==": ["===", "<", ">"],
  "==": ["!=", "<=", ">="],
  "!=": ["==", "<", ">"],
  in: [],
};

const BITWISE: Swaps = {
  "&": ["|", "^", "&&"],
  "|": ["&", "^", "||"],
  "^": ["&", "|", "**"],
  "<<": [">>", ">>>"],
  ">>": ["<<", ">>>"],
  ">>>": [">>", "<<"],
};

const STRICT: Swaps = { "==": ["==="], "===": ["=="], "!=": ["!=="], "!==": ["!="] };

const LOGICAL: Swaps = { "&&": ["||", "??"], "||": ["&&", "??"], "??": ["||", "&&"] };

const ASSIGNMENT: Swaps = {
  "+=": ["-=", "=", "*="],
  "-=": ["+=", "=", "*="],
  "*=": ["/=", "+=", "="],
  "/=": ["*=", "="],
  "%=": ["/="],
  "**=": ["*="],
  "=": ["+=", "-=", "??=", "||="],
  "??=": ["=", "||="],
  "||=": ["??=", "=", "&&="],
  "&&=": ["||=", "="],
  "|=": ["&=", "=", "^="],
  "&=": ["|=", "=", "^="],
  "^=": ["|=", "&="],
  "<<=": [">>="],
  ">>=": ["<<=", ">>>="],
  ">>>=": [">>="],
};

type Operation = { readonly operator: string; readonly left: Node; readonly right: Node };

/** Alternatives that put another operator between the operands; the first of a row is the likeliest. */
function* swap(node: Operation, file: SourceFile, swaps: Swaps): Generator<Alternative & { to: string }> {
  const others = swaps[node.operator];
  if (!others) return;
  const span = file.operatorSpan(node.left, node.right, node.operator);
  if (!span) return;
  for (const [rank, to] of others.entries()) {
    yield { to, replacements: replace(span, to), weight: rank === 0 ? 1 : 0.5 / rank };
  }
}

const isText = (node: Node, file: SourceFile): boolean => file.kinds.of(node) === "string";

export const operatorSwaps = [
  operator({
    id: "swap-arithmetic",
    faultClass: "arithmetic-operator",
    description: "another arithmetic operator",
    kinds: ["BinaryExpression"],
    *alternatives(node, file) {
      if (node.operator === "+" && (isText(node.left, file) || isText(node.right, file))) return;
      yield* swap(node, file, ARITHMETIC);
    },
  }),
  operator({
    id: "swap-comparison",
    faultClass: "comparison-operator",
    description: "another comparison operator",
    kinds: ["BinaryExpression"],
    *alternatives(node, file) {
      for (const alternative of swap(node, file, COMPARISON)) {
        const sameDirection = alternative.to[0] === node.operator[0] && /^[<>]/.test(node.operator);
        const faultClass: FaultClass = sameDirection ? "boundary" : "comparison-operator";
        yield { ...alternative, faultClass };
      }
    },
  }),
  operator({
    id: "strict-equality",
    faultClass: "comparison-operator",
    description: "equality with or without conversion",
    kinds: ["BinaryExpression"],
    *alternatives(node, file) {
      yield* swap(node, file, STRICT);
    },
  }),
  operator({
    id: "swap-bitwise",
    faultClass: "arithmetic-operator",
    description: "another bitwise operator or shift",
    kinds: ["BinaryExpression"],
    *alternatives(node, file) {
      yield* swap(node, file, BITWISE);
    },
  }),
  operator({
    id: "swap-logical",
    faultClass: "logical-operator",
    description: "another of && || ??",
    kinds: ["LogicalExpression"],
    *alternatives(node, file) {
      yield* swap(node, file, LOGICAL);
    },
  }),
  operator({
    id: "swap-assignment-operator",
    faultClass: "arithmetic-operator",
    description: "another assignment operator",
    kinds: ["AssignmentExpression"],
    *alternatives(node, file) {
      yield* swap(node, file, ASSIGNMENT);
    },
  }),
  operator({
    id: "swap-operands",
    faultClass: "argument-order",
    description: "operands the other way round",
    kinds: ["BinaryExpression"],
    *alternatives(node, file) {
      const ordered = /^(-|\/|%|\*\*|<<|>>|>>>|in|instanceof|<|<=|>|>=)$/.test(node.operator);
      const text = node.operator === "+" && (isText(node.left, file) || isText(node.right, file));
      if (!ordered && !text) return;
      const [left, right] = [file.outerText(node.left), file.operand(node.right, 12)];
      yield {
        replacements: [
          { ...span(file.outer(node.left)), text: right },
          {
            ...span(file.outer(node.right)),
            text: needsParentheses(node.left, node.operator, file) ? `(${left})` : left,
          },
        ],
        weight: /^[<>]/.test(node.operator) ? 0.3 : 1,
      };
    },
  }),
  operator({
    id: "increment-placement",
    faultClass: "statement-order",
    description: "prefix or postfix form of ++ and --",
    kinds: ["UpdateExpression"],
    *alternatives(node, file) {
      const parent = node.parent?.type;
      if (parent === "ExpressionStatement" || parent === "ForStatement") return;
      const argument = file.text(node.argument);
      yield {
        replacements: replace(node, node.prefix ? `${argument}${node.operator}` : `${node.operator}${argument}`),
      };
    },
  }),
  operator({
    id: "swap-increment",
    faultClass: "arithmetic-operator",
    description: "++ for --, -- for ++",
    kinds: ["UpdateExpression"],
    *alternatives(node, file) {
      const to = node.operator === "++" ? "--" : "++";
      const argument = file.text(node.argument);
      yield { replacements: replace(node, node.prefix ? `${to}${argument}` : `${argument}${to}`) };
    },
  }),
  operator({
    id: "flip-sign",
    faultClass: "arithmetic-operator",
    description: "a minus sign more or less",
    kinds: ["UnaryExpression", "Identifier", "MemberExpression", "CallExpression", "Literal"],
    *alternatives(node, file) {
      if (node.type === "UnaryExpression") {
        if (node.operator === "-") yield { replacements: replace(node, file.outerText(node.argument)) };
        return;
      }
      const parent = node.parent;
      const value =
        (parent?.type === "CallExpression" && parent.callee !== node) ||
        parent?.type === "ReturnStatement" ||
        (parent?.type === "AssignmentExpression" && parent.right === node) ||
        (parent?.type === "VariableDeclarator" && parent.init === node) ||
        (parent?.type === "ConditionalExpression" && parent.test !== node);
      if (!value || file.kinds.of(node) !== "number" || (node.type === "Literal" && node.value === 0)) return;
      yield { replacements: [{ start: node.start, end: node.start, text: "-" }], weight: 0.3 };
    },
  }),
  operator({
    id: "exchange-assignment",
    faultClass: "argument-order",
    description: "both sides of an assignment exchanged",
    kinds: ["AssignmentExpression"],
    *alternatives(node, file) {
      const right = node.right.type;
      if (node.operator !== "=" || (right !== "Identifier" && right !== "MemberExpression")) return;
      yield { replacements: exchange(file, file.outer(node.left), file.outer(node.right)), weight: 0.5 };
    },
  }),
];

function span(of: { start: number; end: number }): { start: number; end: number } {
  return { start: of.start, end: of.end };
}

/** A left operand may be as weak as its operator; on the right side the same needs parentheses. */
function needsParentheses(node: Node, operatorText: string, file: SourceFile): boolean {
  if (file.isParenthesised(node) || node.type !== "BinaryExpression") return false;
  return operatorText !== "+" || node.operator !== "+";
}
