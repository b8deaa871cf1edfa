import { type FunctionNode, type Node, enclosingFunction, enclosingLoop, isFunction, statementList } from "../ast.ts";
import { type RankedName, isWritable, rankNames, round } from "../names.ts";
import { operator } from "../operator.ts";
import type { SourceFile } from "../source-file.ts";
import { insertAfter, insertBefore, isInsertionPoint, remove, replace } from "../text-edits.ts";
import { exits } from "./exits.ts";

const JUMPS: ReadonlySet<string> = new Set([
  "ReturnStatement",
  "ThrowStatement",
  "BreakStatement",
  "ContinueStatement",
]);

/** Variables that a function built up, likeliest results first. */
function results(file: SourceFile, site: Node, home: FunctionNode): RankedName[] {
  const kind = file.kinds.ofReturn(home);
  return rankNames(file, site, {
    kind: kind === "promise" ? "unknown" : kind,
    like: "result",
    exclude: new Set(),
    limit: 8,
  })
    .filter((name) => enclosingFunction(name.binding.identifier) === home || name.binding.scope === home)
    .map((name) => {
      const built =
        isWritable(name.binding) ||
        name.kind === "array" ||
        name.kind === "map" ||
        name.kind === "set" ||
        name.kind === "object";
      return { ...name, weight: round(name.weight * (built && name.binding.role !== "parameter" ? 1 : 0.6)) };
    })
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 5);
}

/** True when the statement is the last of its list. */
function isLast(node: Node): boolean {
  return statementList(node)?.at(-1) === node;
}

export const controlEdits = [
  operator({
    id: "add-return",
    faultClass: "missing-return",
    description: "the value of an expression statement returned",
    kinds: ["ExpressionStatement"],
    *alternatives(node) {
      if (!enclosingFunction(node)) return;
      const type = node.expression.type;
      const likely = type === "CallExpression" || type === "AwaitExpression";
      if (type === "UpdateExpression" || ("directive" in node && node.directive)) return;
      if (type === "AssignmentExpression" && !isLast(node)) return;
      yield { replacements: [{ start: node.start, end: node.start, text: "return " }], weight: likely ? 1 : 0.4 };
      if (type === "AssignmentExpression" && node.expression.type === "AssignmentExpression") {
        yield {
          replacements: replace({ start: node.start, end: node.expression.right.start }, "return "),
          weight: 0.5,
        };
      }
    },
  }),
  operator({
    id: "return-variable",
    faultClass: "missing-return",
    description: "a variable returned at the end of a function, or instead of another value",
    kinds: ["BlockStatement", "ReturnStatement"],
    *alternatives(node, file) {
      const end = file.style.semicolon;
      if (node.type === "ReturnStatement") {
        const home = enclosingFunction(node);
        if (!home || (node.argument?.type === "Identifier" && file.kinds.of(node.argument) === "boolean")) return;
        for (const name of results(file, node, home)) {
          yield {
            replacements: replace(node, `return ${name.name}${end}`),
            weight: round(name.weight * 0.6),
            faultClass: "wrong-variable",
          };
        }
        return;
      }
      const home = node.parent;
      const last = node.body.at(-1);
      if (!home || !isFunction(home) || !last || JUMPS.has(last.type)) return;
      if (home.parent?.type === "MethodDefinition" && home.parent.kind === "constructor") return;
      const site = last.type === "BlockStatement" ? last : { ...last, start: last.end, parent: node };
      for (const name of results(file, site as Node, home)) {
        yield { replacements: insertAfter(file, last, `return ${name.name}${end}`), weight: name.weight };
      }
      if (home.parent?.type === "MethodDefinition")
        yield { replacements: insertAfter(file, last, `return this${end}`), weight: 0.3 };
      for (const value of ["true", "false", "null"]) {
        yield { replacements: insertAfter(file, last, `return ${value}${end}`), weight: 0.25 };
      }
    },
  }),
  operator({
    id: "remove-return",
    faultClass: "extra-return",
    description: "a value computed but not returned",
    kinds: ["ReturnStatement"],
    *alternatives(node, file) {
      if (!node.argument) return;
      const call =
        node.argument.type === "CallExpression" ||
        node.argument.type === "AwaitExpression" ||
        node.argument.type === "AssignmentExpression";
      if (call) yield { replacements: [{ start: node.start, end: file.outer(node.argument).start, text: "" }] };
    },
  }),
  operator({
    id: "return-early",
    faultClass: "missing-return",
    description: "a return at the end of a branch",
    kinds: ["BlockStatement", "ExpressionStatement", "BreakStatement", "ContinueStatement"],
    *alternatives(node, file) {
      const home = enclosingFunction(node);
      if (!home) return;
      if (node.type === "BreakStatement" || node.type === "ContinueStatement") {
        for (const exit of exits(file, node, home).slice(0, 5)) {
          yield { replacements: replace(node, exit.text), weight: round(exit.weight * 0.6) };
        }
        return;
      }
      const parent = node.parent;
      const branch = parent?.type === "IfStatement" || parent?.type === "CatchClause";
      if (!branch) return;
      if (node.type === "ExpressionStatement") {
        const braced = (text: string): string => `{ ${file.text(node)} ${text} }`;
        for (const exit of exits(file, node, home).slice(0, 3))
          yield { replacements: replace(node, braced(exit.text)), weight: round(exit.weight * 0.5) };
        return;
      }
      const last = node.body.at(-1);
      if (!last || JUMPS.has(last.type)) return;
      for (const exit of exits(file, node, home).slice(0, 4)) {
        yield { replacements: insertAfter(file, last, exit.text), weight: exit.weight };
      }
    },
  }),
  operator({
    id: "add-break",
    faultClass: "missing-break-continue",
    description: "a break at the end of a branch or case",
    kinds: ["BlockStatement", "SwitchCase", "ExpressionStatement"],
    *alternatives(node, file) {
      const text = `break${file.style.semicolon}`;
      if (node.type === "SwitchCase") {
        const last = node.consequent.at(-1);
        if (last && !JUMPS.has(last.type)) yield { replacements: insertAfter(file, last, text) };
        return;
      }
      yield* jump(node, file, text);
    },
  }),
  operator({
    id: "add-continue",
    faultClass: "missing-break-continue",
    description: "a continue at the end of a branch",
    kinds: ["BlockStatement", "ExpressionStatement"],
    *alternatives(node, file) {
      yield* jump(node, file, `continue${file.style.semicolon}`);
    },
  }),
  operator({
    id: "remove-break",
    faultClass: "extra-statement",
    description: "a break or continue less",
    kinds: ["BreakStatement", "ContinueStatement"],
    *alternatives(node, file) {
      yield { replacements: remove(file, node) };
    },
  }),
  operator({
    id: "break-to-continue",
    faultClass: "missing-break-continue",
    description: "break for continue, continue for break",
    kinds: ["BreakStatement", "ContinueStatement"],
    *alternatives(node, file) {
      if (!enclosingLoop(node)) return;
      const length = node.type === "BreakStatement" ? 5 : 8;
      const word = node.type === "BreakStatement" ? "continue" : "break";
      yield { replacements: replace({ start: node.start, end: node.start + length }, word) };
      const home = enclosingFunction(node);
      if (home && !file.style.bareBodies && isInsertionPoint(node) && !isLast(node)) {
        yield { replacements: insertBefore(file, node, `return${file.style.semicolon}`), weight: 0.1 };
      }
    },
  }),
  operator({
    id: "return-to-jump",
    faultClass: "extra-return",
    description: "break or continue instead of a return in a loop",
    kinds: ["ReturnStatement"],
    *alternatives(node, file) {
      if (!enclosingLoop(node)) return;
      yield { replacements: replace(node, `continue${file.style.semicolon}`), weight: 0.5 };
      yield { replacements: replace(node, `break${file.style.semicolon}`), weight: 0.5 };
    },
  }),
];

/** A jump after the last statement of a branch inside of a loop. */
function* jump(node: Node, file: SourceFile, text: string) {
  const parent = node.parent;
  if (parent?.type !== "IfStatement" || !enclosingLoop(node)) return;
  if (node.type !== "BlockStatement") {
    yield { replacements: replace(node, `{ ${file.text(node)} ${text} }`), weight: 0.6 };
    return;
  }
  const last = node.body.at(-1);
  if (last && !JUMPS.has(last.type)) yield { replacements: insertAfter(file, last, text) };
}
