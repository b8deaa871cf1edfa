import { top, type Choice, type PythonFile } from "../file.ts";
import { fit } from "../guess.ts";
import { PRECEDENCE, precedenceOf } from "../precedence.ts";
import { similarity } from "../similarity.ts";
import type { SyntaxNode } from "../tree.ts";
import { argumentsOf, calleeName, exchange, insert, remove, draft, type Draft, type Operator } from "./operator.ts";

/** Arguments that library functions take after the given ones, by what is called and how many arguments stand there. */
const FURTHER: Readonly<Record<string, Readonly<Record<number, readonly (readonly [string, number])[]>>>> = {
  round: { 1: [["2", 1], ["1", 0.4]] },
  max: { 1: [["default=0", 1], ["default=None", 0.6]] },
  min: { 1: [["default=0", 1], ["default=None", 0.6]] },
  sorted: { 1: [["reverse=True", 1]], 2: [["reverse=True", 1]] },
  sort: { 0: [["reverse=True", 1]], 1: [["reverse=True", 1]] },
  sum: { 1: [["0.0", 0.2], ["[]", 0.4]] },
  next: { 1: [["None", 1], ["0", 0.2]] },
  getattr: { 2: [["None", 1]] },
  get: { 1: [["0", 1], ["[]", 0.7], ['""', 0.5], ["{}", 0.5], ["None", 0.3], ["False", 0.3], ["1", 0.3]] },
  pop: { 0: [["0", 1]], 1: [["None", 1]] },
  split: { 0: [['","', 0.3], ['" "', 0.5]], 1: [["1", 1], ["maxsplit=1", 0.2]] },
  rsplit: { 1: [["1", 1]] },
  replace: { 2: [["1", 1]] },
  strip: { 0: [['"."', 0.2], ['","', 0.2], ['"/"', 0.2]] },
  int: { 1: [["16", 0.4], ["2", 0.4], ["10", 0.2]] },
  setdefault: { 1: [["[]", 1], ["0", 0.5], ["{}", 0.4]] },
  zip: { 2: [["strict=True", 0.3]] },
  dumps: { 1: [["sort_keys=True", 0.6]] },
  enumerate: { 1: [["start=1", 0.3]] },
  gather: { 1: [["return_exceptions=True", 0.5]] },
}; // prettier-ignore

/** The definition a call in this file reaches: a function, a method through `self`, or a class's constructor. */
export function definitionOf(
  call: SyntaxNode,
  file: PythonFile,
): { readonly parameters: readonly SyntaxNode[]; readonly isMethod: boolean } | null {
  const callee = call.child("function");
  if (callee?.kind !== "identifier" && !(callee?.kind === "attribute" && callee.child("object")?.text === "self"))
    return null;
  const name = calleeName(call);
  let definition = file.functions.get(name) ?? null;
  if (callee.kind === "identifier") {
    const binding = file.scopes.resolve(name, call);
    if (binding === null) return null;
    if (binding.kind === "class") {
      definition = null;
      for (const node of binding.declaration.walk())
        if (node.kind === "function_definition" && node.child("name")?.text === "__init__") definition = node;
    } else if (binding.kind !== "function") return null;
  }
  if (definition === null) return null;
  const parameters = (definition.child("parameters")?.namedChildren ?? []).filter((node) =>
    /^(identifier|default_parameter|typed_parameter|typed_default_parameter)$/.test(node.kind),
  );
  const isMethod = parameters[0]?.text === "self" || parameters[0]?.text === "cls";
  return { parameters: isMethod ? parameters.slice(1) : parameters, isMethod };
}

export function parameterName(parameter: SyntaxNode): string {
  return parameter.kind === "identifier"
    ? parameter.text
    : ((parameter.child("name") ?? parameter.namedChildren[0])?.text ?? "");
}

export function isPositional(node: SyntaxNode): boolean {
  return node.kind !== "keyword_argument" && node.kind !== "list_splat" && node.kind !== "dictionary_splat";
}

export const ARGUMENT_OPERATORS: readonly Operator[] = [
  {
    id: "swap-arguments",
    faultClass: "argument-order",
    description: "Two arguments exchanged; a value and its receiver exchanged",
    kinds: ["call"],
    *edits(node) {
      const given = argumentsOf(node).filter(isPositional);
      for (let first = 0; first < given.length; first++) {
        for (let second = first + 1; second < Math.min(given.length, first + 4); second++) {
          const [a, b] = [given[first], given[second]];
          if (a && b && a.text !== b.text) yield exchange(a, b, second === first + 1 ? 1 : 0.6);
        }
      }
      const [a, b, c] = given;
      if (given.length === 3 && a && b && c) {
        yield draft(
          [
            { start: a.start, end: a.end, text: b.text },
            { start: b.start, end: b.end, text: c.text },
            { start: c.start, end: c.end, text: a.text },
          ],
          0.3,
        );
        yield draft(
          [
            { start: a.start, end: a.end, text: c.text },
            { start: b.start, end: b.end, text: a.text },
            { start: c.start, end: c.end, text: b.text },
          ],
          0.3,
        );
      }
      const named = argumentsOf(node).filter((argument) => argument.kind === "keyword_argument");
      for (const [index, argument] of named.entries()) {
        const [value, other] = [argument.child("value"), named[index + 1]?.child("value")];
        if (value && other && value.text !== other.text) yield exchange(value, other, 0.6);
      }
      const callee = node.child("function");
      const receiver = callee?.kind === "attribute" ? callee.child("object") : null;
      if (
        receiver !== null &&
        given.length === 1 &&
        a !== undefined &&
        argumentsOf(node).length === 1 &&
        precedenceOf(a) >= PRECEDENCE.primary &&
        a.text !== receiver.text &&
        receiver.text !== "self" &&
        a.kind !== "integer" &&
        a.kind !== "float"
      )
        yield exchange(receiver, a, 0.3);
    },
  },
  {
    id: "drop-argument",
    faultClass: "wrong-argument",
    description: "One argument less",
    kinds: ["call"],
    *edits(node) {
      const given = argumentsOf(node);
      for (const [index, argument] of given.entries()) {
        const [previous, next] = [given[index - 1], given[index + 1]];
        if (given.length === 1 && argument.kind !== "keyword_argument" && node.child("function")?.kind === "identifier")
          continue;
        const weight = argument.kind === "keyword_argument" ? 1 : index === given.length - 1 ? 0.7 : 0.3;
        if (previous !== undefined) yield remove(previous.end, argument.end, weight);
        else if (next !== undefined) yield remove(argument.start, next.start, weight);
        else yield remove(argument.start, argument.end, weight);
      }
    },
  },
  {
    id: "add-argument",
    faultClass: "wrong-argument",
    description: "An argument that the callee also takes",
    kinds: ["call"],
    *edits(node, file) {
      const list = node.child("arguments");
      if (list?.kind !== "argument_list") return;
      const given = list.namedChildren;
      const last = given.at(-1);
      const add = (text: string, weight: number): Draft =>
        last === undefined ? insert(list.start + 1, text, weight) : insert(last.end, `, ${text}`, weight);
      for (const [text, weight] of FURTHER[calleeName(node)]?.[given.length] ?? []) yield add(text, weight);
      const reached = definitionOf(node, file);
      if (reached === null) return;
      const positional = given.filter(isPositional).length;
      const named = new Set(given.map((argument) => argument.child("name")?.text));
      const open = reached.parameters.filter(
        (parameter, index) => index >= positional && !named.has(parameterName(parameter)),
      );
      for (const [offset, parameter] of open.slice(0, 3).entries()) {
        const name = parameterName(parameter);
        const value = parameter.child("value");
        const choices: Choice[] = [];
        for (const { binding, guess, nearness } of file.variablesAt(node)) {
          if (binding.name === "self") continue;
          const fits = value === null ? 0.5 : Math.max(0.3, fit(file.guess(value), guess));
          const weight =
            binding.name === name ? 1 : fits * (0.2 + 0.6 * similarity(binding.name, name)) * (0.5 + 0.5 * nearness);
          choices.push({ text: binding.name, weight });
        }
        if (value?.kind === "true" || value?.kind === "false")
          choices.push({ text: value.kind === "true" ? "False" : "True", weight: 0.7 });
        if (value?.kind === "integer") choices.push({ text: String(Number(value.text) + 1), weight: 0.3 });
        for (const choice of top(choices, 4)) {
          if (offset === 0 && named.size <= 1 && !given.some((argument) => argument.kind === "keyword_argument"))
            yield add(choice.text, choice.weight);
          yield add(`${name}=${choice.text}`, choice.weight * 0.9);
        }
      }
    },
  },
];
