import { calleeName, isNumber, type Node, type NodeOf } from "../../syntax/javascript/ast.ts";
import type { SourceFile } from "../../syntax/javascript/source-file.ts";
import { replace } from "../../syntax/javascript/text-edits.ts";
import { edit, type SpeedEdit } from "../operator.ts";
import { prepared } from "./prepared.ts";
import {
  before,
  countedLoop,
  capital,
  conjuncts,
  freshName,
  invariantRegions,
  isInside,
  keyedEquality,
  nameOf,
  receiver,
  references,
  simpleCallback,
  type JavaScriptOperator,
} from "./site.ts";

export const keyedMap: JavaScriptOperator = {
  id: "keyed-map",
  description: "a Map by key for a list that is searched for a key again and again",
  kinds: ["CallExpression"],
  *edits(node, file) {
    const list = receiver(node, /^(find|findIndex|filter|some)$/);
    if (list === null || node.type !== "CallExpression") return;
    const callback = simpleCallback(node.arguments[0] as Node | undefined);
    if (callback === null || callback.index !== null) return;
    const all = conjuncts(callback.value);
    for (const condition of all) {
      const keyed = keyedEquality(file, condition, callback.item);
      if (keyed === null) continue;
      yield* keyedLookups(
        file,
        node,
        list,
        callback.item,
        keyed.own,
        keyed.key,
        all.length === 1 ? null : file.text(callback.node),
      );
    }
  },
};

export const keyedLoop: JavaScriptOperator = {
  id: "keyed-loop",
  description: "an inner loop over the items with the wanted key instead of over all items",
  kinds: ["ForOfStatement", "ForStatement"],
  *edits(node, file) {
    const conditions = [...file.within(node)].flatMap((inner) =>
      inner.type === "IfStatement" ? conjuncts(inner.test) : [],
    );
    if (node.type === "ForOfStatement" && node.left.type === "VariableDeclaration") {
      const variable = node.left.declarations[0]?.id;
      if (variable?.type !== "Identifier") return;
      for (const condition of conditions) {
        const keyed = keyedEquality(file, condition, variable.name);
        if (keyed === null || keyed.other.some((other) => !isBoundOutside(file, other, node))) continue;
        const map = freshName(file, `${nameOf(file, node.right)}By${capital(nameOf(file, keyed.own))}`);
        const { semicolon } = file.style;
        const lines = [
          `const ${map} = Map.groupBy(${file.text(node.right)}, (${variable.name}) => ${file.text(keyed.own)})${semicolon}`,
        ];
        for (const region of invariantRegions(file, [node.right], node).slice(0, 1)) {
          const setUp = before(file, region, lines);
          if (setUp !== null) yield* edit([...setUp, ...replace(node.right, `${map}.get(${keyed.key}) ?? []`)]);
        }
      }
    }
    if (node.type === "ForStatement") yield* keyedIndexLoop(file, node, conditions);
  },
};

function isBoundOutside(file: SourceFile, node: Node, loop: Node): boolean {
  return references(file, node).every(({ binding }) => binding === null || !isInside(binding.identifier, loop));
}

/** The searches `find`, `findIndex`, `filter` and `some` for a key. With `rest`, the whole condition is still asked of what has the key. */
function* keyedLookups(
  file: SourceFile,
  node: Node,
  list: Node,
  item: string,
  own: Node,
  key: string,
  rest: string | null,
): Generator<SpeedEdit> {
  if (node.type !== "CallExpression") return;
  const { semicolon } = file.style;
  const text = file.text(list);
  const property = file.text(own);
  const map = freshName(file, `${nameOf(file, list)}By${capital(nameOf(file, own))}`);
  const method = calleeName(node);
  const grouped = [`const ${map} = Map.groupBy(${text}, (${item}) => ${property})${semicolon}`];
  if (rest !== null) {
    if (method !== "findIndex")
      yield* prepared(file, node, [list], grouped, `(${map}.get(${key}) ?? []).${method}(${rest})`, 0.8);
    return;
  }
  if (method === "filter") {
    const length =
      node.parent?.type === "MemberExpression" && file.text(node.parent.property) === "length" ? node.parent : null;
    yield* prepared(file, node, [list], grouped, `(${map}.get(${key}) ?? [])`, 0.9);
    const counted = [
      `const ${map} = new Map()${semicolon}`,
      `for (const ${item} of ${text}) ${map}.set(${property}, (${map}.get(${property}) ?? 0) + 1)${semicolon}`,
    ];
    if (length !== null) yield* prepared(file, length, [list], counted, `(${map}.get(${key}) ?? 0)`);
  } else if (method === "some") {
    const set = [`const ${map} = new Set(${text}.map((${item}) => ${property}))${semicolon}`];
    yield* prepared(file, node, [list], set, `${map}.has(${key})`);
  } else {
    const value = method === "find" ? item : "i";
    const lines = [
      `const ${map} = new Map()${semicolon}`,
      `${text}.forEach((${item}${method === "find" ? "" : ", i"}) => ${map}.has(${property}) || ${map}.set(${property}, ${value}))${semicolon}`,
    ];
    yield* prepared(file, node, [list], lines, method === "find" ? `${map}.get(${key})` : `(${map}.get(${key}) ?? -1)`);
  }
}

/** `for (let j = …; j < xs.length; j++)` over the places with the wanted key. */
function* keyedIndexLoop(
  file: SourceFile,
  node: NodeOf<"ForStatement">,
  conditions: readonly Node[],
): Generator<SpeedEdit> {
  const { init, update, body } = node;
  const counted = countedLoop(node);
  if (counted === null || (init?.type === "VariableDeclaration" && init.declarations.length !== 1)) return;
  const { name, from, test } = counted;
  if (test.operator !== "<" || file.text(test.left) !== name || update?.type !== "UpdateExpression") return;
  if (body.type !== "BlockStatement") return;
  const { semicolon, eol, indent } = file.style;
  for (const condition of conditions) {
    const keyed = keyedEquality(file, condition, name);
    if (keyed === null || keyed.other.some((other) => !isBoundOutside(file, other, node))) continue;
    const map = freshName(file, `${name}By`);
    const lines = [
      `const ${map} = new Map()${semicolon}`,
      `for (let ${name} = 0; ${file.text(test)}; ${file.text(update)}) {`,
      `${indent}const key = ${file.text(keyed.own)}${semicolon}`,
      `${indent}if (${map}.has(key)) ${map}.get(key).push(${name})${semicolon}`,
      `${indent}else ${map}.set(key, [${name}])${semicolon}`,
      "}",
    ];
    const base = file.indentAt(node.start);
    const start =
      isNumber(from) && from.value === 0
        ? ""
        : `${eol}${base}${indent}if (${name} < ${file.operand(from, 10)}) continue${semicolon}`;
    for (const region of invariantRegions(file, [test.right], node).slice(0, 1)) {
      const setUp = before(file, region, lines);
      if (setUp === null) continue;
      yield* edit([
        ...setUp,
        {
          start: node.start,
          end: body.start + 1,
          text: `for (const ${name} of ${map}.get(${keyed.key}) ?? []) {${start}`,
        },
      ]);
    }
  }
}
