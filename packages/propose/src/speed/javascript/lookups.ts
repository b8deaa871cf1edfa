import { calleeName, isNumber, statementList, enclosingStatement, type Node } from "../../syntax/javascript/ast.ts";
import type { SourceFile } from "../../syntax/javascript/source-file.ts";
import { insertAfter, replace } from "../../syntax/javascript/text-edits.ts";
import { edit, type SpeedEdit } from "../operator.ts";
import {
  before,
  capital,
  conjuncts,
  freshName,
  invariantRegions,
  isInside,
  keyedEquality,
  nameOf,
  receiver,
  references,
  repeats,
  simpleCallback,
  type JavaScriptOperator,
} from "./site.ts";

/** `xs.includes(e)` and `xs.indexOf(e) !== -1` in all their spellings: what is looked for, where, and whether its absence is asked. */
function membership(node: Node): { readonly list: Node; readonly item: Node; readonly absent: boolean } | null {
  const call = node.type === "BinaryExpression" ? node.left : node;
  const list = receiver(call, /^(includes|indexOf)$/);
  if (list === null || call.type !== "CallExpression" || call.arguments.length !== 1) return null;
  const item = call.arguments[0] as Node;
  if (node.type !== "BinaryExpression") return calleeName(call) === "includes" ? { list, item, absent: false } : null;
  if (calleeName(call) !== "indexOf") return null;
  const { operator, right } = node;
  const isMinusOne =
    right.type === "UnaryExpression" &&
    right.operator === "-" &&
    isNumber(right.argument) &&
    right.argument.value === 1;
  const isZero = isNumber(right) && right.value === 0;
  if ((isMinusOne && /^(!==?|>)$/.test(operator)) || (isZero && operator === ">="))
    return { list, item, absent: false };
  if ((isMinusOne && /^===?$/.test(operator)) || (isZero && operator === "<")) return { list, item, absent: true };
  return null;
}

/** A statement before a region where the expressions do not change, and something in the place of the node. */
export function* prepared(
  file: SourceFile,
  node: Node,
  constant: readonly Node[],
  lines: readonly string[],
  text: string,
  weight = 1,
): Generator<SpeedEdit> {
  for (const [rank, region] of invariantRegions(file, constant, node).entries()) {
    const setUp = before(file, region, lines);
    if (setUp !== null) yield* edit([...setUp, ...replace(node, text)], weight / (1 + rank));
  }
}

export const lookupOperators: readonly JavaScriptOperator[] = [
  {
    id: "lookup-set",
    description: "a Set for a list that is searched again and again",
    kinds: ["CallExpression", "BinaryExpression"],
    *edits(node, file) {
      const found = membership(node);
      if (found === null) return;
      const set = freshName(file, `${nameOf(file, found.list)}Set`);
      const { semicolon } = file.style;
      const text = `${found.absent ? "!" : ""}${set}.has(${file.text(found.item)})`;
      yield* prepared(file, node, [found.list], [`const ${set} = new Set(${file.text(found.list)})${semicolon}`], text);
    },
  },
  {
    id: "growing-set",
    description: "a Set kept beside a list that grows while it is searched",
    kinds: ["CallExpression", "BinaryExpression"],
    *edits(node, file) {
      const found = membership(node);
      if (found === null || found.list.type !== "Identifier" || repeats(node).length === 0) return;
      const binding = file.scopes.resolve(found.list);
      const declared = binding?.declaration;
      if (!binding || declared?.type !== "VariableDeclarator" || !declared.init) return;
      const statement = enclosingStatement(declared);
      if (statement === null || statementList(statement) === null) return;
      const set = freshName(file, `${found.list.name}Seen`);
      const { semicolon } = file.style;
      const parts = [
        ...insertAfter(file, statement, `const ${set} = new Set(${found.list.name})${semicolon}`),
        ...replace(node, `${found.absent ? "!" : ""}${set}.has(${file.text(found.item)})`),
      ];
      let grows = false;
      for (const use of binding.references) {
        const call = use.parent?.parent;
        if (!call || receiver(call, /^(push|unshift)$/) !== use || call.type !== "CallExpression") continue;
        const [value, more] = call.arguments;
        if (!value || more || value.type === "SpreadElement") return;
        grows = true;
        const list = call.parent;
        if (list?.type === "ExpressionStatement" && statementList(list) !== null)
          parts.push(...insertAfter(file, list, `${set}.add(${file.text(value)})${semicolon}`));
        else
          parts.push(
            { start: call.start, end: call.start, text: `(${set}.add(${file.text(value)}), ` },
            { start: call.end, end: call.end, text: ")" },
          );
      }
      if (grows) yield* edit(parts, 1);
    },
  },
  {
    id: "index-map",
    description: "a Map from items to their places for a list in which places are looked up",
    kinds: ["CallExpression"],
    *edits(node, file) {
      const list = receiver(node, /^(indexOf|lastIndexOf)$/);
      if (list === null || node.type !== "CallExpression" || node.arguments.length !== 1) return;
      const map = freshName(file, `${nameOf(file, list)}At`);
      const text = file.text(list);
      const { semicolon } = file.style;
      const first = calleeName(node) === "indexOf";
      const lines = [
        `const ${map} = new Map()${semicolon}`,
        `${text}.forEach((item, i) => ${first ? `${map}.has(item) || ` : ""}${map}.set(item, i))${semicolon}`,
      ];
      yield* prepared(file, node, [list], lines, `(${map}.get(${file.text(node.arguments[0] as Node)}) ?? -1)`);
    },
  },
  {
    id: "running-index",
    description: "places of the items so far kept in a Map instead of searched in a copy of the beginning",
    kinds: ["CallExpression"],
    *edits(node, file) {
      const slice = receiver(node, /^(indexOf|lastIndexOf|includes)$/);
      const list = slice === null ? null : receiver(slice, /^slice$/);
      if (list === null || slice?.type !== "CallExpression" || node.type !== "CallExpression" || !node.arguments[0])
        return;
      const [from, to] = slice.arguments;
      if (!isNumber(from as Node) || file.text(from as Node) !== "0" || !to) return;
      const places = freshName(file, "places");
      const next = freshName(file, "next");
      const { semicolon } = file.style;
      const method = calleeName(node);
      const item = file.text(node.arguments[0] as Node);
      const keep = method === "lastIndexOf" ? "" : `${places}.has(${file.text(list)}[${next}]) || `;
      const found = method === "includes" ? `${places}.has(${item})` : `(${places}.get(${item}) ?? -1)`;
      const lines = [
        `const ${places} = new Map()${semicolon}`,
        `let ${next} = 0${semicolon}`,
        `const upTo = (end) => {`,
        `${file.style.indent}for (; ${next} < end; ${next}++) ${keep}${places}.set(${file.text(list)}[${next}], ${next})${semicolon}`,
        `}${semicolon}`,
      ];
      yield* prepared(file, node, [list], lines, `(upTo(${file.text(to)}), ${found})`);
    },
  },
  {
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
  },
  {
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
  },
  {
    id: "unique-set",
    description: "a Set for the distinct items of a list",
    kinds: ["CallExpression"],
    *edits(node, file) {
      const list = receiver(node, /^filter$/);
      if (list === null || node.type !== "CallExpression") return;
      const callback = simpleCallback(node.arguments[0] as Node | undefined);
      if (callback === null || callback.index === null || callback.value.type !== "BinaryExpression") return;
      const text = file.text(callback.value).replaceAll(/\s/g, "");
      const looks = `${file.text(list)}.indexOf(${callback.item})`;
      if (text === `${looks}===${callback.index}` || text === `${callback.index}===${looks}`)
        yield* edit(replace(node, `[...new Set(${file.text(list)})]`));
    },
  },
  {
    id: "own-key",
    description: "the object asked for a key instead of the list of its keys",
    kinds: ["CallExpression"],
    *edits(node, file) {
      const keys = receiver(node, /^(includes|has)$/);
      if (keys === null || keys.type !== "CallExpression" || node.type !== "CallExpression") return;
      const [object] = keys.arguments;
      if (file.text(keys.callee) !== "Object.keys" || !object || !node.arguments[0]) return;
      yield* edit(replace(node, `Object.hasOwn(${file.text(object)}, ${file.text(node.arguments[0])})`));
    },
  },
];

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
function* keyedIndexLoop(file: SourceFile, node: Node, conditions: readonly Node[]): Generator<SpeedEdit> {
  if (
    node.type !== "ForStatement" ||
    node.init?.type !== "VariableDeclaration" ||
    node.test?.type !== "BinaryExpression"
  )
    return;
  const variable = node.init.declarations[0];
  if (variable?.id.type !== "Identifier" || !variable.init || node.init.declarations.length !== 1) return;
  if (
    node.test.operator !== "<" ||
    file.text(node.test.left) !== variable.id.name ||
    node.update?.type !== "UpdateExpression"
  )
    return;
  if (node.body.type !== "BlockStatement") return;
  const { name } = variable.id;
  const { semicolon, eol, indent } = file.style;
  for (const condition of conditions) {
    const keyed = keyedEquality(file, condition, name);
    if (keyed === null || keyed.other.some((other) => !isBoundOutside(file, other, node))) continue;
    const map = freshName(file, `${name}By`);
    const lines = [
      `const ${map} = new Map()${semicolon}`,
      `for (let ${name} = 0; ${file.text(node.test)}; ${file.text(node.update)}) {`,
      `${indent}const key = ${file.text(keyed.own)}${semicolon}`,
      `${indent}if (${map}.has(key)) ${map}.get(key).push(${name})${semicolon}`,
      `${indent}else ${map}.set(key, [${name}])${semicolon}`,
      "}",
    ];
    const base = file.indentAt(node.start);
    const start =
      isNumber(variable.init) && variable.init.value === 0
        ? ""
        : `${eol}${base}${indent}if (${name} < ${file.operand(variable.init, 10)}) continue${semicolon}`;
    for (const region of invariantRegions(file, [node.test.right], node).slice(0, 1)) {
      const setUp = before(file, region, lines);
      if (setUp === null) continue;
      yield* edit([
        ...setUp,
        {
          start: node.start,
          end: node.body.start + 1,
          text: `for (const ${name} of ${map}.get(${keyed.key}) ?? []) {${start}`,
        },
      ]);
    }
  }
}
