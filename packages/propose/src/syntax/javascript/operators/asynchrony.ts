import { type Node, calleeName, enclosingFunction, isFunction } from "../ast.ts";
import { operator } from "../operator.ts";
import { UNARY } from "../precedence.ts";
import type { SourceFile } from "../source-file.ts";
import { replace } from "../text-edits.ts";

/** True when `await` may stand at the node: in an async function, or at module level. */
function mayAwait(node: Node): boolean {
  const home = enclosingFunction(node);
  return home === null || home.async;
}

/** True for calls that give no promise in any program: library calls on plain values. */
function isPlain(node: Node, file: SourceFile): boolean {
  const kind = file.kinds.of(node);
  return kind !== "unknown" && kind !== "promise" && kind !== "object" && kind !== "set" && kind !== "array";
}

export const asynchronyEdits = [
  operator({
    id: "add-await",
    faultClass: "missing-await",
    description: "an await before a value",
    kinds: ["CallExpression", "Identifier", "NewExpression", "MemberExpression", "ChainExpression"],
    *alternatives(node, file) {
      const parent = node.parent;
      if (!parent || !mayAwait(node) || !enclosingFunction(node) || parent.type === "AwaitExpression") return;
      if (parent.type === "ChainExpression") return;
      if (node.type === "Identifier" || node.type === "MemberExpression") {
        if (
          file.kinds.of(node) !== "promise" &&
          parent.type !== "ReturnStatement" &&
          parent.type !== "VariableDeclarator"
        )
          return;
        if (
          (parent.type === "VariableDeclarator" && parent.init !== node) ||
          (node.type === "Identifier" && parent.type === "MemberExpression")
        )
          return;
        if ("callee" in parent && parent.callee === node) return;
        if (parent.type === "AssignmentExpression" && parent.left === node) return;
        yield { replacements: replace(node, `await ${file.text(node)}`), weight: 0.3 };
        return;
      }
      if (node.type === "NewExpression" && calleeName(node) !== "Promise") return;
      if (isPlain(node, file)) return;
      const chained = parent.type === "MemberExpression" && parent.object === node;
      const text = chained && !file.isParenthesised(node) ? `(await ${file.text(node)})` : `await ${file.text(node)}`;
      const known = file.kinds.of(node) === "promise";
      yield { replacements: replace(node, text), weight: known ? 1 : chained ? 0.2 : 0.7 };
    },
  }),
  operator({
    id: "remove-await",
    faultClass: "missing-await",
    description: "an await less",
    kinds: ["AwaitExpression"],
    *alternatives(node, file) {
      const text = file.operand(node.argument, UNARY);
      yield { replacements: replace(node, text), weight: 0.4 };
      const parent = node.parent;
      if (parent?.type === "ForOfStatement") return;
      // Promises collected and awaited together.
      yield {
        replacements: replace(node, `await Promise.all(${file.text(node.argument)})`),
        weight: file.kinds.of(node.argument) === "array" ? 0.9 : 0.15,
      };
    },
  }),
  operator({
    id: "await-all",
    faultClass: "missing-await",
    description: "the promises of an array awaited together",
    kinds: ["CallExpression", "Identifier"],
    *alternatives(node, file) {
      if (!mayAwait(node) || !enclosingFunction(node)) return;
      const parent = node.parent;
      const settled =
        (parent?.type === "VariableDeclarator" && parent.init === node) ||
        parent?.type === "ReturnStatement" ||
        (parent?.type === "AssignmentExpression" && parent.right === node) ||
        (parent?.type === "ExpressionStatement" && node.type === "CallExpression");
      if (!settled) return;
      if (node.type === "Identifier") {
        if (file.kinds.of(node) === "array")
          yield { replacements: replace(node, `await Promise.all(${node.name})`), weight: 0.5 };
        return;
      }
      const name = calleeName(node);
      if (name !== "map" && name !== "flatMap" && name !== "all") return;
      if (name === "all") return;
      const callback = node.arguments[0];
      const async = callback && isFunction(callback) && callback.async;
      yield { replacements: replace(node, `await Promise.all(${file.text(node)})`), weight: async ? 1 : 0.3 };
    },
  }),
  operator({
    id: "await-in-loop",
    faultClass: "missing-await",
    description: "for await instead of for",
    kinds: ["ForOfStatement"],
    *alternatives(node) {
      if (!enclosingFunction(node)?.async) return;
      if (node.await) return;
      yield { replacements: [{ start: node.start + 3, end: node.start + 3, text: " await" }], weight: 0.3 };
    },
  }),
];
