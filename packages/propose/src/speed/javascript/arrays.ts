import { calleeName, isNumber, isFunction, type FunctionNode, type Node } from "../../syntax/javascript/ast.ts";
import type { SourceFile } from "../../syntax/javascript/source-file.ts";
import { replace } from "../../syntax/javascript/text-edits.ts";
import { edit } from "../operator.ts";
import { prepared } from "./lookups.ts";
import { freshName, receiver, repeats, simpleCallback, type JavaScriptOperator } from "./site.ts";

/** `[...xs, a, ...b]` or `xs.concat(…)`: the list that grows and what is added, as arguments of `push`. */
function grownBy(file: SourceFile, node: Node): { readonly list: string; readonly added: readonly string[] } | null {
  if (node.type === "ArrayExpression") {
    const [first, ...rest] = node.elements;
    if (first?.type !== "SpreadElement" || rest.length === 0) return null;
    return {
      list: file.text(first.argument),
      added: [rest.map((item) => (item === null ? "undefined" : file.text(item))).join(", ")],
    };
  }
  const list = receiver(node, /^concat$/);
  const [item] = node.type === "CallExpression" ? node.arguments : [];
  if (list === null || !item || node.type !== "CallExpression" || node.arguments.length !== 1) return null;
  if (item.type === "ArrayExpression")
    return {
      list: file.text(list),
      added: [item.elements.map((each) => (each === null ? "undefined" : file.text(each))).join(", ")],
    };
  return { list: file.text(list), added: [`...${file.text(item)}`, file.text(item)] };
}

export const arrayOperators: readonly JavaScriptOperator[] = [
  {
    id: "append-in-place",
    description: "items pushed onto a list instead of a new list made for each",
    kinds: ["AssignmentExpression", "ArrayExpression", "CallExpression"],
    *edits(node, file) {
      const { semicolon, eol, indent } = file.style;
      if (node.type === "AssignmentExpression") {
        const grown = node.operator === "=" ? grownBy(file, node.right) : null;
        if (grown === null || grown.list !== file.text(node.left)) return;
        for (const added of grown.added) yield* edit(replace(node, `${grown.list}.push(${added})`));
        return;
      }
      // return [...acc, x] in a callback of reduce
      const grown = grownBy(file, node);
      const home = reducerOf(node);
      if (
        grown === null ||
        home === null ||
        home.params[0]?.type !== "Identifier" ||
        home.params[0].name !== grown.list
      )
        return;
      for (const added of grown.added) {
        if (node.parent === home) {
          const base = file.indentAt(home.start);
          const lines = `${eol}${base}${indent}`;
          yield* edit(
            replace(
              file.outer(node),
              `{${lines}${grown.list}.push(${added})${semicolon}${lines}return ${grown.list}${semicolon}${eol}${base}}`,
            ),
          );
        } else yield* edit(replace(node, `(${grown.list}.push(${added}), ${grown.list})`));
      }
    },
  },
  {
    id: "assign-in-place",
    description: "a property set instead of a new object made for each",
    kinds: ["ObjectExpression", "CallExpression"],
    *edits(node, file) {
      let object: string | null = null;
      let rest = "";
      if (node.type === "ObjectExpression") {
        const [first, ...others] = node.properties;
        if (first?.type !== "SpreadElement" || others.length === 0) return;
        object = file.text(first.argument);
        rest = `{ ${others.map((each) => file.text(each)).join(", ")} }`;
        const [only] = others;
        if (others.length === 1 && only?.type === "Property") {
          const key = only.computed
            ? `[${file.text(only.key)}]`
            : only.key.type === "Identifier"
              ? `.${file.text(only.key)}`
              : `[${file.text(only.key)}]`;
          yield* inPlace(
            `(${object}${key} = ${file.text(only.value)}, ${object})`,
            `${object}${key} = ${file.text(only.value)}`,
          );
          return;
        }
      } else if (
        node.type === "CallExpression" &&
        file.text(node.callee) === "Object.assign" &&
        node.arguments.length === 3
      ) {
        const [empty, first, second] = node.arguments as readonly Node[];
        if (empty?.type !== "ObjectExpression" || empty.properties.length > 0 || !first || !second) return;
        object = file.text(first);
        rest = file.text(second);
      }
      if (object !== null) yield* inPlace(`Object.assign(${object}, ${rest})`, `Object.assign(${object}, ${rest})`);

      function* inPlace(expression: string, statement: string): ReturnType<JavaScriptOperator["edits"]> & Generator {
        const parent = node.parent;
        if (parent?.type === "AssignmentExpression" && file.text(parent.left) === object)
          yield* edit(replace(parent, statement));
        else if (reducerOf(node) !== null) yield* edit(replace(file.outer(node), expression));
      }
    },
  },
  {
    id: "drop-copy",
    description: "no copy where the original does",
    kinds: ["ArrayExpression", "CallExpression", "ObjectExpression", "NewExpression"],
    *edits(node, file) {
      const original = copyOf(file, node);
      if (original !== null) yield* edit(replace(file.outer(node), original), repeats(node).length > 0 ? 0.7 : 0.4);
    },
  },
  {
    id: "cheaper-copy",
    description: "a copy made by something faster",
    kinds: ["CallExpression"],
    *edits(node, file) {
      if (node.type !== "CallExpression") return;
      const [argument] = node.arguments;
      if (!argument) return;
      const callee = file.text(node.callee);
      let original: string | null = null;
      if (callee === "structuredClone") original = file.text(argument);
      if (
        callee === "JSON.parse" &&
        argument.type === "CallExpression" &&
        file.text(argument.callee) === "JSON.stringify" &&
        argument.arguments[0]
      )
        original = file.text(argument.arguments[0]);
      if (original === null) return;
      yield* edit(replace(node, original), 1);
      yield* edit(replace(node, `[...${original}]`), 0.8);
      yield* edit(replace(node, `({ ...${original} })`), 0.9);
      yield* edit(replace(node, `${original}.map((item) => [...item])`), 0.7);
      yield* edit(replace(node, `${original}.map((item) => ({ ...item }))`), 0.7);
      yield* edit(replace(node, `structuredClone(${original})`), 0.3);
    },
  },
  {
    id: "short-circuit",
    description: "a search that stops at the first hit",
    kinds: ["BinaryExpression", "MemberExpression", "CallExpression"],
    *edits(node, file) {
      if (node.type === "BinaryExpression" && node.left.type === "MemberExpression" && isNumber(node.right)) {
        const list = file.text(node.left.property) === "length" ? node.left.object : null;
        const source = list === null ? null : receiver(list, /^filter$/);
        if (source === null || list?.type !== "CallExpression" || !list.arguments[0]) return;
        const some = `${file.text(source)}.some(${file.text(list.arguments[0])})`;
        const { value } = node.right;
        if ((value === 0 && /^(>|!==?)$/.test(node.operator)) || (value === 1 && node.operator === ">="))
          yield* edit(replace(node, some));
        if ((value === 0 && /^===?$/.test(node.operator)) || (value === 1 && node.operator === "<"))
          yield* edit(replace(node, `!${some}`));
      }
      if (node.type === "MemberExpression" && node.computed && isNumber(node.property) && node.property.value === 0) {
        const source = receiver(node.object, /^filter$/);
        if (source !== null && node.object.type === "CallExpression" && node.object.arguments[0])
          yield* edit(replace(node, `${file.text(source)}.find(${file.text(node.object.arguments[0])})`));
      }
      if (node.type === "CallExpression") {
        // xs.map(f).includes(v)
        const mapped = receiver(node, /^includes$/);
        const source = mapped === null ? null : receiver(mapped, /^map$/);
        if (source === null || mapped?.type !== "CallExpression" || !node.arguments[0]) return;
        const callback = simpleCallback(mapped.arguments[0] as Node | undefined);
        if (callback !== null)
          yield* edit(
            replace(
              node,
              `${file.text(source)}.some((${callback.item}) => ${file.operand(callback.value, 9)} === ${file.operand(node.arguments[0] as Node, 9)})`,
            ),
          );
      }
    },
  },
  {
    id: "extreme-without-sort",
    description: "the smallest or largest found without sorting",
    kinds: ["MemberExpression", "CallExpression"],
    *edits(node, file) {
      let sorted: Node | null = null;
      let first = true;
      if (node.type === "MemberExpression" && node.computed) {
        sorted = node.object;
        first = isNumber(node.property) && node.property.value === 0;
        if (!first && !file.text(node.property).endsWith(".length - 1")) return;
      } else if (node.type === "CallExpression") {
        sorted = receiver(node, /^(at|pop|shift)$/);
        const method = calleeName(node);
        first =
          method === "shift" ||
          (method === "at" && isNumber(node.arguments[0] as Node) && file.text(node.arguments[0] as Node) === "0");
      }
      const list = sorted === null ? null : receiver(sorted, /^(sort|toSorted)$/);
      if (list === null || sorted?.type !== "CallExpression") return;
      const original = copyOf(file, list) ?? file.text(list);
      const compare = sorted.arguments[0];
      if (compare === undefined) {
        yield* edit(
          replace(node, `${original}.reduce((best, item) => (item ${first ? "<" : ">"} best ? item : best))`),
          0.9,
        );
        return;
      }
      const order = first ? "< 0" : ">= 0";
      yield* edit(
        replace(
          node,
          `${original}.reduce((best, item) => ((${file.text(compare)})(item, best) ${order} ? item : best))`,
        ),
      );
      yield* edit(
        replace(
          node,
          `${original}.reduce((best, item) => (best === undefined || (${file.text(compare)})(item, best) ${order} ? item : best), undefined)`,
        ),
        0.7,
      );
    },
  },
  {
    id: "typed-array",
    description: "an array of numbers that holds nothing else",
    kinds: ["CallExpression", "NewExpression"],
    *edits(node, file) {
      if (node.type !== "CallExpression" && node.type !== "NewExpression") return;
      const made = receiver(node, /^fill$/);
      let size: string | null = null;
      if (
        made !== null &&
        (made.type === "NewExpression" || made.type === "CallExpression") &&
        calleeName(made) === "Array" &&
        made.arguments[0]
      )
        size = file.text(made.arguments[0]);
      if (file.text(node.callee) === "Array.from" && node.arguments[0]?.type === "ObjectExpression") {
        const length = node.arguments[0].properties[0];
        if (length?.type === "Property") size = file.text(length.value);
      }
      if (size === null) return;
      for (const [type, weight] of [
        ["Int32Array", 0.5],
        ["Float64Array", 0.5],
        ["Uint8Array", 0.4],
      ] as const) {
        const filled =
          node.type === "CallExpression" &&
          made !== null &&
          node.arguments[0] &&
          !/^(0|false)$/.test(file.text(node.arguments[0]));
        const value = filled ? file.text((node as { arguments: Node[] }).arguments[0] as Node) : "";
        yield* edit(
          replace(node, `new ${type}(${size})${filled ? `.fill(${value === "true" ? "1" : value})` : ""}`),
          weight,
        );
      }
    },
  },
  {
    id: "count-below",
    description: "counts of smaller or larger items by binary search in a sorted copy",
    kinds: ["MemberExpression"],
    *edits(node, file) {
      if (node.type !== "MemberExpression" || file.text(node.property) !== "length") return;
      const list = receiver(node.object, /^filter$/);
      if (list === null || node.object.type !== "CallExpression") return;
      const callback = simpleCallback(node.object.arguments[0] as Node | undefined);
      const value = callback?.value;
      if (!callback || value?.type !== "BinaryExpression" || !/^[<>]=?$/.test(value.operator)) return;
      const left = file.text(value.left) === callback.item;
      if (!left && file.text(value.right) !== callback.item) return;
      const bound = file.text(left ? value.right : value.left);
      const operator = left ? value.operator : value.operator.replace(/[<>]/, (sign) => (sign === "<" ? ">" : "<"));
      const sorted = freshName(file, "sorted");
      const place = freshName(file, "placeOf");
      const { semicolon, indent } = file.style;
      const text = file.text(list);
      const lines = [
        `const ${sorted} = [...${text}].sort((a, b) => a - b)${semicolon}`,
        `const ${place} = (bound, after) => {`,
        `${indent}let low = 0${semicolon}`,
        `${indent}let high = ${sorted}.length${semicolon}`,
        `${indent}while (low < high) {`,
        `${indent}${indent}const middle = (low + high) >> 1${semicolon}`,
        `${indent}${indent}if (${sorted}[middle] < bound || (after && ${sorted}[middle] === bound)) low = middle + 1${semicolon}`,
        `${indent}${indent}else high = middle${semicolon}`,
        `${indent}}`,
        `${indent}return low${semicolon}`,
        `}${semicolon}`,
      ];
      const after = operator === "<=" || operator === ">";
      const count = `${place}(${bound}, ${after})`;
      yield* prepared(
        file,
        node,
        [list],
        lines,
        operator.startsWith("<") ? count : `(${sorted}.length - ${count})`,
        0.9,
      );
    },
  },
  {
    id: "characters-in-place",
    description: "characters read from the text itself",
    kinds: ["CallExpression", "ArrayExpression"],
    *edits(node, file) {
      let text: string | null = null;
      if (node.type === "CallExpression") {
        const source = receiver(node, /^split$/);
        const separator = node.arguments[0] as Node | undefined;
        if (source !== null && separator?.type === "Literal" && separator.value === "") text = file.operand(source, 16);
        if (file.text(node.callee) === "Array.from" && node.arguments.length === 1 && node.arguments[0])
          text = file.text(node.arguments[0]);
      } else if (node.type === "ArrayExpression") {
        const [only] = node.elements;
        if (node.elements.length === 1 && only?.type === "SpreadElement") text = file.text(only.argument);
      }
      const parent = node.parent;
      if (text === null || parent?.type === "CallExpression") return;
      const reads = parent?.type === "MemberExpression" && parent.parent?.type !== "CallExpression";
      if (reads || parent?.type === "VariableDeclarator" || parent?.type === "ForOfStatement")
        yield* edit(replace(node, text), 0.6);
    },
  },
];

/** The function of a `reduce` that returns the node. */
function reducerOf(node: Node): FunctionNode | null {
  let at: Node | undefined | null = node.parent;
  while (
    at?.type === "ConditionalExpression" ||
    at?.type === "ReturnStatement" ||
    at?.type === "BlockStatement" ||
    at?.type === "IfStatement"
  )
    at = at.parent;
  const call = at?.parent;
  return at && isFunction(at) && call?.type === "CallExpression" && calleeName(call) === "reduce" ? at : null;
}

/** What a copy is a copy of; null when the node is no copy. */
function copyOf(file: SourceFile, node: Node): string | null {
  if (node.type === "ArrayExpression" || node.type === "ObjectExpression") {
    const all: readonly (Node | null)[] = node.type === "ArrayExpression" ? node.elements : node.properties;
    return all.length === 1 && all[0]?.type === "SpreadElement" ? file.text(all[0].argument) : null;
  }
  if (node.type === "CallExpression") {
    const sliced = receiver(node, /^(slice|concat)$/);
    if (sliced !== null && node.arguments.length === 0) return file.text(sliced);
    if (
      /^(Array\.from|structuredClone)$/.test(file.text(node.callee)) &&
      node.arguments.length === 1 &&
      node.arguments[0]
    )
      return file.text(node.arguments[0]);
  }
  return null;
}
