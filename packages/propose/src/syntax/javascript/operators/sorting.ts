import { type FunctionNode, type Node, calleeName, isFunction } from "../ast.ts";
import { type Alternative, operator } from "../operator.ts";
import type { SourceFile } from "../source-file.ts";
import { exchange, replace } from "../text-edits.ts";

/** Ways to compare two values in a comparator, for one that compares them another way. */
function* otherComparison(node: Node, file: SourceFile): Generator<Alternative> {
  if (node.type === "BinaryExpression" && /^(-|[<>]=?)$/.test(node.operator)) {
    const [left, right] = [file.outerText(node.left as Node), file.outerText(node.right)];
    yield { replacements: replace(node, `${left}.localeCompare(${right})`), weight: 0.4 };
    if (node.operator !== "-") yield { replacements: replace(node, `${left} - ${right}`), weight: 0.6 };
  }
  if (
    node.type === "CallExpression" &&
    calleeName(node) === "localeCompare" &&
    node.callee.type === "MemberExpression"
  ) {
    const [left, right] = [file.text(node.callee.object), node.arguments[0]];
    if (right) yield { replacements: replace(node, `${left} - ${file.text(right)}`), weight: 0.5 };
    if (right) yield { replacements: replace(node, `${file.text(right)}.localeCompare(${left})`), weight: 0.7 };
  }
  if (node.type === "LogicalExpression" && node.operator === "||") {
    const [first, second] = [node.left, node.right];
    yield { replacements: exchange(file, file.outer(first), file.outer(second)), weight: 0.6 };
    yield* otherComparison(first, file);
    yield* otherComparison(second, file);
  }
}

function swapParameters(node: FunctionNode, file: SourceFile) {
  const [a, b] = [node.params[0]!, node.params[1]!];
  return [
    { start: a.start, end: a.end, text: file.text(b) },
    { start: b.start, end: b.end, text: file.text(a) },
  ];
}

/** The expressions a comparator returns. */
function comparisons(node: FunctionNode): Node[] {
  if (node.body && node.body.type !== "BlockStatement") return [node.body];
  const returned: Node[] = [];
  for (const statement of node.body?.body ?? [])
    if (statement.type === "ReturnStatement" && statement.argument) returned.push(statement.argument);
  return returned;
}

export const sortingEdits = [
  operator({
    id: "sort-comparator",
    faultClass: "wrong-method",
    description: "a comparator for a sort, or its opposite",
    kinds: ["CallExpression"],
    *alternatives(node, file) {
      const name = calleeName(node);
      if (name !== "sort" && name !== "toSorted") return;
      const [comparator] = node.arguments;
      if (!comparator) {
        const close = node.end - 1;
        for (const [text, weight] of [
          ["(a, b) => a - b", 1],
          ["(a, b) => b - a", 0.5],
          ["(a, b) => a.localeCompare(b)", 0.3],
        ] as const) {
          yield { replacements: [{ start: close, end: close, text }], weight };
        }
        return;
      }
      yield { replacements: [{ start: comparator.start, end: comparator.end, text: "" }], weight: 0.2 };
      if (!isFunction(comparator) || comparator.params.length !== 2) return;
      yield { replacements: swapParameters(comparator, file), weight: 0.6 };
      for (const other of comparisons(comparator)) {
        yield* otherComparison(other, file);
        const tie = file.text(other);
        const keys = new Set(
          file.properties
            .filter((use) => file.properties.some((same) => same.base === use.base && tie.includes(`.${same.name}`)))
            .map((use) => use.name),
        );
        const [first, second] = comparator.params.map((parameter) => file.text(parameter));
        for (const key of [...keys].slice(0, 5)) {
          const byNumber = `${first}.${key} - ${second}.${key}`;
          const byText = `${first}.${key}.localeCompare(${second}.${key})`;
          for (const next of [byNumber, byText])
            yield { replacements: replace(file.outer(other), `${file.outerText(other)} || ${next}`), weight: 0.2 };
        }
      }
    },
  }),
];
