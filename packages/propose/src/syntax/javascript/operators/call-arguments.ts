import {
  type FunctionNode,
  type Node,
  type NodeOf,
  calleeName,
  enclosingFunction,
  isFunction,
  isNumber,
  patternName,
} from "../ast.ts";
import { compatible } from "../kind.ts";
import { nameSimilarity, rankNames, round } from "../names.ts";
import { type Alternative, operator } from "../operator.ts";
import type { SourceFile } from "../source-file.ts";
import { exchange, insertAt, replace } from "../text-edits.ts";

type Call = NodeOf<"CallExpression" | "NewExpression">;

/** The function that a call runs, when the file declares it. */
function target(call: Call, file: SourceFile): FunctionNode | null {
  if (call.callee.type === "Identifier") {
    const declaration = file.scopes.resolve(call.callee)?.declaration;
    if (!declaration) return null;
    if (isFunction(declaration)) return declaration;
    if (declaration.type === "VariableDeclarator" && declaration.init && isFunction(declaration.init))
      return declaration.init;
    return null;
  }
  const name = calleeName(call);
  if (name === null || call.callee.type !== "MemberExpression" || call.callee.object.type !== "ThisExpression")
    return null;
  for (const node of file.nodes) {
    if (node.type !== "MethodDefinition" || !("name" in node.key)) continue;
    const key = node.key.type === "PrivateIdentifier" ? `#${node.key.name}` : node.key.name;
    if (key === name) return node.value;
  }
  return null;
}

const callsByName = new WeakMap<SourceFile, ReadonlyMap<string, readonly Call[]>>();

/** Calls in the file of functions and methods with this name. */
function callsOf(file: SourceFile, name: string): readonly Call[] {
  let byName = callsByName.get(file);
  if (!byName) {
    const found = new Map<string, Call[]>();
    for (const node of file.nodes) {
      if (node.type !== "CallExpression" && node.type !== "NewExpression") continue;
      const callee = calleeName(node);
      if (callee === null) continue;
      const calls = found.get(callee);
      if (calls) calls.push(node);
      else found.set(callee, [node]);
    }
    callsByName.set(file, (byName = found));
  }
  return byName.get(name) ?? [];
}

/** Arguments at the same position in other calls of the same function. */
function elsewhere(call: Call, index: number, file: SourceFile): string[] {
  const name = calleeName(call);
  const found = new Set<string>();
  for (const other of name === null ? [] : callsOf(file, name)) {
    if (other === call || found.size >= 4) continue;
    const argument = other.arguments[index];
    if (!argument || argument.end - argument.start > 30 || isFunction(argument) || argument.type === "SpreadElement")
      continue;
    if (file.freeNames(argument).every((free) => free === "this" || file.scopes.lookup(free, call)))
      found.add(file.text(argument));
  }
  return [...found];
}

/** Removes one element of a comma separated list. */
function withoutItem(items: readonly Node[], index: number, file: SourceFile): Alternative["replacements"] {
  const item = file.outer(items[index]!);
  const next = items[index + 1];
  const previous = items[index - 1];
  if (next) return [{ start: item.start, end: file.outer(next).start, text: "" }];
  if (previous) return [{ start: file.outer(previous).end, end: item.end, text: "" }];
  return [{ start: item.start, end: item.end, text: "" }];
}

const CALLS = ["CallExpression", "NewExpression"] as const;

/** What a well-known function takes as its next argument: `[number of arguments present, text]`. */
const USUAL = new Map<string, readonly (readonly [number, string])[]>([
  ["parseInt", [[1, "10"]]],
  ["join", [[0, "''"]]],
  ["split", [[0, "''"]]],
  [
    "slice",
    [
      [0, "1"],
      [1, "-1"],
    ],
  ],
  [
    "reduce",
    [
      [1, "0"],
      [1, "[]"],
      [1, "{}"],
      [1, "''"],
    ],
  ],
  [
    "reduceRight",
    [
      [1, "0"],
      [1, "[]"],
    ],
  ],
  [
    "padStart",
    [
      [1, "'0'"],
      [1, "' '"],
    ],
  ],
  ["padEnd", [[1, "' '"]]],
  ["stringify", [[1, "null, 2"]]],
  ["flat", [[0, "Infinity"]]],
  ["fill", [[0, "0"]]],
  [
    "toString",
    [
      [0, "2"],
      [0, "16"],
    ],
  ],
  ["toFixed", [[0, "2"]]],
  ["indexOf", [[1, "1"]]],
  ["splice", [[1, "1"]]],
  [
    "max",
    [
      [1, "0"],
      [0, "0"],
    ],
  ],
  ["min", [[1, "0"]]],
]);

export const argumentEdits = [
  operator({
    id: "replace-argument",
    faultClass: "wrong-argument",
    description: "another value as an argument",
    kinds: CALLS,
    *alternatives(node, file) {
      const called = target(node, file);
      for (const [index, argument] of node.arguments.entries()) {
        if (argument.type === "SpreadElement" || isFunction(argument)) continue;
        const outer = file.outer(argument);
        const parameter = called ? patternName(called.params[index]) : null;
        for (const text of elsewhere(node, index, file)) yield { replacements: replace(outer, text), weight: 0.4 };
        const kind = file.kinds.of(argument);
        const like = parameter ?? (argument.type === "Identifier" ? argument.name : "");
        const limit = argument.type === "Identifier" ? 6 : 4;
        for (const other of rankNames(file, argument, { kind, like, exclude: new Set([file.text(argument)]), limit })) {
          yield { replacements: replace(outer, other.name), weight: round(other.weight * 0.8) };
        }
      }
    },
  }),
  operator({
    id: "swap-arguments",
    faultClass: "argument-order",
    description: "two arguments, parameters or elements exchanged",
    kinds: [
      "CallExpression",
      "NewExpression",
      "ArrayExpression",
      "FunctionDeclaration",
      "ArrowFunctionExpression",
      "FunctionExpression",
      "ArrayPattern",
      "ObjectExpression",
    ],
    *alternatives(node, file) {
      if (node.type === "ObjectExpression") {
        yield* spreadOrder(node, file);
        return;
      }
      const items = ("arguments" in node ? node.arguments : "elements" in node ? node.elements : node.params).filter(
        (item) => item !== null,
      );
      const isCall = "arguments" in node;
      for (let i = 0; i < items.length; i += 1) {
        for (let j = i + 1; j < Math.min(items.length, i + 3); j += 1) {
          const [a, b] = [items[i]!, items[j]!];
          if (a.type === "SpreadElement" || b.type === "SpreadElement" || b.type === "RestElement") continue;
          if (items.length > 6 && j > i + 1) continue;
          const alike = !isCall || compatible(file.kinds.of(a), file.kinds.of(b));
          const weight = (alike ? 1 : 0.5) * (j === i + 1 ? 1 : 0.5) * (isCall ? 1 : 0.3);
          yield { replacements: exchange(file, file.outer(a), file.outer(b)), weight };
        }
      }
    },
  }),
  operator({
    id: "drop-argument",
    faultClass: "wrong-argument",
    description: "an argument less",
    kinds: CALLS,
    *alternatives(node, file) {
      for (let i = 0; i < node.arguments.length; i += 1) {
        yield {
          replacements: withoutItem(node.arguments, i, file),
          weight: i === node.arguments.length - 1 ? 0.5 : 0.2,
        };
      }
    },
  }),
  operator({
    id: "add-argument",
    faultClass: "wrong-argument",
    description: "an argument more",
    kinds: CALLS,
    *alternatives(node, file) {
      const close = node.end - 1;
      if (file.source[close] !== ")" || node.arguments.some((argument) => argument.type === "SpreadElement")) return;
      const last = node.arguments.at(-1);
      const at = last ? file.outer(last).end : close;
      const separator = last ? ", " : "";
      const name = calleeName(node);
      const usual = USUAL.get(name ?? "") ?? [];
      for (const [present, text] of usual) {
        const quoted = text.replaceAll("'", file.style.quote);
        if (node.arguments.length === present)
          yield { replacements: insertAt(at, `${separator}${quoted}`), weight: 0.6 };
      }
      const called = target(node, file);
      const missing = called?.params[node.arguments.length];
      if (missing && missing.type !== "RestElement") {
        const wanted = patternName(missing) ?? "";
        const kind =
          missing.type === "AssignmentPattern" ? file.kinds.of(missing.right) : parameterKind(called, wanted, file);
        for (const other of rankNames(file, node, { kind, like: wanted, exclude: new Set(), limit: 5 })) {
          const named = nameSimilarity(wanted, other.name);
          yield {
            replacements: insertAt(at, `${separator}${other.name}`),
            weight: round(Math.min(1, other.weight + 0.3 * named)),
          };
          if (enclosingFunction(node) === called && other.kind !== "string") {
            yield { replacements: insertAt(at, `${separator}${other.name} + 1`), weight: 0.3 };
            yield { replacements: insertAt(at, `${separator}${other.name} - 1`), weight: 0.3 };
          }
        }
      }
      if (name === "get" || name === "has" || name === "push" || name === "add") {
        for (const text of elsewhere(node, node.arguments.length, file))
          yield { replacements: insertAt(at, `${separator}${text}`), weight: 0.3 };
      }
    },
  }),
  operator({
    id: "adjust-recursive-argument",
    faultClass: "recursion-base",
    description: "what a function passes on to itself",
    kinds: ["CallExpression"],
    *alternatives(node, file) {
      const called = target(node, file);
      if (!called) return;
      let inside = false;
      for (let home = enclosingFunction(node); home; home = enclosingFunction(home)) inside ||= home === called;
      if (!inside) return;
      for (const [index, argument] of node.arguments.entries()) {
        if (argument.type === "SpreadElement") continue;
        const outer = file.outer(argument);
        const text = file.text(argument);
        const kind = file.kinds.of(argument);
        const parameter = patternName(called.params[index]);
        if (argument.type === "Identifier" && (kind === "array" || kind === "string" || kind === "unknown")) {
          yield { replacements: replace(outer, `${text}.slice(1)`), weight: 0.4 };
          yield { replacements: replace(outer, `${text}.slice(0, -1)`), weight: 0.2 };
        }
        if (argument.type === "BinaryExpression" && isNumber(argument.right)) {
          yield { replacements: replace(outer, file.text(argument.left)), weight: 0.5 };
          yield { replacements: replace(argument.right, "2"), weight: 0.3 };
        }
        if (argument.type === "Identifier" && (kind === "number" || kind === "unknown")) {
          yield { replacements: replace(outer, `${text} - 1`), weight: 0.6 };
          yield { replacements: replace(outer, `${text} + 1`), weight: 0.6 };
        }
        if (parameter !== null && text !== parameter) {
          yield { replacements: replace(outer, parameter), weight: 0.4 };
          if (kind === "number" || kind === "unknown") {
            yield { replacements: replace(outer, `${parameter} - 1`), weight: 0.3 };
            yield { replacements: replace(outer, `${parameter} + 1`), weight: 0.3 };
          }
        }
      }
    },
  }),
];

/** A spread exchanged with its neighbour: the later of two properties wins. */
function* spreadOrder(node: NodeOf<"ObjectExpression">, file: SourceFile): Generator<Alternative> {
  for (let i = 0; i + 1 < node.properties.length; i += 1) {
    const [a, b] = [node.properties[i]!, node.properties[i + 1]!];
    if (a.type === "SpreadElement" || b.type === "SpreadElement") yield { replacements: exchange(file, a, b) };
  }
}

function parameterKind(called: FunctionNode, name: string, file: SourceFile) {
  const binding = called.body ? file.scopes.lookup(name, called.body) : null;
  return binding ? file.kinds.ofBinding(binding) : "unknown";
}
