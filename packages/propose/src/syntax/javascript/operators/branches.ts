import { isStatement } from "../ast.ts";
import { round } from "../names.ts";
import { operator } from "../operator.ts";
import { bodyText, exchange } from "../text-edits.ts";
import { enclosingFunction } from "../ast.ts";
import { exits } from "./exits.ts";

export const branchEdits = [
  operator({
    id: "swap-branches",
    faultClass: "swapped-branches",
    description: "then and else exchanged",
    kinds: ["IfStatement"],
    *alternatives(node, file) {
      if (!node.alternate) return;
      if (node.alternate.type === "IfStatement") {
        const other = node.alternate;
        yield { replacements: exchange(file, node.consequent, other.consequent), weight: 0.7 };
        // The narrower condition first.
        yield {
          replacements: [
            ...exchange(file, node.test, other.test),
            ...exchange(file, node.consequent, other.consequent),
          ].sort((a, b) => a.start - b.start),
          weight: 0.8,
          faultClass: "statement-order",
        };
        return;
      }
      yield { replacements: exchange(file, node.consequent, node.alternate) };
    },
  }),
  operator({
    id: "swap-ternary",
    faultClass: "swapped-branches",
    description: "both results of a conditional expression exchanged",
    kinds: ["ConditionalExpression"],
    *alternatives(node, file) {
      yield { replacements: exchange(file, file.outer(node.consequent), file.outer(node.alternate)) };
      if (node.alternate.type === "ConditionalExpression") {
        const other = node.alternate;
        const results = exchange(file, file.outer(node.consequent), file.outer(other.consequent));
        yield { replacements: results, weight: 0.6 };
        yield {
          replacements: [...exchange(file, file.outer(node.test), file.outer(other.test)), ...results].sort(
            (a, b) => a.start - b.start,
          ),
          weight: 0.6,
          faultClass: "statement-order",
        };
      }
    },
  }),
  operator({
    id: "swap-cases",
    faultClass: "swapped-branches",
    description: "bodies or labels of two neighbouring cases exchanged",
    kinds: ["SwitchStatement"],
    *alternatives(node, file) {
      for (let i = 0; i + 1 < node.cases.length; i += 1) {
        const [a, b] = [node.cases[i]!, node.cases[i + 1]!];
        if (a.test && b.test) yield { replacements: exchange(file, a.test, b.test), weight: 0.6 };
      }
    },
  }),
  operator({
    id: "remove-else",
    faultClass: "extra-statement",
    description: "an else branch less, or its body after the if",
    kinds: ["IfStatement"],
    *alternatives(node, file) {
      if (!node.alternate) return;
      yield { replacements: [{ start: node.consequent.end, end: node.alternate.end, text: "" }], weight: 0.5 };
      const break_ = `${file.style.eol}${file.indentAt(node.start)}`;
      const rest = node.alternate.type === "IfStatement" ? file.text(node.alternate) : bodyText(file, node.alternate);
      yield { replacements: [{ start: node.consequent.end, end: node.alternate.end, text: `${break_}${rest}` }] };
    },
  }),
  operator({
    id: "add-else",
    faultClass: "missing-statement",
    description: "the statement after an if only when the condition fails",
    kinds: ["IfStatement"],
    *alternatives(node, file) {
      if (node.alternate) return;
      const list =
        node.parent && "body" in node.parent && Array.isArray(node.parent.body)
          ? (node.parent.body as readonly { start: number; end: number; type: string }[])
          : [];
      const next = list[list.findIndex((item) => (item as unknown) === node) + 1];
      const semicolon =
        node.consequent.type === "BlockStatement" ? " else " : `${file.style.eol}${file.indentAt(node.start)}else `;
      if (
        next &&
        next.type !== "FunctionDeclaration" &&
        next.type !== "VariableDeclaration" &&
        next.type !== "ClassDeclaration"
      ) {
        if (next.type === "IfStatement") {
          yield { replacements: [{ start: node.consequent.end, end: next.start, text: semicolon }] };
        } else {
          const braces = node.consequent.type === "BlockStatement";
          const indent = file.indentAt(node.start);
          const text = file.text(next);
          const body = braces
            ? `{${file.style.eol}${indent}${file.style.indent}${text}${file.style.eol}${indent}}`
            : text;
          yield { replacements: [{ start: node.consequent.end, end: next.end, text: `${semicolon}${body}` }] };
        }
      }
      const home = enclosingFunction(node);
      if (!home || !isStatement(node) || next) return;
      for (const exit of exits(file, node, home).slice(0, 4)) {
        const body = node.consequent.type === "BlockStatement" ? `{ ${exit.text} }` : exit.text;
        yield {
          replacements: [{ start: node.consequent.end, end: node.consequent.end, text: `${semicolon}${body}` }],
          weight: round(exit.weight * 0.4),
        };
      }
    },
  }),
  operator({
    id: "insert-default-case",
    faultClass: "missing-statement",
    description: "a default case",
    kinds: ["SwitchStatement"],
    *alternatives(node, file) {
      if (node.cases.some((item) => item.test === null) || node.cases.length === 0) return;
      const home = enclosingFunction(node);
      const last = node.cases.at(-1)!;
      const { eol, indent } = file.style;
      const base = file.indentAt(last.start);
      if (!home) return;
      for (const exit of exits(file, node, home).slice(0, 6)) {
        const text = `${eol}${base}default:${eol}${base}${indent}${exit.text}`;
        yield { replacements: [{ start: last.end, end: last.end, text }], weight: exit.weight };
      }
      const value = file.text(node.discriminant);
      const error = `throw new Error(\`unknown \${${value}}\`)${file.style.semicolon}`;
      yield {
        replacements: [{ start: last.end, end: last.end, text: `${eol}${base}default:${eol}${base}${indent}${error}` }],
        weight: 0.3,
      };
    },
  }),
];
