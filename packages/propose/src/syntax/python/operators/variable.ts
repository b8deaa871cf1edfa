import { fit } from "../guess.ts";
import { top, type Choice, type PythonFile } from "../file.ts";
import { isVariable } from "../names.ts";
import { similarity } from "../similarity.ts";
import { statementOf } from "../statements.ts";
import type { SyntaxNode } from "../tree.ts";
import { precedenceOf } from "../precedence.ts";
import { definitionOf, parameterName } from "./argument.ts";
import { argumentsOf, draft, exchange, replace, replaceExpression, type Operator } from "./operator.ts";

/** Names that are declared here, not used: they are no sites. */
function isDeclaration(node: SyntaxNode): boolean {
  const parent = node.parent;
  if (parent === null) return true;
  if (node.field === "name") return true;
  if (
    /^(parameters|lambda_parameters|typed_parameter|list_splat_pattern|dictionary_splat_pattern|as_pattern_target|global_statement|nonlocal_statement|decorator|dotted_name|case_pattern)$/.test(
      parent.kind,
    )
  )
    return true;
  if (node.field === "left" && (parent.kind === "for_statement" || parent.kind === "for_in_clause")) return true;
  if (parent.kind === "pattern_list" && node.parent?.field === "left" && parent.parent?.kind !== "assignment")
    return true;
  return false;
}

function isCallee(node: SyntaxNode): boolean {
  return node.parent?.kind === "call" && node.field === "function";
}

/** A variable that is read or written at the node and may be another one. */
export function isVariableSite(node: SyntaxNode, file: PythonFile): boolean {
  if (!isVariable(node) || isDeclaration(node) || isCallee(node)) return false;
  const binding = file.scopes.resolve(node.text, node);
  return binding !== null && binding.kind !== "import" && binding.kind !== "class";
}

export const VARIABLE_OPERATORS: readonly Operator[] = [
  {
    id: "replace-variable",
    faultClass: "wrong-variable",
    description: "Another variable in scope of a fitting kind",
    kinds: ["identifier"],
    *edits(node, file) {
      if (!isVariableSite(node, file) || node.parent?.kind === "argument_list") return;
      if (node.text === "self" || node.text === "cls") return;
      const written = node.field === "left" || node.parent?.kind === "pattern_list";
      for (const choice of file.replacementsFor(node, written ? 4 : 6))
        yield replace(node, choice.text, choice.weight * (written ? 0.7 : 1));
    },
  },
  {
    id: "replace-argument",
    faultClass: "wrong-argument",
    description: "Another argument: a variable in scope, or what other calls pass there",
    kinds: ["argument_list", "keyword_argument"],
    *edits(node, file) {
      const given = node.kind === "keyword_argument" ? [node.child("value")] : node.namedChildren;
      const call = node.kind === "keyword_argument" ? node.parent?.parent : node.parent;
      if (call?.kind !== "call") return;
      const callee = call.child("function")?.text ?? "";
      const parameters = definitionOf(call, file)?.parameters;
      for (const [index, argument] of given.entries()) {
        if (
          argument === null ||
          argument === undefined ||
          argument.kind === "keyword_argument" ||
          argument.kind === "list_splat" ||
          argument.kind === "dictionary_splat"
        )
          continue;
        const choices: Choice[] = [];
        if (argument.kind === "identifier" && isVariableSite(argument, file))
          choices.push(...file.replacementsFor(argument, 6));
        else if (argument.kind !== "lambda") {
          const wanted = file.guess(argument);
          const parameter = parameters?.[index];
          const named =
            node.kind === "keyword_argument"
              ? node.child("name")?.text
              : parameter === undefined
                ? ""
                : parameterName(parameter);
          const inside = new Set(file.namesOf(argument));
          for (const { binding, guess, nearness } of file.variablesAt(argument)) {
            const fits = fit(wanted, guess);
            if (fits > 0 && binding.name !== "self")
              choices.push({
                text: binding.name,
                weight:
                  binding.name === named ? 0.9 : fits * (0.3 + 0.4 * nearness) * (inside.has(binding.name) ? 1 : 0.7),
              });
          }
          choices.splice(0, choices.length, ...top(choices, 3));
        }
        for (const other of file.calls) {
          const passed = argumentsOf(other)[index];
          if (
            other === call ||
            passed === undefined ||
            other.child("function")?.text !== callee ||
            passed.text === argument.text
          )
            continue;
          if (file.namesOf(passed).every((name) => file.isVisible(name, argument)))
            choices.push({ text: passed.text, weight: 0.5 });
        }
        for (const choice of top(choices, 7))
          if (choice.text !== argument.text) yield replace(argument, choice.text, choice.weight);
      }
    },
  },
  {
    id: "replace-expression",
    faultClass: "wrong-variable",
    description: "Another access or call of the same form from the function: right[j] for left[i]",
    kinds: ["subscript", "attribute", "call"],
    *edits(node, file) {
      if (node.parent?.kind === "attribute" || node.field === "function" || node.field === "left") return;
      if (node.parent?.kind === "expression_statement") return;
      const own = file.functionOf(node);
      const wanted = file.guess(node);
      const choices: Choice[] = [];
      for (const other of file.expressionsOf(own)) {
        if (other.text === node.text || other.text.length > 40 || other.contains(node) || node.contains(other))
          continue;
        if (other.kind !== node.kind && fit(wanted, file.guess(other)) < 0.9) continue;
        if (!file.namesOf(other).every((name) => file.isVisible(name, node))) continue;
        const alike = similarity(node.text, other.text);
        const distance = Math.abs(other.line - node.line);
        choices.push({ text: other.text, weight: (0.2 + 0.6 * alike) / (1 + distance / 12) });
      }
      for (const choice of top(choices, 3)) yield replace(node, choice.text, choice.weight);
    },
  },
  {
    id: "replace-variable-throughout",
    faultClass: "wrong-variable",
    description: "Every use of a variable in one statement replaced by another",
    kinds: [
      "expression_statement",
      "return_statement",
      "if_statement",
      "while_statement",
      "for_statement",
      "elif_clause",
    ],
    *edits(node, file) {
      const header = node.children.find((child) => child.kind === "block")?.start ?? node.end;
      const uses = new Map<string, SyntaxNode[]>();
      for (const inner of node.walk()) {
        if (inner.end > header || !isVariableSite(inner, file) || inner.text === "self") continue;
        uses.set(inner.text, [...(uses.get(inner.text) ?? []), inner]);
      }
      for (const places of uses.values()) {
        const first = places[0];
        if (first === undefined || places.length < 2) continue;
        for (const choice of file.replacementsFor(first, 2)) {
          yield draft(
            places.map((place) => ({ start: place.start, end: place.end, text: choice.text })),
            choice.weight * 0.6,
          );
        }
      }
      // Two variables confused with each other.
      const names = [...uses.keys()];
      for (const [index, a] of names.entries()) {
        for (const b of names.slice(index + 1)) {
          const [left, right] = [uses.get(a) ?? [], uses.get(b) ?? []];
          if (left.length + right.length > 4 || names.length > 4) continue;
          const swapped = [
            ...left.map((place) => ({ start: place.start, end: place.end, text: b })),
            ...right.map((place) => ({ start: place.start, end: place.end, text: a })),
          ];
          yield draft(
            swapped.sort((x, y) => x.start - y.start),
            0.3,
          );
        }
      }
    },
  },
  {
    id: "access-property",
    faultClass: "wrong-variable",
    description:
      "An element or attribute of a variable, as it is accessed elsewhere in the function, instead of the whole",
    kinds: ["identifier"],
    *edits(node, file) {
      const parent = node.parent;
      if (parent === null || !isVariableSite(node, file) || node.field === "left" || parent.kind === "attribute")
        return;
      if (parent.kind === "subscript" && node.field === "value") return;
      const accesses: Choice[] = [];
      for (const other of file.expressionsOf(file.functionOf(node))) {
        const base =
          other.kind === "subscript" ? other.child("value") : other.kind === "attribute" ? other.child("object") : null;
        const called = other.parent?.kind === "call" && other.field === "function";
        if (base?.text !== node.text || other.child("subscript")?.kind === "slice" || called) continue;
        if (file.namesOf(other).every((name) => file.isVisible(name, node)))
          accesses.push({ text: other.text, weight: 0.4 });
      }
      for (const choice of top(accesses, 3)) yield replace(node, choice.text, choice.weight);
    },
  },
  {
    id: "drop-property",
    faultClass: "wrong-property",
    description: "The whole instead of its element or attribute; the index instead of the element",
    kinds: ["subscript", "attribute"],
    *edits(node) {
      const parent = node.parent;
      if (parent === null || node.field === "function" || node.field === "left") return;
      const base = node.kind === "subscript" ? node.child("value") : node.child("object");
      const index = node.child("subscript");
      if (base !== null && base.kind !== "string" && base.text !== "self" && index?.kind !== "slice") {
        yield replaceExpression(node, base.text, precedenceOf(base), 0.4);
      }
      if (index?.kind === "identifier" && parent.kind !== "subscript")
        yield replace(node, index.text, 0.3, "wrong-variable");
    },
  },
  {
    id: "exchange-assignment",
    faultClass: "argument-order",
    description: "Both sides of an assignment exchanged",
    kinds: ["assignment"],
    *edits(node) {
      const [left, right] = [node.child("left"), node.child("right")];
      if (left === null || right === null || node.child("type") !== null) return;
      const target = /^(identifier|attribute|subscript)$/;
      if (target.test(left.kind) && target.test(right.kind)) yield exchange(left, right, 0.4);
    },
  },
  {
    id: "replace-with-variable",
    faultClass: "wrong-variable",
    description: "A variable in scope in place of a literal or a computed value",
    kinds: ["integer", "string", "attribute", "none", "binary_operator", "call"],
    *edits(node, file) {
      const parent = node.parent;
      if (
        parent === null ||
        parent.kind === "argument_list" ||
        node.field === "function" ||
        node.field === "left" ||
        (node.kind === "string" && parent.kind === "expression_statement")
      )
        return;
      if (statementOf(node) === null || file.functionOf(node) === file.root) return;
      const wanted = file.guess(node);
      const inside = new Set(file.namesOf(node));
      const choices: Choice[] = [];
      for (const { binding, guess, nearness } of file.variablesAt(node)) {
        const fits = fit(wanted, guess);
        if (fits < 0.4 || binding.name === "self" || binding.name === "_" || nearness < 0.25) continue;
        const related = inside.has(binding.name) ? 1 : 0.6;
        choices.push({ text: binding.name, weight: fits * nearness * 0.6 * related });
      }
      for (const choice of top(choices, node.kind === "call" || node.kind === "binary_operator" ? 2 : 3))
        yield replace(node, choice.text, choice.weight);
    },
  },
];
