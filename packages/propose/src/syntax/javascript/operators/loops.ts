import { type Node, calleeName, enclosingFunction, enclosingLoop, isFunction, isNumber } from "../ast.ts";
import { operator } from "../operator.ts";
import type { SourceFile } from "../source-file.ts";
import { replace } from "../text-edits.ts";

/** `e - 1` as text, with `n + 1` and `n` where they are simpler. */
function minusOne(node: Node, file: SourceFile): string {
  if (isNumber(node)) return String(node.value - 1);
  if (node.type === "BinaryExpression" && node.operator === "+" && isNumber(node.right) && node.right.value === 1)
    return file.outerText(node.left);
  return `${file.operand(node, 11)} - 1`;
}

function plusOne(node: Node, file: SourceFile): string {
  if (isNumber(node)) return String(node.value + 1);
  if (node.type === "BinaryExpression" && node.operator === "-" && isNumber(node.right) && node.right.value === 1)
    return file.outerText(node.left);
  return `${file.operand(node, 11)} + 1`;
}

export const loopEdits = [
  operator({
    id: "loop-direction",
    faultClass: "loop-direction",
    description: "a loop run from the other end",
    kinds: ["ForStatement", "ForOfStatement", "CallExpression"],
    *alternatives(node, file) {
      if (node.type === "CallExpression") {
        // reverse() removed or added in front of an iteration is the same idea for chains.
        if (
          calleeName(node) === "reverse" &&
          node.callee.type === "MemberExpression" &&
          node.parent?.type !== "ExpressionStatement"
        ) {
          yield { replacements: replace(node, file.text(node.callee.object)), weight: 0.7 };
        }
        return;
      }
      if (node.type === "ForOfStatement") {
        const text = file.text(node.right);
        const spread = node.right.type === "ArrayExpression" ? text : `[...${text}]`;
        yield { replacements: replace(node.right, `${spread}.reverse()`) };
        if (node.right.type === "Identifier")
          yield { replacements: replace(node.right, `${text}.toReversed()`), weight: 0.4 };
        return;
      }
      const { init, test, update } = node;
      if (init?.type !== "VariableDeclaration" || test?.type !== "BinaryExpression" || !update) return;
      const declarator = init.declarations[0];
      const start = declarator?.init;
      if (!start || !declarator || test.left.type !== "Identifier" || file.text(declarator.id) !== test.left.name)
        return;
      const name = test.left.name;
      const step = file.text(update);
      const turned = step.replace(
        /\+\+|--|\+=|-=/,
        (sign) => ({ "++": "--", "--": "++", "+=": "-=", "-=": "+=" })[sign]!,
      );
      if (turned === step) return;
      const heads: [string, string][] = [];
      const from = file.outerText(start);
      const to = file.outerText(test.right);
      if (test.operator === "<") heads.push([minusOne(test.right, file), `${name} >= ${from}`]);
      else if (test.operator === "<=") heads.push([to, `${name} >= ${from}`]);
      else if (test.operator === ">=")
        heads.push([to, `${name} < ${plusOne(start, file)}`], [to, `${name} <= ${from}`]);
      else if (test.operator === ">") heads.push([plusOne(test.right, file), `${name} <= ${from}`]);
      for (const [first, last] of heads) {
        yield {
          replacements: [
            ...replace(file.outer(start), first),
            ...replace(file.outer(test), last),
            ...replace(file.outer(update), turned),
          ],
        };
      }
    },
  }),
  operator({
    id: "loop-step",
    faultClass: "loop-direction",
    description: "another step of a loop",
    kinds: ["ForStatement"],
    *alternatives(node, file) {
      if (!node.update) return;
      const text = file.text(node.update);
      const name = /^(?:\+\+|--)?([\w$]+)/.exec(text)?.[1];
      if (!name) return;
      for (const other of [`${name}++`, `${name}--`, `${name} += 1`, `${name} -= 1`, `${name} += 2`]) {
        if (other.replace(/\s/g, "") !== text.replace(/\s/g, ""))
          yield { replacements: replace(node.update, other), weight: other.includes("2") ? 0.5 : 0.3 };
      }
    },
  }),
  operator({
    id: "loop-kind",
    faultClass: "loop-kind",
    description: "another kind of loop, or a loop for a branch",
    kinds: ["ForInStatement", "ForOfStatement", "WhileStatement", "DoWhileStatement", "IfStatement", "CallExpression"],
    *alternatives(node, file) {
      switch (node.type) {
        case "ForInStatement":
        case "ForOfStatement": {
          const [from, to] = node.type === "ForInStatement" ? ["in", "of"] : ["of", "in"];
          const at = file.operatorSpan(node.left, node.right, from);
          if (at) yield { replacements: replace(at, to) };
          if (node.type !== "ForOfStatement") {
            yield {
              replacements: [
                ...(at ? replace(at, "of") : []),
                ...replace(node.right, `Object.keys(${file.text(node.right)})`),
              ],
              weight: 0.6,
            };
            return;
          }
          const text = file.text(node.right);
          for (const [other, weight] of [
            [`Object.keys(${text})`, 0.5],
            [`Object.values(${text})`, 0.4],
            [`Object.entries(${text})`, 0.4],
            [`${text}.entries()`, 0.3],
            [`${text}.keys()`, 0.3],
            [`${text}.values()`, 0.2],
            [`[...${text}]`, 0.3],
          ] as const) {
            if (node.right.type !== "CallExpression" || other.startsWith("["))
              yield { replacements: replace(file.outer(node.right), other), weight };
          }
          return;
        }
        case "IfStatement": {
          if (node.alternate) return;
          yield { replacements: replace({ start: node.start, end: node.start + 2 }, "while"), weight: 0.7 };
          return;
        }
        case "WhileStatement": {
          yield { replacements: replace({ start: node.start, end: node.start + 5 }, "if"), weight: 0.5 };
          const body = file.text(node.body);
          yield {
            replacements: replace(node, `do ${body} while (${file.text(node.test)})${file.style.semicolon}`),
            weight: 0.8,
          };
          return;
        }
        case "DoWhileStatement":
          yield { replacements: replace(node, `while (${file.text(node.test)}) ${file.text(node.body)}`) };
          return;
        default: {
          // xs.forEach((x) => { … }) ignores return, break and await; a loop does not.
          const callback = node.arguments[0];
          if (
            calleeName(node) !== "forEach" ||
            node.callee.type !== "MemberExpression" ||
            !callback ||
            !isFunction(callback)
          )
            return;
          if (
            node.parent?.type !== "ExpressionStatement" ||
            callback.body?.type !== "BlockStatement" ||
            callback.params.length === 0
          )
            return;
          if (callback.async && !enclosingFunction(node)?.async) return;
          const object = file.text(node.callee.object);
          const [item, index] = callback.params.map((parameter) => file.text(parameter));
          const head =
            index === undefined ? `const ${item} of ${object}` : `const [${index}, ${item}] of ${object}.entries()`;
          yield { replacements: replace(node.parent, `for (${head}) ${file.text(callback.body)}`) };
        }
      }
    },
  }),
  operator({
    id: "loop-start",
    faultClass: "loop-direction",
    description: "a loop begun at the other end or next to the outer loop's place",
    kinds: ["ForStatement"],
    *alternatives(node, file) {
      if (node.init?.type !== "VariableDeclaration") return;
      const start = node.init.declarations[0]?.init;
      if (!start) return;
      const outer = enclosingLoop(node);
      if (outer?.type === "ForStatement" && outer.init?.type === "VariableDeclaration") {
        const id = outer.init.declarations[0]?.id;
        if (id?.type === "Identifier") {
          for (const text of [`${id.name} + 1`, id.name])
            if (text !== file.text(start)) yield { replacements: replace(start, text), weight: 0.7 };
        }
      }
      const bound = node.test?.type === "BinaryExpression" ? node.test.right : null;
      if (bound && !isNumber(bound)) yield { replacements: replace(start, minusOne(bound, file)), weight: 0.2 };
    },
  }),
];
