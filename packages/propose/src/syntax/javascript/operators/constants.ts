import { type Node, ancestors, isNumber, isReference, isString } from "../ast.ts";
import { round } from "../names.ts";
import { type Alternative, operator } from "../operator.ts";
import { precedence } from "../precedence.ts";
import type { SourceFile } from "../source-file.ts";
import { replace } from "../text-edits.ts";

/** Alternatives per site for literals that stand elsewhere in the file. */
const NEIGHBOURS = 6;

/** True for literals that are not code to change: module names, property names, directives, JSX. */
function isFixed(node: Node): boolean {
  const parent = node.parent;
  switch (parent?.type) {
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
    case "ImportAttribute":
    case "ImportExpression":
      return true;
    case "ExpressionStatement":
      return "directive" in parent && Boolean(parent.directive);
    case "Property":
    case "PropertyDefinition":
    case "MethodDefinition":
      return parent.key === node && !parent.computed;
    default:
      return false;
  }
}

function numberText(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(12)));
}

function isIndexLike(node: Node): boolean {
  const parent = node.parent;
  if (parent?.type === "MemberExpression") return parent.computed && parent.property === node;
  if (parent?.type === "BinaryExpression") return parent.right === node && /^([<>]=?|[+-])$/.test(parent.operator);
  return parent?.type === "CallExpression" && parent.callee !== node;
}

/** The value one less and one more: `n - 1`, `n + 1`, and `n` for `n ± 1`. */
function* offsets(node: Node, file: SourceFile): Generator<Alternative> {
  if (isNumber(node)) return;
  const outer = file.outer(node);
  if (node.type === "BinaryExpression" && (node.operator === "+" || node.operator === "-") && isNumber(node.right)) {
    const step = node.right.value;
    if (step === 1) {
      const opposite = node.operator === "+" ? "-" : "+";
      yield { replacements: replace(outer, file.outerText(node.left)), weight: 0.9 };
      const at = file.operatorSpan(node.left, node.right, node.operator);
      if (at) yield { replacements: replace(at, opposite), weight: 0.3 };
      return;
    }
  }
  // `-` and `+` bind like a binary operand here; everything weaker needs parentheses.
  const weak = precedence(node) < 11 && !file.isParenthesised(node);
  const text = weak ? `(${file.text(node)})` : file.outerText(node);
  const parent = node.parent;
  const tight = parent?.type === "BinaryExpression" && /^([-*/%]|\*\*)$/.test(parent.operator);
  const wrap = (inner: string): string => (tight ? `(${inner})` : inner);
  yield { replacements: replace(outer, wrap(`${text} - 1`)), weight: 0.7 };
  yield { replacements: replace(outer, wrap(`${text} + 1`)), weight: 0.7 };
}

export const constantEdits = [
  operator({
    id: "adjust-constant",
    faultClass: "constant",
    description: "a number one off, negated, scaled, or 0, 1, 2",
    kinds: ["Literal"],
    *alternatives(node) {
      if (isFixed(node)) return;
      if (typeof node.value === "bigint") {
        yield { replacements: replace(node, `${node.value + 1n}n`) };
        if (node.value > 0n) yield { replacements: replace(node, `${node.value - 1n}n`) };
        return;
      }
      if (!isNumber(node)) return;
      const value = node.value;
      const faultClass = isIndexLike(node) ? ("boundary" as const) : ("constant" as const);
      const step = Number.isInteger(value) ? 1 : Number(`1e-${(/\.(\d+)/.exec(node.raw)?.[1] ?? "").length}`);
      yield { replacements: replace(node, numberText(value + step)), weight: 1, faultClass };
      if (value - step >= 0) yield { replacements: replace(node, numberText(value - step)), weight: 1, faultClass };
      const negated =
        node.parent?.type === "UnaryExpression" || node.parent?.type === "BinaryExpression" ? null : `-${node.raw}`;
      if (negated !== null && value !== 0) yield { replacements: replace(node, negated), weight: 0.5 };
      if (value === 0 && negated !== null) yield { replacements: replace(node, "-1"), weight: 0.5, faultClass };
      const others = new Set([
        0,
        1,
        2,
        value * 10,
        value / 10,
        value * 2,
        value / 2,
        value * 100,
        value / 100,
        value * 60,
        value + 2,
      ]);
      for (const other of [...others].filter((other) => other !== value && Math.abs(other - value) !== step)) {
        const small = other === 0 || other === 1;
        if (value > 4 && !Number.isInteger(other) && Number.isInteger(value)) continue;
        yield { replacements: replace(node, numberText(other)), weight: small ? 0.4 : 0.15 };
      }
    },
  }),
  operator({
    id: "adjust-string",
    faultClass: "constant",
    description: "a string emptied, spaced, trimmed or in the other case",
    kinds: ["Literal"],
    *alternatives(node) {
      if (!isString(node) || isFixed(node) || node.value.length > 40 || node.parent?.type === "JSXAttribute") return;
      const quote = node.raw[0]!;
      const inner = node.raw.slice(1, -1);
      const variants = new Map<string, number>([
        [inner === "" ? " " : "", 0.5],
        [inner.trim(), 0.6],
        [`${inner} `, 0.25],
        [` ${inner}`, 0.25],
        [inner.replace(/\s+/g, " "), 0.3],
      ]);
      if (/^[\w ]+$/.test(inner)) {
        variants.set(inner.toLowerCase(), 0.4);
        variants.set(inner.toUpperCase(), 0.4);
      }
      if (inner === "") for (const other of [",", "0", "\\n", "-"]) variants.set(other, 0.1);
      if (inner === " ") variants.set("\\n", 0.1);
      if (inner === "\\n") variants.set("\\n\\n", 0.2);
      if (inner.length > 1 && !inner.includes("\\")) {
        variants.set(inner.slice(1), 0.15);
        variants.set(inner.slice(0, -1), 0.15);
      }
      for (const [text, weight] of variants) {
        if (text !== inner) yield { replacements: replace(node, `${quote}${text}${quote}`), weight };
      }
    },
  }),
  operator({
    id: "replace-constant-with-neighbour",
    faultClass: "constant",
    description: "another literal or constant of the file",
    kinds: ["Literal"],
    *alternatives(node, file) {
      if (isFixed(node) || node.raw === null) return;
      if (!isNumber(node) && !isString(node)) return;
      const type = typeof node.value;
      const line = file.lineOf(node.start);
      const best = new Map<string, number>();
      for (const other of file.nodes) {
        if (other.type !== "Literal" || typeof other.value !== type || other.raw === node.raw || other.raw === null)
          continue;
        if (other.value === node.value || isFixed(other) || other.raw.length > 42) continue;
        const distance = Math.abs(file.lineOf(other.start) - line);
        const alike =
          isString(node) && isString(other) && (node.value.length === 1) === (other.value.length === 1) ? 0.2 : 0;
        const weight = round(0.1 + alike + 0.5 / (1 + distance / 3));
        if (weight > (best.get(other.raw) ?? 0)) best.set(other.raw, weight);
      }
      for (const binding of file.scopes.visible(node)) {
        if (binding.role !== "const" || binding.scope.type !== "Program" || file.kinds.ofBinding(binding) !== type)
          continue;
        if (![...ancestors(node)].includes(binding.declaration)) best.set(binding.name, 0.3);
      }
      const ranked = [...best].sort((a, b) => b[1] - a[1]).slice(0, NEIGHBOURS);
      for (const [text, weight] of ranked) yield { replacements: replace(node, text), weight };
    },
  }),
  operator({
    id: "boolean-flip",
    faultClass: "constant",
    description: "true for false, false for true",
    kinds: ["Literal"],
    *alternatives(node) {
      if (typeof node.value === "boolean") yield { replacements: replace(node, String(!node.value)) };
    },
  }),
  operator({
    id: "swap-nothing",
    faultClass: "constant",
    description: "null, undefined, or an empty value for one another",
    kinds: ["Literal", "Identifier", "ArrayExpression", "ObjectExpression"],
    *alternatives(node, file) {
      const parent = node.parent?.type;
      if (parent === "MemberExpression" || parent === "CallExpression") return;
      const text = file.text(node);
      if (!/^(null|undefined|\[\]|\{\}|''|"")$/.test(text)) return;
      if (node.type === "Identifier" && !isReference(node)) return;
      const quotes = `${file.style.quote}${file.style.quote}`;
      const compared = parent === "BinaryExpression";
      for (const other of compared
        ? ["null", "undefined", quotes]
        : ["null", "undefined", "[]", "{}", "0", "false", quotes]) {
        if (other === text) continue;
        const inner = other === "{}" && parent === "ArrowFunctionExpression" ? "({})" : other;
        yield { replacements: replace(node, inner), weight: other === "null" || other === "undefined" ? 0.5 : 0.2 };
      }
    },
  }),
  operator({
    id: "adjust-bound",
    faultClass: "boundary",
    description: "a compared or assigned value one off",
    kinds: [
      "BinaryExpression",
      "ReturnStatement",
      "VariableDeclarator",
      "AssignmentExpression",
      "CallExpression",
      "NewExpression",
      "Property",
      "TemplateLiteral",
      "ArrayExpression",
    ],
    *alternatives(node, file) {
      const numeric = (value: Node): boolean => file.kinds.of(value) === "number";
      const maybe = (value: Node): boolean =>
        numeric(value) || (file.kinds.of(value) === "unknown" && value.type !== "CallExpression");
      const scaled = (alternatives: Iterable<Alternative>, factor: number): Alternative[] =>
        [...alternatives].map((alternative) => ({ ...alternative, weight: round((alternative.weight ?? 1) * factor) }));
      switch (node.type) {
        case "BinaryExpression": {
          const inequality = /^[<>]=?$/.test(node.operator);
          if (!inequality && !(/^[=!]==?$/.test(node.operator) && (numeric(node.left) || numeric(node.right)))) return;
          if (!maybe(node.left) || !maybe(node.right)) return;
          yield* scaled(offsets(node.right, file), inequality ? 1 : 0.6);
          if (inequality || isNumber(node.right)) yield* scaled(offsets(node.left, file), 0.6);
          return;
        }
        case "ReturnStatement":
          if (node.argument && numeric(node.argument)) yield* scaled(offsets(node.argument, file), 0.6);
          return;
        case "VariableDeclarator":
          if (node.init && numeric(node.init)) yield* scaled(offsets(node.init, file), 0.7);
          return;
        case "AssignmentExpression":
          if (numeric(node.right)) yield* scaled(offsets(node.right, file), 0.7);
          return;
        case "Property":
          if (!node.shorthand && node.parent?.type === "ObjectExpression" && numeric(node.value)) {
            yield* scaled(offsets(node.value, file), 0.4);
          }
          return;
        case "TemplateLiteral":
          for (const value of node.expressions) if (numeric(value)) yield* scaled(offsets(value, file), 0.4);
          return;
        case "ArrayExpression":
          for (const value of node.elements) {
            if (value && value.type !== "SpreadElement" && numeric(value)) yield* scaled(offsets(value, file), 0.3);
          }
          return;
        default:
          for (const value of node.arguments) {
            if (value.type !== "SpreadElement" && numeric(value)) yield* scaled(offsets(value, file), 0.6);
          }
      }
    },
  }),
  operator({
    id: "adjust-index",
    faultClass: "boundary",
    description: "an index one off",
    kinds: ["MemberExpression"],
    *alternatives(node, file) {
      if (node.computed && !isString(node.property) && file.kinds.of(node.property) !== "string") {
        yield* offsets(node.property, file);
      }
    },
  }),
];
