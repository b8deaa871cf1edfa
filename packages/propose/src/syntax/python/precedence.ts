import type { SyntaxNode } from "./tree.ts";

/** Binding strength of Python expressions; higher binds tighter. */
export const PRECEDENCE = {
  lambda: 0,
  conditional: 1,
  or: 2,
  and: 3,
  not: 4,
  comparison: 5,
  bitOr: 6,
  bitXor: 7,
  bitAnd: 8,
  shift: 9,
  sum: 10,
  product: 11,
  unary: 12,
  power: 13,
  await: 14,
  primary: 15,
} as const;

const BINARY: Readonly<Record<string, number>> = {
  "|": PRECEDENCE.bitOr,
  "^": PRECEDENCE.bitXor,
  "&": PRECEDENCE.bitAnd,
  "<<": PRECEDENCE.shift,
  ">>": PRECEDENCE.shift,
  "+": PRECEDENCE.sum,
  "-": PRECEDENCE.sum,
  "*": PRECEDENCE.product,
  "/": PRECEDENCE.product,
  "//": PRECEDENCE.product,
  "%": PRECEDENCE.product,
  "@": PRECEDENCE.product,
  "**": PRECEDENCE.power,
};

export function operatorPrecedence(operator: string): number {
  return BINARY[operator] ?? PRECEDENCE.primary;
}

/** How tightly the outermost operator of an expression binds. */
export function precedenceOf(node: SyntaxNode): number {
  switch (node.kind) {
    case "lambda":
    case "named_expression":
    case "yield":
    case "expression_list":
      return PRECEDENCE.lambda;
    case "conditional_expression":
      return PRECEDENCE.conditional;
    case "boolean_operator":
      return node.child("operator")?.kind === "or" ? PRECEDENCE.or : PRECEDENCE.and;
    case "not_operator":
      return PRECEDENCE.not;
    case "comparison_operator":
      return PRECEDENCE.comparison;
    case "binary_operator":
      return operatorPrecedence(node.child("operator")?.kind ?? "");
    case "unary_operator":
      return PRECEDENCE.unary;
    case "await":
      return PRECEDENCE.await;
    default:
      return PRECEDENCE.primary;
  }
}

/** The weakest precedence that may stand at this node's place without parentheses. */
export function requiredAt(node: SyntaxNode): number {
  const parent = node.parent;
  if (parent === null) return PRECEDENCE.lambda;
  switch (parent.kind) {
    case "binary_operator": {
      const own = precedenceOf(parent);
      const power = own === PRECEDENCE.power;
      return (node.field === "right") !== power ? own + 1 : own;
    }
    case "unary_operator":
      return PRECEDENCE.unary;
    case "boolean_operator":
      return precedenceOf(parent);
    case "not_operator":
      return PRECEDENCE.not;
    case "comparison_operator":
      return PRECEDENCE.bitOr;
    case "conditional_expression":
      return node === parent.namedChildren[2] ? PRECEDENCE.conditional : PRECEDENCE.or;
    case "attribute":
    case "call":
      return node.field === "arguments" ? PRECEDENCE.lambda : PRECEDENCE.primary;
    case "subscript":
      return node.field === "value" ? PRECEDENCE.primary : PRECEDENCE.conditional;
    case "await":
      return PRECEDENCE.primary;
    case "for_in_clause":
    case "if_clause":
      return PRECEDENCE.or;
    case "list_splat":
    case "dictionary_splat":
      return PRECEDENCE.bitOr;
    default:
      return PRECEDENCE.conditional;
  }
}

/** `text`, in parentheses when an expression of `strength` needs them where `required` is asked. */
export function parenthesised(text: string, strength: number, required: number): string {
  return strength < required ? `(${text})` : text;
}
