import { calleeName, enclosingStatement, isFunction, statementList, type Node } from "../../syntax/javascript/ast.ts";
import type { SourceFile } from "../../syntax/javascript/source-file.ts";
import { mentions, replace } from "../../syntax/javascript/text-edits.ts";
import { edit } from "../operator.ts";
import { before, capital, freshName, receiver, references, repeats, type JavaScriptOperator } from "./site.ts";

export const callOperators: readonly JavaScriptOperator[] = [
  {
    id: "cache-calls",
    description: "results of a function kept by its argument",
    kinds: ["CallExpression"],
    *edits(node, file) {
      if (node.type !== "CallExpression" || node.arguments.length === 0 || node.arguments.length > 2) return;
      const around = repeats(node).at(-1);
      if (around === undefined || node.parent?.type === "ExpressionStatement") return;
      const args = node.arguments as readonly Node[];
      if (args.some((arg) => isFunction(arg) || arg.type === "SpreadElement")) return;
      // A method's object is part of what its result depends on.
      const object = receiver(node);
      const parts = object === null ? args : [object, ...args];
      const asked = parts.filter((part) => references(file, part).length > 0 && !isGlobal(file, part));
      if (asked.length === 0 || asked.length > 2) return;
      const cache = freshName(file, `known${capital(calleeName(node) ?? "")}`);
      const key =
        asked.length === 1
          ? file.text(asked[0] as Node)
          : `\`\${${asked.map((each) => file.text(each)).join("},${")}}\``;
      if (asked.some((each) => mentions(file.text(each), "await"))) return;
      const setUp = before(file, around, [`const ${cache} = new Map()${file.style.semicolon}`]);
      if (setUp === null) return;
      const text = `(${cache}.has(${key}) ? ${cache}.get(${key}) : ${cache}.set(${key}, ${file.text(node)}).get(${key}))`;
      yield* edit([...setUp, ...replace(node, text)], 0.5);
    },
  },
  {
    id: "memoise-recursion",
    description: "a recursion that remembers what it has computed during one call",
    kinds: ["FunctionDeclaration", "ArrowFunctionExpression", "FunctionExpression"],
    *edits(node, file) {
      if (!isFunction(node) || node.async || node.generator || !node.body) return;
      const parent = node.parent;
      const name =
        node.id?.name ??
        (parent?.type === "VariableDeclarator" && parent.id.type === "Identifier" ? parent.id.name : null);
      const params = node.params.map((param) => {
        if (param.type === "AssignmentPattern" && param.left.type === "Identifier") return param.left.name;
        return param.type === "Identifier" ? param.name : null;
      });
      if (name === null || params.length === 0 || params.includes(null)) return;
      const selfCalls = [...file.within(node.body)].filter(
        (inner) => inner.type === "CallExpression" && inner.callee.type === "Identifier" && inner.callee.name === name,
      );
      if (selfCalls.length === 0) return;
      // What every call hands on unchanged is no part of the key.
      const changing = params.filter((param, i) =>
        selfCalls.some((call) => {
          const argument = (call as { arguments: Node[] }).arguments[i];
          return argument !== undefined && file.text(argument) !== param;
        }),
      );
      if (changing.length === 0) return;
      const { semicolon, eol, indent } = file.style;
      const base = file.indentAt((enclosingStatement(node) ?? node).start);
      const known = freshName(file, "known");
      const compute = freshName(file, `${name}From`);
      const again = freshName(file, `${name}Once`);
      const renamed = rename(file, node.body, selfCalls, again);
      const inner = node.body.type === "BlockStatement" ? `{${renamed.slice(1, -1)}}` : `(${renamed})`;
      const shifted = inner.replaceAll(/\n(?=[^\n])/g, `\n${indent}`);
      const list = params.join(", ");
      for (const [key, weight] of [
        [changing.length === 1 ? changing[0] : `\`\${${changing.join("},${")}}\``, 1],
        [`JSON.stringify([${changing.join(", ")}])`, 0.5],
      ] as const) {
        const lines = [
          `const ${known} = new Map()${semicolon}`,
          `const ${compute} = (${list}) => ${shifted}${semicolon}`,
          `const ${again} = (${list}) => {`,
          `${indent}const key = ${key}${semicolon}`,
          `${indent}if (!${known}.has(key)) ${known}.set(key, ${compute}(${list}))${semicolon}`,
          `${indent}return ${known}.get(key)${semicolon}`,
          `}${semicolon}`,
          `return ${again}(${list})${semicolon}`,
        ];
        const text = `{${eol}${lines.map((line) => `${base}${indent}${line}`).join(eol)}${eol}${base}}`;
        yield* edit(replace(file.outer(node.body), text), weight);
      }
    },
  },
  {
    id: "string-parts",
    description: "the parts of a text collected and joined once",
    kinds: ["AssignmentExpression"],
    *edits(node, file) {
      if (node.type !== "AssignmentExpression" || node.operator !== "+=" || node.left.type !== "Identifier") return;
      const loop = repeats(node).at(-1);
      if (loop === undefined || statementList(loop) === null || node.parent?.type !== "ExpressionStatement") return;
      const parts = freshName(file, `${node.left.name}Parts`);
      const setUp = before(file, loop, [`const ${parts} = []${file.style.semicolon}`]);
      if (setUp === null) return;
      yield* edit(
        [
          ...setUp,
          ...replace(node, `${parts}.push(${file.text(node.right)})`),
          {
            start: loop.end,
            end: loop.end,
            text: `${file.style.eol}${file.indentAt(loop.start)}${node.left.name} += ${parts}.join("")${file.style.semicolon}`,
          },
        ],
        0.3,
      );
    },
  },
];

/** `Math`, `Object` and other names that nothing in the file declares. */
function isGlobal(file: SourceFile, node: Node): boolean {
  return references(file, node).every(({ binding, name }) => binding === null && name !== "this");
}

function rename(file: SourceFile, body: Node, calls: readonly Node[], name: string): string {
  let text = "";
  let at = body.start;
  for (const call of calls) {
    const { callee } = call as { callee: Node } & Node;
    text += `${file.source.slice(at, callee.start)}${name}`;
    at = callee.end;
  }
  return text + file.source.slice(at, body.end);
}
