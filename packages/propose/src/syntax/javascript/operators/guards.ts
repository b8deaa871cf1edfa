import {
  type FunctionNode,
  type Node,
  calleeName,
  enclosingFunction,
  enclosingStatement,
  isFunction,
  isRecursive,
  isReference,
  patternName,
} from "../ast.ts";
import { fitConditions } from "../fitting.ts";
import { round } from "../names.ts";
import { operator } from "../operator.ts";
import { UNARY, precedence } from "../precedence.ts";
import type { SourceFile } from "../source-file.ts";
import { ifText, insertBefore, isInsertionPoint, replace } from "../text-edits.ts";
import { exits } from "./exits.ts";
import { presenceChecks } from "./presence.ts";

/** Guards per gap between two statements. */
const GUARDS = 7;

/** The function when the statement is the first of its body. */
function startsFunction(node: Node): FunctionNode | null {
  const block = node.parent;
  const home = block?.type === "BlockStatement" && block.body[0] === node ? block.parent : null;
  return home && isFunction(home) ? home : null;
}

/** Conditions under which a recursion ends, about the function's own parameters. */
function* baseConditions(home: FunctionNode, file: SourceFile): Generator<string> {
  for (const parameter of home.params) {
    const name = patternName(parameter);
    const binding = name === null || !home.body ? null : file.scopes.lookup(name, home.body);
    if (name === null || !binding) continue;
    const kind = file.kinds.ofBinding(binding);
    if (kind === "number" || kind === "unknown") {
      yield `${name} === 0`;
      yield `${name} <= 1`;
      yield `${name} <= 0`;
      yield `${name} === 1`;
    }
    if (kind === "array" || kind === "string" || kind === "unknown") {
      yield `${name}.length === 0`;
      yield `${name}.length <= 1`;
    }
    if (kind === "object" || kind === "unknown") {
      yield `${name} === null`;
      yield `${name} === undefined`;
      yield `!${name}`;
      yield `${name} == null`;
    }
  }
}

function defaultFor(node: Node, file: SourceFile): string[] {
  const quotes = `${file.style.quote}${file.style.quote}`;
  const parent = node.parent;
  if (parent?.type === "BinaryExpression") return parent.operator === "+" ? ["0", quotes] : ["0", "1", "Infinity"];
  if (parent?.type === "SpreadElement") return ["[]", "{}"];
  if (parent?.type === "MemberExpression") return ["[]", "{}", quotes];
  return ["0", quotes, "[]", "null", "{}", "false"];
}

export const guardEdits = [
  operator({
    id: "add-guard",
    faultClass: "missing-guard",
    description: "an early exit before a statement when something is missing or out of range",
    kinds: [
      "ExpressionStatement",
      "VariableDeclaration",
      "ReturnStatement",
      "IfStatement",
      "ForStatement",
      "ForOfStatement",
      "ForInStatement",
      "WhileStatement",
      "TryStatement",
      "SwitchStatement",
    ],
    *alternatives(node, file, context) {
      if (!isInsertionPoint(node)) return;
      const home = enclosingFunction(node);
      if (!home) return;
      const first = startsFunction(node) !== null;
      const ways = exits(file, node, home).slice(0, first ? 4 : 2);
      const site = first && home.body ? home.body : node;
      const checks = [
        ...presenceChecks(first ? site : node, file, "||").slice(0, first ? 8 : 5),
        ...fitConditions(file, node, context, 2).map((other) => ({ ...other, weight: other.weight * 0.5 })),
      ];
      const guards = checks.flatMap((check) => ways.map((way) => ({ check, way, weight: check.weight * way.weight })));
      guards.sort((a, b) => b.weight - a.weight);
      for (const { check, way, weight } of guards.slice(0, first ? 2 * GUARDS : GUARDS)) {
        yield {
          replacements: insertBefore(file, node, ifText(file, node, check.text, way.text)),
          weight: round(weight),
        };
      }
    },
  }),
  operator({
    id: "fix-recursion-base",
    faultClass: "recursion-base",
    description: "a base case at the start of a recursive function",
    kinds: [
      "ExpressionStatement",
      "VariableDeclaration",
      "ReturnStatement",
      "IfStatement",
      "ForStatement",
      "ForOfStatement",
    ],
    *alternatives(node, file) {
      const home = startsFunction(node);
      if (!home || !isRecursive(home)) return;
      const values = exits(file, node, home).slice(0, 5);
      const own = home.params
        .map(patternName)
        .filter((name) => name !== null)
        .slice(0, 2)
        .map((name) => ({ text: `return ${name}${file.style.semicolon}`, weight: 0.3 }));
      for (const condition of [...baseConditions(home, file)].slice(0, 12)) {
        for (const way of [...values, ...own]) {
          yield {
            replacements: insertBefore(file, node, ifText(file, node, condition, way.text)),
            weight: round(way.weight * 0.5),
          };
        }
      }
    },
  }),
  operator({
    id: "add-null-check",
    faultClass: "missing-guard",
    description: "a value read only when its object is there",
    kinds: ["MemberExpression"],
    *alternatives(node, file) {
      if (node.optional || node.object.type !== "Identifier" || !file.scopes.resolve(node.object)) return;
      const kind = file.kinds.of(node.object);
      if (kind === "number" || kind === "boolean" || kind === "map" || kind === "set" || kind === "function") return;
      let whole: Node = node;
      while (
        whole.parent &&
        (whole.parent.type === "MemberExpression" ||
          (whole.parent.type === "CallExpression" && whole.parent.callee === whole))
      ) {
        whole = whole.parent;
      }
      const parent = whole.parent;
      if (parent?.type === "AssignmentExpression" && parent.left === whole) return;
      const statement = enclosingStatement(node);
      if (statement?.type === "ExpressionStatement" && parent === statement) return;
      const text = `${node.object.name} && ${file.text(whole)}`;
      const bare =
        parent?.type === "ReturnStatement" || parent?.type === "VariableDeclarator" || parent?.type === "IfStatement";
      yield { replacements: replace(whole, bare || file.isParenthesised(whole) ? text : `(${text})`), weight: 0.3 };
    },
  }),
  operator({
    id: "optional-chain",
    faultClass: "missing-guard",
    description: "?. instead of . and [ and (",
    kinds: ["MemberExpression", "CallExpression"],
    *alternatives(node, file) {
      if (node.optional) return;
      if (node.type === "CallExpression") {
        if (node.callee.type !== "Identifier" || file.scopes.resolve(node.callee)?.role !== "parameter") return;
        yield {
          replacements: [{ start: file.outer(node.callee).end, end: file.outer(node.callee).end, text: "?." }],
          weight: 0.4,
        };
        return;
      }
      const object = node.object;
      if (
        object.type === "ThisExpression" ||
        object.type === "Super" ||
        object.type === "ArrayExpression" ||
        object.type === "Literal"
      )
        return;
      if (object.type === "Identifier" && !file.scopes.resolve(object)) return;
      const parent = node.parent;
      if ((parent?.type === "AssignmentExpression" && parent.left === node) || parent?.type === "UpdateExpression")
        return;
      const at = file.outer(object).end;
      const dot = node.computed ? file.find("[", at, node.end) : file.find(".", at, node.end);
      if (!dot) return;
      const likely = object.type === "CallExpression" || object.type === "MemberExpression";
      yield { replacements: replace(dot, node.computed ? "?.[" : "?."), weight: likely ? 0.6 : 0.4 };
    },
  }),
  operator({
    id: "default-value",
    faultClass: "missing-guard",
    description: "a default for a value that may be missing",
    kinds: ["MemberExpression", "CallExpression", "ChainExpression", "Identifier"],
    *alternatives(node, file) {
      const parent = node.parent;
      if (!parent) return;
      if (parent && isFunction(parent) && node.type === "Identifier" && parent.params.includes(node as never)) {
        const binding = file.scopes.lookup(node.name, node);
        const kind = binding ? file.kinds.ofBinding(binding) : "unknown";
        const quotes = `${file.style.quote}${file.style.quote}`;
        const values = {
          number: ["0", "1", "Infinity"],
          string: [quotes],
          array: ["[]"],
          object: ["{}"],
          boolean: ["false", "true"],
          unknown: ["0", "[]", "{}", quotes],
        };
        for (const value of kind in values ? values[kind as keyof typeof values] : []) {
          const end = node.typeAnnotation ? node.typeAnnotation.end : node.end;
          yield { replacements: [{ start: end, end, text: ` = ${value}` }], weight: 0.3 };
        }
        return;
      }
      if (node.type === "Identifier" && (!isReference(node) || !file.scopes.resolve(node))) return;
      if (node.type === "CallExpression" && !/^(get|find|at|pop|shift|match|exec)$/.test(calleeName(node) ?? ""))
        return;
      const value =
        (parent.type === "VariableDeclarator" && parent.init === node) ||
        parent.type === "ReturnStatement" ||
        (parent.type === "AssignmentExpression" && parent.right === node) ||
        parent.type === "BinaryExpression" ||
        (parent.type === "CallExpression" && parent.callee !== node) ||
        parent.type === "SpreadElement" ||
        (parent.type === "MemberExpression" && parent.object === node && node.type === "CallExpression") ||
        (parent.type === "Property" &&
          parent.value === node &&
          !parent.shorthand &&
          parent.parent?.type === "ObjectExpression") ||
        (parent.type === "ArrowFunctionExpression" && parent.body === node);
      if (
        !value ||
        (node.type === "MemberExpression" &&
          !node.computed &&
          node.property.type === "Identifier" &&
          node.property.name === "length")
      )
        return;
      const kind = file.kinds.of(node);
      if (node.type === "Identifier" && kind !== "unknown") return;
      const bare = parent.type !== "BinaryExpression" && parent.type !== "MemberExpression";
      const values = defaultFor(node, file);
      for (const [rank, text] of values.slice(0, node.type === "Identifier" ? 2 : 6).entries()) {
        const whole = `${file.operand(node, UNARY)} ?? ${text}`;
        const inner = bare || file.isParenthesised(node) ? whole : `(${whole})`;
        yield {
          replacements: replace(node, inner),
          weight: round((node.type === "Identifier" ? 0.2 : 0.6) / (1 + rank / 3)),
        };
      }
      if (precedence(node) < UNARY) return;
      for (const other of file.scopes
        .visible(node)
        .filter((binding) => /default|fallback|initial/i.test(binding.name))
        .slice(0, 2)) {
        yield {
          replacements: replace(
            node,
            bare ? `${file.text(node)} ?? ${other.name}` : `(${file.text(node)} ?? ${other.name})`,
          ),
          weight: 0.5,
        };
      }
    },
  }),
];
