import { type Node, calleeName, isFunction, isReference, staticName } from "../ast.ts";
import { type Kind, compatible } from "../kind.ts";
import { round } from "../names.ts";
import { operator } from "../operator.ts";
import { POSTFIX } from "../precedence.ts";
import type { SourceFile } from "../source-file.ts";
import { replace } from "../text-edits.ts";
import { isValuePosition, ownMethods } from "./positions.ts";

/** Calls worth adding behind a value, by its kind. */
const ADDED: Partial<Record<Kind, readonly (readonly [string, number])[]>> = {
  string: [
    [".trim()", 0.6],
    [".toLowerCase()", 0.6],
    [".toUpperCase()", 0.25],
    [".slice(1)", 0.2],
    [".length", 0.2],
  ],
  array: [
    [".reverse()", 0.4],
    [".sort((a, b) => a - b)", 0.4],
    [".sort()", 0.3],
    [".filter(Boolean)", 0.3],
    [".flat()", 0.3],
    [".join('')", 0.3],
    [".length", 0.2],
  ],
  map: [
    [".values()", 0.2],
    [".keys()", 0.2],
    [".size", 0.2],
  ],
  set: [[".size", 0.2]],
};

const VALUES = [
  "Identifier",
  "MemberExpression",
  "CallExpression",
  "BinaryExpression",
  "ConditionalExpression",
  "TemplateLiteral",
  "ChainExpression",
] as const;

/** True for values that are looked up or compared, where another spelling of the same text would matter. */
function isCompared(node: Node): boolean {
  const parent = node.parent;
  if (parent?.type === "BinaryExpression") return /^[=!]==?$/.test(parent.operator);
  if (parent?.type === "VariableDeclarator") return true;
  return (
    parent?.type === "CallExpression" && /^(has|get|set|add|includes|indexOf|push)$/.test(calleeName(parent) ?? "")
  );
}

/** Functions of the file that take one value: candidates for a call left out. */
function ownFunctions(node: Node, file: SourceFile): string[] {
  const wanted = file.kinds.of(node);
  return file.scopes
    .visible(node)
    .filter((binding) => {
      const declaration = binding.declaration;
      const body = declaration.type === "VariableDeclarator" ? declaration.init : declaration;
      if (!body || !isFunction(body)) return false;
      const inside = body.start <= node.start && node.end <= body.end;
      const parameter = body.params[0];
      const declared = parameter?.type === "Identifier" ? file.scopes.lookup(parameter.name, body.body ?? body) : null;
      const fits = !declared || compatible(file.kinds.ofBinding(declared), wanted);
      return body.params.length === 1 && !inside && fits;
    })
    .map((binding) => binding.name)
    .slice(0, 3);
}

export const callEdits = [
  operator({
    id: "add-method-call",
    faultClass: "missing-call",
    description: "a library call behind a value",
    kinds: VALUES,
    *alternatives(node, file) {
      if (!isValuePosition(node) || (node.type === "Identifier" && file.scopes.resolve(node) === null)) return;
      const kind = file.kinds.of(node);
      const list =
        ADDED[kind] ??
        (kind === "unknown" && (node.type === "Identifier" || node.type === "MemberExpression") && isCompared(node)
          ? ADDED.string!.slice(0, 2)
          : []);
      const base = file.operand(node, POSTFIX);
      for (const [text, weight] of list) {
        if (base.endsWith(text)) continue;
        const factor =
          kind === "unknown" ? 0.3 : node.parent?.type === "BinaryExpression" && text === ".length" ? 1 : 0.7;
        yield {
          replacements: replace(file.outer(node), `${base}${text.replaceAll("'", file.style.quote)}`),
          weight: round(weight * factor),
        };
      }
    },
  }),
  operator({
    id: "insert-method-in-chain",
    faultClass: "missing-call",
    description: "a library call in the middle of a chain",
    kinds: ["MemberExpression"],
    *alternatives(node, file) {
      if (node.computed || node.optional || node.parent?.type !== "CallExpression" || node.parent.callee !== node)
        return;
      const name = staticName(node.property);
      const kind = file.kinds.of(node.object);
      const at = file.outer(node.object).end;
      const texts =
        kind === "array"
          ? [".slice()", ".filter(Boolean)", ".reverse()", ".sort()", ".sort((a, b) => a - b)", ".flat()"]
          : kind === "string"
            ? [".trim()", ".toLowerCase()", ".toUpperCase()"]
            : name === "split" || name === "startsWith" || name === "endsWith"
              ? [".trim()", ".toLowerCase()"]
              : [];
      for (const text of texts) yield { replacements: [{ start: at, end: at, text }], weight: 0.4 };
    },
  }),
  operator({
    id: "unwrap-call",
    faultClass: "missing-call",
    description: "a value without the call around or behind it",
    kinds: ["CallExpression"],
    *alternatives(node, file) {
      if (node.parent?.type === "ExpressionStatement" && node.callee.type !== "MemberExpression") return;
      const callee = node.callee;
      const outer = file.outer(node);
      if (
        callee.type === "MemberExpression" &&
        callee.object.type !== "ThisExpression" &&
        callee.object.type !== "Super"
      ) {
        const library =
          callee.object.type === "Identifier" &&
          /^(Math|Object|Number|JSON|Array|Promise|String)$/.test(callee.object.name);
        if (!library)
          yield {
            replacements: replace(outer, file.outerText(callee.object)),
            weight: 0.6,
            faultClass: "extra-statement",
          };
      }
      for (const argument of node.arguments.slice(0, 2)) {
        if (argument.type === "SpreadElement" || isFunction(argument)) continue;
        yield {
          replacements: replace(outer, file.operand(argument, POSTFIX)),
          weight: 0.4,
          faultClass: "extra-statement",
        };
      }
    },
  }),
  operator({
    id: "wrap-call",
    faultClass: "missing-call",
    description: "a value passed through a function",
    kinds: VALUES,
    *alternatives(node, file) {
      if (!isValuePosition(node) || node.parent?.type === "AwaitExpression") return;
      const kind = file.kinds.of(node);
      const outer = file.outer(node);
      const text = file.text(node);
      if (node.type === "CallExpression" && /^(floor|ceil|round|trunc|abs)$/.test(calleeName(node) ?? "")) return;
      if (kind === "number" || (kind === "unknown" && node.type === "BinaryExpression")) {
        const division = containsDivision(node);
        const computed = node.type === "BinaryExpression" || node.type === "CallExpression";
        for (const name of division ? ["floor", "round", "trunc", "ceil"] : computed ? ["floor", "round"] : []) {
          yield { replacements: replace(outer, `Math.${name}(${text})`), weight: division ? 0.9 : 0.2 };
        }
        const difference = node.type === "BinaryExpression" && node.operator === "-";
        if (difference || !computed)
          yield { replacements: replace(outer, `Math.abs(${text})`), weight: difference ? 0.4 : 0.15 };
        if (difference) yield { replacements: replace(outer, `Math.max(0, ${text})`), weight: 0.4 };
        const divisor =
          node.parent?.type === "BinaryExpression" && node.parent.operator === "/" && node.parent.right === node;
        if (divisor) yield { replacements: replace(outer, `Math.max(1, ${text})`), weight: 0.4 };
      }
      if (kind === "object" || kind === "map") {
        for (const name of ["keys", "values", "entries"])
          yield { replacements: replace(outer, `Object.${name}(${text})`), weight: 0.25 };
      }
      if (kind === "set" || kind === "map") yield { replacements: replace(outer, `[...${text}]`), weight: 0.4 };
      if (kind === "array") yield { replacements: replace(outer, `[...new Set(${text})]`), weight: 0.2 };
      if (node.parent?.type === "BinaryExpression" && node.type === "BinaryExpression") return;
      for (const name of [...ownFunctions(node, file), ...ownMethods(node, file, 1).slice(0, 2)]) {
        if (node.type === "CallExpression" && calleeName(node) === name) continue;
        yield {
          replacements: replace(outer, `${name}(${text})`),
          weight: node.parent?.type === "CallExpression" ? 0.25 : 0.4,
        };
      }
    },
  }),
  operator({
    id: "add-call",
    faultClass: "missing-call",
    description: "a function called where it was only named",
    kinds: ["Identifier", "MemberExpression"],
    *alternatives(node, file) {
      const parent = node.parent;
      if (!parent || (node.type === "Identifier" && !isReference(node))) return;
      if ((parent.type === "CallExpression" || parent.type === "NewExpression") && parent.callee === node) return;
      if ((parent.type === "AssignmentExpression" && parent.left === node) || parent.type === "UpdateExpression")
        return;
      if (parent.type === "Property" && parent.shorthand) return;
      const name = node.type === "MemberExpression" && !node.computed ? staticName(node.property) : null;
      const isMethod = name !== null && file.properties.some((use) => use.called && use.name === name);
      const isFunctionName = node.type === "Identifier" && file.kinds.of(node) === "function";
      if (!isMethod && !isFunctionName) return;
      yield { replacements: [{ start: node.end, end: node.end, text: "()" }], weight: isMethod ? 0.6 : 0.3 };
    },
  }),
];

function containsDivision(node: Node): boolean {
  if (node.type !== "BinaryExpression") return false;
  return (
    node.operator === "/" ||
    node.operator === "*" ||
    containsDivision(node.left as Node) ||
    containsDivision(node.right)
  );
}
