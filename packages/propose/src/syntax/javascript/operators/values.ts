import { type Node, calleeName, enclosingLoop, isNumber, isString } from "../ast.ts";
import { operator } from "../operator.ts";
import type { SourceFile } from "../source-file.ts";
import { replace } from "../text-edits.ts";

/** True where a value starts something off: declarations, defaults, properties of a state, seeds of a reduction. */
function isInitial(node: Node): boolean {
  const parent = node.parent;
  switch (parent?.type) {
    case "VariableDeclarator":
      return parent.init === node;
    case "AssignmentPattern":
      return parent.right === node;
    case "PropertyDefinition":
      return parent.value === node;
    case "Property":
      return parent.value === node && parent.parent?.type === "ObjectExpression";
    case "AssignmentExpression":
      return parent.right === node && parent.operator === "=";
    case "ArrayExpression":
      return parent.parent?.type === "VariableDeclarator";
    case "CallExpression":
      return /^(reduce|reduceRight|fill)$/.test(calleeName(parent) ?? "") && parent.arguments.at(-1) === node;
    case "ReturnStatement":
      return node.type === "ArrayExpression";
    case "ConditionalExpression":
      return node.type === "ArrayExpression" && parent.test !== node;
    case "UnaryExpression":
      return parent.operator === "-" && isInitial(parent);
    default:
      return false;
  }
}

/** First elements of the arrays in scope: `xs[0]`. */
function firstElements(node: Node, file: SourceFile): string[] {
  return file.scopes
    .visible(node)
    .filter((binding) => file.kinds.ofBinding(binding) === "array" && binding.scope.type !== "Program")
    .slice(0, 3)
    .map((binding) => `${binding.name}[0]`);
}

export const valueEdits = [
  operator({
    id: "change-initial-value",
    faultClass: "initial-value",
    description: "another value to start from",
    kinds: [
      "Literal",
      "UnaryExpression",
      "Identifier",
      "MemberExpression",
      "ArrayExpression",
      "ObjectExpression",
      "NewExpression",
    ],
    *alternatives(node, file) {
      if (!isInitial(node)) return;
      const text = file.text(node);
      const quotes = `${file.style.quote}${file.style.quote}`;
      let values: readonly string[] = [];
      if (
        isNumber(node) ||
        node.type === "UnaryExpression" ||
        (node.type === "Identifier" && /^(Infinity|NaN)$/.test(node.name))
      ) {
        if (node.type === "UnaryExpression" && node.operator !== "-") return;
        if (node.parent?.type === "UnaryExpression") return;
        values = ["0", "1", "-1", "Infinity", "-Infinity", "null", ...firstElements(node, file)];
      } else if (isString(node)) {
        values = [quotes, "null", `${file.style.quote} ${file.style.quote}`];
      } else if (node.type === "Literal" && node.value === null) {
        values = ["0", quotes, "[]", "{}", "Infinity", "-Infinity", "undefined", ...firstElements(node, file)];
      } else if (node.type === "ArrayExpression" && node.elements.length <= 2) {
        const names = file.scopes.visible(node).filter((binding) => binding.role === "parameter");
        values =
          node.parent?.type === "ReturnStatement" || node.parent?.type === "ConditionalExpression"
            ? [node.elements.length === 0 ? "[[]]" : "[]"]
            : node.elements.length === 0
              ? [
                  "{}",
                  "new Set()",
                  "new Map()",
                  "[[]]",
                  "[0]",
                  "['']",
                  ...names.slice(0, 3).map((binding) => `[${binding.name}]`),
                ]
              : ["[]"];
      } else if (node.type === "ObjectExpression" && node.properties.length === 0) {
        values = ["[]", "new Map()", "null", "Object.create(null)"];
      } else if (node.type === "NewExpression" && /^(Map|Set)$/.test(calleeName(node) ?? "")) {
        const parameters = file.scopes
          .visible(node)
          .filter((binding) => binding.role !== "function" && binding.scope.type !== "Program");
        values = [
          node.arguments.length > 0
            ? `new ${calleeName(node)!}()`
            : calleeName(node) === "Map"
              ? "new Set()"
              : "new Map()",
          ...(calleeName(node) === "Set" && node.arguments.length === 0
            ? parameters.slice(0, 3).map((binding) => `new Set([${binding.name}])`)
            : []),
        ];
      } else if (node.type === "MemberExpression" && node.computed) {
        values = ["0", "Infinity", "-Infinity", "null"];
      }
      const looped = enclosingLoop(node) ? 0.6 : 1;
      for (const [rank, value] of values.entries()) {
        if (value !== text) yield { replacements: replace(node, value), weight: looped * (rank < 5 ? 0.6 : 0.3) };
      }
    },
  }),
  operator({
    id: "convert-type",
    faultClass: "type-conversion",
    description: "a conversion to number, string or boolean",
    kinds: [
      "Identifier",
      "MemberExpression",
      "CallExpression",
      "ChainExpression",
      "TemplateLiteral",
      "BinaryExpression",
    ],
    *alternatives(node, file) {
      const parent = node.parent;
      if (!parent) return;
      const operand = parent.type === "BinaryExpression";
      const value =
        operand ||
        (parent.type === "VariableDeclarator" && parent.init === node) ||
        parent.type === "ReturnStatement" ||
        (parent.type === "AssignmentExpression" && parent.right === node) ||
        (parent.type === "ArrowFunctionExpression" && parent.body === node) ||
        (parent.type === "Property" &&
          parent.value === node &&
          !parent.shorthand &&
          parent.parent?.type === "ObjectExpression") ||
        (parent.type === "ConditionalExpression" && parent.test !== node) ||
        (parent.type === "LogicalExpression" && parent.operator === "??" && parent.left === node) ||
        ((parent.type === "CallExpression" || parent.type === "NewExpression" || parent.type === "ArrayExpression") &&
          !("callee" in parent && parent.callee === node)) ||
        (parent.type === "MemberExpression" && parent.computed && parent.property === node);
      if (!value || (node.type === "BinaryExpression" && operand)) return;
      const kind = file.kinds.of(node);
      if (
        kind === "array" ||
        kind === "object" ||
        kind === "function" ||
        kind === "map" ||
        kind === "set" ||
        kind === "boolean"
      )
        return;
      const text = file.text(node);
      const outer = file.outer(node);
      // An argument of unknown kind says too little, unless it is looked up or kept.
      const passed = parent.type === "CallExpression" || parent.type === "NewExpression";
      const kept =
        parent.type === "CallExpression" && /^(push|add|set|get|has|includes|indexOf)$/.test(calleeName(parent) ?? "");
      if (kind === "unknown" && passed && !kept) return;
      const joined = operand && parent.operator === "+";
      if (kind !== "number") {
        yield { replacements: replace(outer, `Number(${text})`), weight: kind === "string" ? 0.6 : 0.4 };
        if (kind === "string") yield { replacements: replace(outer, `parseInt(${text}, 10)`), weight: 0.2 };
      }
      if (kind !== "string" && (!operand || joined || /^[=!]==?$/.test(parent.operator))) {
        yield {
          replacements: replace(outer, `String(${text})`),
          weight: joined || kept || parent.type === "ReturnStatement" ? 0.4 : 0.2,
        };
      }
      if (parent.type === "ReturnStatement" || parent.type === "Property")
        yield { replacements: replace(outer, `Boolean(${text})`), weight: 0.15 };
    },
  }),
  operator({
    id: "convert-operands",
    faultClass: "type-conversion",
    description: "both operands converted the same way",
    kinds: ["BinaryExpression"],
    *alternatives(node, file) {
      if (!/^(-|\+|[<>]=?|[=!]==?)$/.test(node.operator)) return;
      const plain = (operand: Node): boolean => /^(Identifier|MemberExpression|CallExpression)$/.test(operand.type);
      if (!plain(node.left as Node) || !plain(node.right)) return;
      const [left, right] = [file.kinds.of(node.left as Node), file.kinds.of(node.right)];
      const texts = [left, right].every((kind) => kind === "string" || kind === "unknown");
      if (!texts) return;
      const both = (from: (text: string) => string) => [
        ...replace(file.outer(node.left as Node), from(file.text(node.left))),
        ...replace(file.outer(node.right), from(file.text(node.right))),
      ];
      if (node.operator !== "-")
        yield { replacements: both((text) => `Number(${text})`), weight: node.operator === "+" ? 0.5 : 0.3 };
      if (/^[=!]/.test(node.operator)) {
        yield { replacements: both((text) => `String(${text})`), weight: 0.2 };
        yield { replacements: both((text) => `${text}.toLowerCase()`), weight: 0.4, faultClass: "missing-call" };
        yield { replacements: both((text) => `${text}.trim()`), weight: 0.2, faultClass: "missing-call" };
      }
      if (/^[<>]/.test(node.operator))
        yield { replacements: both((text) => `${text}.length`), weight: 0.2, faultClass: "wrong-property" };
    },
  }),
];
