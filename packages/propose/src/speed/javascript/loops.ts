import {
  calleeName,
  enclosingLoop,
  enclosingStatement,
  isNumber,
  statementList,
  type Node,
} from "../../syntax/javascript/ast.ts";
import { insertAfter, insertBefore, remove, replace } from "../../syntax/javascript/text-edits.ts";
import { edit } from "../operator.ts";
import { countedLoop, freshName, nameOf, receiver, repeats, type JavaScriptOperator } from "./site.ts";
import { prepared } from "./prepared.ts";

export const loopOperators: readonly JavaScriptOperator[] = [
  {
    id: "hoist-invariant",
    description: "something computed once before a loop instead of on every turn",
    kinds: ["CallExpression", "NewExpression", "BinaryExpression", "Literal", "TemplateLiteral", "MemberExpression"],
    *edits(node, file) {
      if (node.type === "Literal" && !("regex" in node && node.regex)) return;
      if (node.type === "MemberExpression" && node.parent?.type === "CallExpression" && node.parent.callee === node)
        return;
      if (
        node.parent?.type === "ExpressionStatement" ||
        (node.parent?.type === "AssignmentExpression" && node.parent.left === node)
      )
        return;
      const name = freshName(file, node.type === "Literal" ? "pattern" : `${nameOf(file, node)}Once`);
      const heavy = node.type === "CallExpression" || node.type === "NewExpression";
      yield* prepared(
        file,
        node,
        [node],
        [`const ${name} = ${file.text(node)}${file.style.semicolon}`],
        node.parent?.type === "Property" && node.parent.shorthand ? `${file.text(node)}: ${name}` : name,
        heavy ? 0.9 : 0.3,
      );
    },
  },
  {
    id: "early-break",
    description: "the loop left as soon as its answer is known",
    kinds: ["ExpressionStatement"],
    *edits(node, file) {
      if (node.type !== "ExpressionStatement" || node.expression.type !== "AssignmentExpression") return;
      const { left, right, operator } = node.expression;
      const loop = enclosingLoop(node);
      if (loop === null || left.type !== "Identifier" || operator !== "=") return;
      const constant = right.type === "Literal";
      const { semicolon } = file.style;
      if (statementList(node) !== null) {
        yield* edit(insertAfter(file, node, `break${semicolon}`), constant ? 0.9 : 0.4);
      } else {
        const base = file.indentAt(node.start);
        const { eol, indent } = file.style;
        const text = `{${eol}${base}${indent}${file.text(node)}${eol}${base}${indent}break${semicolon}${eol}${base}}`;
        yield* edit(replace(node, text), constant ? 0.9 : 0.4);
      }
    },
  },
  {
    id: "square-root-bound",
    description: "divisors tried up to the square root only",
    kinds: ["BinaryExpression"],
    *edits(node, file) {
      if (node.type !== "BinaryExpression" || !/^<=?$/.test(node.operator)) return;
      const loop = node.parent;
      if (loop?.type !== "ForStatement" && loop?.type !== "WhileStatement") return;
      const variable = file.text(node.left);
      if (!file.text(loop.body).includes(`% ${variable}`)) return;
      const bound =
        node.right.type === "BinaryExpression" && node.right.operator === "/" ? node.right.left : node.right;
      yield* edit(replace(node, `${variable} * ${variable} <= ${file.text(bound)}`), 0.8);
    },
  },
  {
    id: "loop-interchange",
    description: "two nested loops the other way round, so that memory is walked in order",
    kinds: ["ForStatement", "ForOfStatement"],
    *edits(node, file) {
      if (node.type !== "ForStatement" && node.type !== "ForOfStatement") return;
      const inner = node.body.type === "BlockStatement" && node.body.body.length === 1 ? node.body.body[0] : node.body;
      if (inner?.type !== "ForStatement" && inner?.type !== "ForOfStatement") return;
      const outerHead = { start: node.start, end: node.body.start };
      const innerHead = { start: inner.start, end: inner.body.start };
      yield* edit([...replace(outerHead, file.text(innerHead)), ...replace(innerHead, file.text(outerHead))], 0.25);
    },
  },
  {
    id: "queue-head",
    description: "a queue read by a position instead of shifted",
    kinds: ["WhileStatement"],
    *edits(node, file) {
      if (node.type !== "WhileStatement" || statementList(node) === null) return;
      for (const inner of file.within(node.body)) {
        const queue = receiver(inner, /^shift$/);
        if (queue?.type !== "Identifier") continue;
        const head = freshName(file, "head");
        const parts = insertBefore(file, node, `let ${head} = 0${file.style.semicolon}`);
        for (const other of file.within(node)) {
          const list = receiver(other, /^shift$/);
          if (list !== null && file.text(list) === queue.name)
            parts.push(...replace(other, `${queue.name}[${head}++]`));
          if (other.type === "MemberExpression" && file.text(other) === `${queue.name}.length`)
            parts.push(
              ...replace(
                other,
                other.parent?.type === "BinaryExpression" &&
                  other.parent.left === other &&
                  other.parent.operator === "-"
                  ? `${queue.name}.length - ${head}`
                  : `(${queue.name}.length - ${head})`,
              ),
            );
        }
        yield* edit(parts);
        return;
      }
    },
  },
  {
    id: "append-and-reverse",
    description: "items appended and reversed once instead of put in front one by one",
    kinds: ["CallExpression"],
    *edits(node, file) {
      const list = receiver(node, /^unshift$/);
      const loop = repeats(node).at(-1);
      if (list === null || node.type !== "CallExpression" || loop === undefined || statementList(loop) === null) return;
      if (node.callee.type !== "MemberExpression") return;
      yield* edit([
        ...replace(node.callee.property, "push"),
        ...insertAfter(file, loop, `${file.text(list)}.reverse()${file.style.semicolon}`),
      ]);
    },
  },
  {
    id: "sort-once",
    description: "a list sorted once after the loop instead of on every turn",
    kinds: ["ExpressionStatement"],
    *edits(node, file) {
      if (node.type !== "ExpressionStatement") return;
      const list = receiver(node.expression, /^(sort|reverse)$/);
      for (const loop of list === null ? [] : repeats(node)) {
        if (statementList(loop) === null) continue;
        yield* edit([...remove(file, node), ...insertAfter(file, loop, file.text(node))]);
        yield* edit([...remove(file, node), ...insertBefore(file, loop, file.text(node))], 0.5);
      }
    },
  },
  {
    id: "prefix-sums",
    description: "sums over ranges as differences of running sums",
    kinds: ["CallExpression", "ForStatement"],
    *edits(node, file) {
      const { semicolon, indent } = file.style;
      const running = (list: string, sums: string): string[] => [
        `const ${sums} = [0]${semicolon}`,
        `for (let i = 0; i < ${list}.length; i++) {`,
        `${indent}${sums}.push(${sums}[i] + ${list}[i])${semicolon}`,
        "}",
      ];
      if (node.type === "CallExpression") {
        const slice = receiver(node, /^reduce$/);
        const list = slice === null ? null : receiver(slice, /^slice$/);
        if (list === null || slice?.type !== "CallExpression") return;
        const [from, to] = slice.arguments;
        if (!from) return;
        const sums = freshName(file, "sums");
        const end = to ? `Math.min(${file.text(to)}, ${file.text(list)}.length)` : `${file.text(list)}.length`;
        const text = `(${sums}[${end}] - ${sums}[${file.text(from)}])`;
        yield* prepared(file, node, [list], running(file.text(list), sums), text, 0.9);
        return;
      }
      // for (let k = a; k < b; k++) total += xs[k];
      if (node.type !== "ForStatement") return;
      const counted = countedLoop(node);
      if (counted === null) return;
      const { name, from, test } = counted;
      const only = node.body.type === "BlockStatement" && node.body.body.length === 1 ? node.body.body[0] : node.body;
      if (only?.type !== "ExpressionStatement") return;
      const sum = only.expression;
      if (sum.type !== "AssignmentExpression" || sum.operator !== "+=" || sum.right.type !== "MemberExpression") return;
      if (!sum.right.computed || file.text(sum.right.property) !== name || !/^<=?$/.test(test.operator)) return;
      const list = sum.right.object;
      const sums = freshName(file, "sums");
      const end = `${file.text(test.right)}${test.operator === "<=" ? " + 1" : ""}`;
      const text = `${file.text(sum.left)} += ${sums}[${end}] - ${sums}[${file.text(from)}]${semicolon}`;
      yield* prepared(file, node, [list], running(file.text(list), sums), text, 0.9);
    },
  },
  {
    id: "reuse-result",
    description: "a call that is written twice made once",
    kinds: ["CallExpression"],
    *edits(node, file) {
      const statement = enclosingStatement(node);
      if (statement === null || node.type !== "CallExpression" || node.arguments.length === 0) return;
      const list = statementList(statement);
      if (list === null) return;
      const text = file.text(node);
      const last = list.at(-1) as Node;
      const same: Node[] = [];
      for (const one of list)
        if (one.start >= statement.start && one.end <= last.end)
          for (const inner of file.within(one))
            if (inner.type === "CallExpression" && file.text(inner) === text) same.push(inner);
      if (same.length < 2 || same[0] !== node) return;
      const name = freshName(file, `${calleeName(node) ?? "call"}Result`);
      yield* edit([
        ...insertBefore(file, statement, `const ${name} = ${text}${file.style.semicolon}`),
        ...same.flatMap((each) => replace(each, name)),
      ]);
    },
  },
  {
    id: "start-after",
    description: "pairs looked at once instead of in both orders",
    kinds: ["ForStatement"],
    *edits(node) {
      if (node.type !== "ForStatement" || node.init?.type !== "VariableDeclaration") return;
      const variable = node.init.declarations[0];
      const outer = repeats(node)[0];
      if (!isNumber(variable?.init) || outer?.type !== "ForStatement" || outer.init?.type !== "VariableDeclaration")
        return;
      const name = outer.init.declarations[0]?.id;
      if (name?.type === "Identifier") yield* edit(replace(variable.init, `${name.name} + 1`), 0.3);
    },
  },
];
