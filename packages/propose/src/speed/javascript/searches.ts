import { calleeName, isNumber, type Node } from "../../syntax/javascript/ast.ts";
import { replace } from "../../syntax/javascript/text-edits.ts";
import { edit } from "../operator.ts";
import { copyOf } from "./copies.ts";
import { prepared } from "./prepared.ts";
import { freshName, receiver, simpleCallback, type JavaScriptOperator } from "./site.ts";

export const shortCircuit: JavaScriptOperator = {
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
};

export const extremeWithoutSort: JavaScriptOperator = {
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
      replace(node, `${original}.reduce((best, item) => ((${file.text(compare)})(item, best) ${order} ? item : best))`),
    );
    yield* edit(
      replace(
        node,
        `${original}.reduce((best, item) => (best === undefined || (${file.text(compare)})(item, best) ${order} ? item : best), undefined)`,
      ),
      0.7,
    );
  },
};

export const countBelow: JavaScriptOperator = {
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
    yield* prepared(file, node, [list], lines, operator.startsWith("<") ? count : `(${sorted}.length - ${count})`, 0.9);
  },
};
