import { calleeName, type Node } from "../../syntax/javascript/ast.ts";
import { replace } from "../../syntax/javascript/text-edits.ts";
import { edit } from "../operator.ts";
import { charactersInPlace, cheaperCopy, dropCopy } from "./copies.ts";
import { appendInPlace, assignInPlace } from "./growing.ts";
import { countBelow, extremeWithoutSort, shortCircuit } from "./searches.ts";
import { receiver, type JavaScriptOperator } from "./site.ts";

const typedArray: JavaScriptOperator = {
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
};

/** In this order, which decides between edits that are equally good. */
export const arrayOperators: readonly JavaScriptOperator[] = [
  appendInPlace,
  assignInPlace,
  dropCopy,
  cheaperCopy,
  shortCircuit,
  extremeWithoutSort,
  typedArray,
  countBelow,
  charactersInPlace,
];
