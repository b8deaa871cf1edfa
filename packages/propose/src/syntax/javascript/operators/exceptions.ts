import { type Node, enclosingFunction, isStatement, staticName } from "../ast.ts";
import { round } from "../names.ts";
import { operator } from "../operator.ts";
import type { SourceFile } from "../source-file.ts";
import { insertAfter, insertBefore, isInsertionPoint, removalSpan, replace } from "../text-edits.ts";
import { exits, throwsAt } from "./exits.ts";

const ERRORS = ["Error", "TypeError", "RangeError", "SyntaxError"];

/** Error classes the file declares or imports, and the usual ones. */
function errorClasses(file: SourceFile): string[] {
  const own = new Set<string>();
  for (const binding of file.scopes.bindings) {
    if ((binding.role === "class" || binding.role === "import") && /Error$|Exception$/.test(binding.name))
      own.add(binding.name);
  }
  return [...own, ...ERRORS];
}

export const exceptionEdits = [
  operator({
    id: "catch-rethrow",
    faultClass: "exception-handling",
    description: "a caught error thrown on, always or when it is of another type",
    kinds: ["CatchClause"],
    *alternatives(node, file) {
      const name = node.param?.type === "Identifier" ? node.param.name : null;
      const end = file.style.semicolon;
      const first = node.body.body[0];
      const last = node.body.body.at(-1);
      if (!first || !last) {
        const text = name === null ? null : `{ throw ${name}${end} }`;
        if (text) yield { replacements: replace(node.body, text) };
        const home = enclosingFunction(node);
        for (const exit of home ? exits(file, node, home).slice(0, 5) : []) {
          yield { replacements: replace(node.body, `{ ${exit.text} }`), weight: round(exit.weight * 0.7) };
        }
        return;
      }
      if (name === null) return;
      if (last.type !== "ThrowStatement") yield { replacements: insertAfter(file, last, `throw ${name}${end}`) };
      for (const error of errorClasses(file)) {
        yield {
          replacements: insertBefore(file, first, `if (!(${name} instanceof ${error})) throw ${name}${end}`),
          weight: 0.4,
        };
      }
      if (last.type === "ReturnStatement" || last.type === "ThrowStatement")
        yield { replacements: replace(last, `throw ${name}${end}`), weight: 0.8 };
      if (last.type === "ThrowStatement") {
        const home = enclosingFunction(node);
        for (const exit of home ? exits(file, last, home).slice(0, 5) : [])
          yield { replacements: replace(last, exit.text), weight: round(exit.weight * 0.6) };
      }
    },
  }),
  operator({
    id: "catch-type",
    faultClass: "exception-handling",
    description: "another class of error",
    kinds: ["NewExpression", "BinaryExpression"],
    *alternatives(node, file) {
      const target = node.type === "NewExpression" ? node.callee : node.operator === "instanceof" ? node.right : null;
      const name = target ? staticName(target) : null;
      if (!target || name === null || !/Error$|Exception$/.test(name)) return;
      for (const other of errorClasses(file))
        if (other !== name) yield { replacements: replace(target, other), weight: 0.7 };
    },
  }),
  operator({
    id: "throw-instead",
    faultClass: "exception-handling",
    description: "an error thrown instead of a value returned, and the other way round",
    kinds: ["ReturnStatement", "ThrowStatement"],
    *alternatives(node, file) {
      const home = enclosingFunction(node);
      if (!home) return;
      if (node.type === "ReturnStatement") {
        for (const text of throwsAt(file, node)) {
          yield { replacements: replace(node, `${text}${file.style.semicolon}`), weight: 0.5 };
        }
        const error = node.argument?.type === "NewExpression" && file.text(node.argument.callee).endsWith("Error");
        if (error) yield { replacements: replace({ start: node.start, end: node.start + 6 }, "throw") };
        return;
      }
      for (const exit of exits(file, node, home).slice(0, 5))
        yield { replacements: replace(node, exit.text), weight: round(exit.weight * 0.7) };
    },
  }),
  operator({
    id: "wrap-try",
    faultClass: "exception-handling",
    description: "a statement whose errors are caught",
    kinds: ["ExpressionStatement", "ReturnStatement"],
    *alternatives(node, file) {
      const home = enclosingFunction(node);
      if (!home || !isInsertionPoint(node) || !file.text(node).includes("(")) return;
      const { eol, indent } = file.style;
      const base = file.indentAt(node.start);
      for (const exit of exits(file, node, home).slice(0, 3)) {
        const text = [`try {`, `${indent}${file.text(node)}`, `} catch {`, `${indent}${exit.text}`, `}`].join(
          `${eol}${base}`,
        );
        yield { replacements: replace(node, text), weight: round(exit.weight * 0.3) };
      }
    },
  }),
  operator({
    id: "move-to-finally",
    faultClass: "exception-handling",
    description: "a clean-up that also runs after an error",
    kinds: ["TryStatement"],
    *alternatives(node, file) {
      const { eol, indent } = file.style;
      const base = file.indentAt(node.start);
      const after =
        isStatement(node) && node.parent?.type === "BlockStatement"
          ? node.parent.body[node.parent.body.indexOf(node as never) + 1]
          : undefined;
      const candidates: Node[] = [];
      const last = node.block.body.at(-1);
      if (last && node.block.body.length > 1) candidates.push(last);
      if (after && (after.type === "ExpressionStatement" || after.type === "IfStatement")) candidates.push(after);
      const handled = node.handler?.body.body.at(-1);
      if (handled && handled.type === "ExpressionStatement") candidates.push(handled);
      for (const statement of candidates) {
        if (statement.type !== "ExpressionStatement" && statement.type !== "IfStatement") continue;
        const gone = { ...removalSpan(file, statement), text: "" };
        const text = file.text(statement);
        const block = node.finalizer?.body[0];
        const put = block
          ? insertBefore(file, block, text)
          : [{ start: node.end, end: node.end, text: ` finally {${eol}${base}${indent}${text}${eol}${base}}` }];
        const all = [...put, gone].sort((a, b) => a.start - b.start || a.end - b.end);
        yield { replacements: all, weight: 0.7 };
        if (!node.finalizer && node.handler && statement === after && last) {
          yield { replacements: [...insertAfter(file, last, text), gone], weight: 0.4 };
        }
      }
    },
  }),
];
