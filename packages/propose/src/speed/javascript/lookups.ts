import { calleeName, isNumber, statementList, enclosingStatement, type Node } from "../../syntax/javascript/ast.ts";
import { insertAfter, replace } from "../../syntax/javascript/text-edits.ts";
import { edit } from "../operator.ts";
import { keyedLoop, keyedMap } from "./keys.ts";
import { prepared } from "./prepared.ts";
import { freshName, nameOf, receiver, repeats, simpleCallback, type JavaScriptOperator } from "./site.ts";

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
  keyedMap,
  keyedLoop,
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
