import { type Node, calleeName, isReference, statementList } from "../ast.ts";
import type { Fitting } from "../fitting.ts";
import { COMPARISON, EQUALITY, LOGICAL_AND, LOGICAL_OR, POSTFIX, UNARY } from "../precedence.ts";
import type { SourceFile } from "../source-file.ts";

/** Checks per node, best first. */
const MOST = 8;

/**
 * Checks that the values a piece of code relies on are there: `x !== undefined`, `x.length > 0`, `seen.has(x)`.
 * With "&&" they say that all is well, with "||" that something is missing.
 */
export function presenceChecks(node: Node, file: SourceFile, join: "&&" | "||"): Fitting[] {
  const found = new Map<string, Fitting>();
  const present = join === "&&";
  const add = (text: string, strength: number, weight: number): void => {
    if (!found.has(text)) found.set(text, { text, strength, weight });
  };
  const already = file.text(node);
  for (const value of reliedOn(node, file)) {
    const text = file.text(value.node);
    const kind = file.kinds.of(value.node);
    const not = present ? "!==" : "===";
    const maybeAbsent = kind === "unknown" || kind === "object" || kind === "nothing" || value.dereferenced;
    if (maybeAbsent && !isAlwaysThere(value.node, file)) {
      const believed = value.dereferenced ? 1 : 0.7;
      if (!already.includes(`${text} ${not} undefined`)) add(`${text} ${not} undefined`, EQUALITY, 0.5 * believed);
      add(`${text} ${not} null`, EQUALITY, 0.4 * believed);
      add(
        present ? `${text} !== null && ${text} !== undefined` : `${text} === null || ${text} === undefined`,
        present ? LOGICAL_AND : LOGICAL_OR,
        0.44 * believed,
      );
      add(present ? text : `!${text}`, present ? POSTFIX : UNARY, 0.38 * believed);
      add(`${text} ${present ? "!=" : "=="} null`, EQUALITY, 0.3 * believed);
    }
    if (kind === "array" || kind === "string") {
      add(`${text}.length ${present ? "> 0" : "=== 0"}`, COMPARISON, 0.4);
      add(present ? `${text}` : `!${text}`, POSTFIX, 0.1);
    }
    if (kind === "number") {
      add(`${text} ${present ? "> 0" : "<= 0"}`, COMPARISON, 0.35);
      add(`${text} ${present ? ">= 0" : "< 0"}`, COMPARISON, 0.3);
      add(`${text} ${present ? "!== 0" : "=== 0"}`, EQUALITY, 0.3);
      add(present ? `!Number.isNaN(${text})` : `Number.isNaN(${text})`, UNARY, 0.15);
      add(present ? `Number.isInteger(${text})` : `!Number.isInteger(${text})`, UNARY, 0.15);
    }
    if (kind === "boolean") add(present ? text : `!${text}`, UNARY, 0.2);
    if (kind === "unknown") add(`typeof ${text} ${not} ${file.style.quote}string${file.style.quote}`, EQUALITY, 0.1);
  }
  for (const check of membershipChecks(node, file, present)) add(check.text, check.strength, check.weight);
  for (const check of outcomeChecks(node, file)) add(check.text, check.strength, check.weight);
  return [...found.values()].sort((a, b) => b.weight - a.weight).slice(0, MOST);
}

/** True for a constant that holds a literal, a function or a new object: nothing to check. */
function isAlwaysThere(node: Node, file: SourceFile): boolean {
  const binding = node.type === "Identifier" ? file.scopes.resolve(node) : null;
  if (binding?.role !== "const" || binding.declaration.type !== "VariableDeclarator") return false;
  const { id, init } = binding.declaration;
  return id.type === "Identifier" && /^(Object|Array|New|Function|ArrowFunction)Expression$/.test(init?.type ?? "");
}

interface ReliedOn {
  readonly node: Node;
  /** True when the code reads a property or calls a method of it. */
  readonly dereferenced: boolean;
}

/** Values that the code uses, the ones it dereferences first; each text once. */
function reliedOn(node: Node, file: SourceFile): ReliedOn[] {
  const values = new Map<string, ReliedOn>();
  for (const inner of file.within(node)) {
    if (values.size >= 6) break;
    if (inner.type === "MemberExpression" && !inner.optional && inner.object.type !== "ThisExpression") {
      const object = inner.object;
      const simple = object.type === "Identifier" || object.type === "MemberExpression";
      if (simple && (object.type !== "Identifier" || file.scopes.resolve(object))) {
        const kind = file.kinds.of(object);
        const known = kind === "map" || kind === "set" || kind === "function";
        if (!known)
          values.set(file.text(object), { node: object, dereferenced: kind === "unknown" || kind === "object" });
      }
      if (!inner.computed && inner.parent?.type === "BinaryExpression")
        values.set(file.text(inner), { node: inner, dereferenced: false });
    }
    if (inner.type === "Identifier" && isReference(inner) && !values.has(inner.name)) {
      const binding = file.scopes.resolve(inner);
      const callee = inner.parent?.type === "CallExpression" && inner.parent.callee === inner;
      if (binding && !callee && binding.scope.type !== "Program")
        values.set(inner.name, { node: inner, dereferenced: false });
    }
  }
  return [...values.values()].sort((a, b) => Number(b.dereferenced) - Number(a.dereferenced));
}

/** `seen.has(x)` and `list.includes(x)` for collections and values that the code itself puts together. */
function* membershipChecks(node: Node, file: SourceFile, present: boolean): Generator<Fitting> {
  for (const inner of file.within(node)) {
    if (
      inner.type === "MemberExpression" &&
      inner.computed &&
      file.kinds.of(inner.property) === "number" &&
      inner.property.type !== "Literal"
    ) {
      const [object, index] = [file.text(inner.object), file.text(inner.property)];
      const offset = /^(\w+) - (\d+)$/.exec(index);
      const lowest = offset
        ? `${offset[1]} ${present ? ">=" : "<"} ${offset[2]}`
        : `${index} ${present ? ">=" : "<"} 0`;
      yield {
        text: `${index} ${present ? "<" : ">="} ${object}.length`,
        strength: COMPARISON,
        weight: offset ? 0.1 : 0.4,
      };
      yield { text: lowest, strength: COMPARISON, weight: 0.35 };
      if (offset?.[2] === "1")
        yield { text: `${offset[1]} ${present ? ">" : "==="} 0`, strength: COMPARISON, weight: 0.45 };
    }
    if (inner.type === "MemberExpression" && inner.computed && file.kinds.of(inner.property) !== "number") {
      const [object, key] = [file.text(inner.object), file.text(inner.property)];
      const written = inner.parent?.type === "AssignmentExpression" && inner.parent.left === inner;
      const not = written === present ? "!" : "";
      const weight = written ? 0.45 : 0.35;
      yield { text: `${not}Object.hasOwn(${object}, ${key})`, strength: UNARY, weight };
      yield { text: `${object}[${key}] ${not === "!" ? "===" : "!=="} undefined`, strength: EQUALITY, weight };
      yield {
        text: not === "!" ? `!(${key} in ${object})` : `${key} in ${object}`,
        strength: not === "!" ? UNARY : COMPARISON,
        weight: 0.25,
      };
    }
    if (inner.type !== "CallExpression" || inner.callee.type !== "MemberExpression") continue;
    const argument = inner.arguments[0];
    const name = calleeName(inner);
    if (!argument || argument.type === "SpreadElement" || argument.end - argument.start > 30) continue;
    const method =
      name === "push"
        ? "includes"
        : name === "add" || name === "get" || name === "set" || name === "delete"
          ? "has"
          : null;
    if (!method) continue;
    const text = `${file.text(inner.callee.object)}.${method}(${file.text(argument)})`;
    const negative = name === "push" || name === "add" || name === "set" ? present : !present;
    yield { text: negative ? `!${text}` : text, strength: UNARY, weight: 0.4 };
  }
}

/**
 * What was just computed is likely to be asked: comparisons made elsewhere with the result of a function, for the
 * variable that holds its result in the statement before.
 */
function* outcomeChecks(node: Node, file: SourceFile): Generator<Fitting> {
  const list = statementList(node);
  const before = list?.[list.indexOf(node) - 1];
  if (before?.type !== "VariableDeclaration") return;
  for (const { id, init } of before.declarations) {
    if (id.type !== "Identifier" || !init) continue;
    const call = init.type === "AwaitExpression" ? init.argument : init;
    const callee = call.type === "CallExpression" ? file.text(call.callee) : null;
    const kind = file.kinds.of(id);
    yield { text: id.name, strength: POSTFIX, weight: kind === "boolean" ? 0.5 : 0.25 };
    yield { text: `!${id.name}`, strength: UNARY, weight: kind === "boolean" ? 0.5 : 0.25 };
    if (callee === null) continue;
    for (const other of file.conditions) {
      const test = other.node;
      if (test?.type !== "BinaryExpression" || test.right.type !== "Literal") continue;
      if (test.left.type !== "CallExpression" || file.text(test.left.callee) !== callee) continue;
      yield { text: `${id.name} ${test.operator} ${file.text(test.right)}`, strength: EQUALITY, weight: 0.5 };
    }
  }
}
