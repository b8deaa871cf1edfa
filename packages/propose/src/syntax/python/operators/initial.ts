import { isIterable } from "../guess.ts";
import { top, type Choice } from "../file.ts";
import { draft, replace, type Operator } from "./operator.ts";

const PLAIN = /^(integer|float|string|none|true|false|list|dictionary|unary_operator|call|set|tuple|identifier)$/;

export const INITIAL_OPERATORS: readonly Operator[] = [
  {
    id: "change-initial-value",
    faultClass: "initial-value",
    description: "Another value to start from: the identity of what follows, infinity, the first element",
    kinds: ["assignment", "default_parameter"],
    *edits(node, file) {
      if (node.kind === "default_parameter") {
        const value = node.child("value");
        if (value === null || !/^(integer|none|true|false|string)$/.test(value.kind)) return;
        for (const text of ["None", "0", "1", "True", "False", '""'])
          if (text !== value.text) yield replace(value, text, text === "None" || value.kind === "none" ? 0.6 : 0.2);
        return;
      }
      const [left, right] = [node.child("left"), node.child("right")];
      if (
        left === null ||
        right === null ||
        (left.kind !== "identifier" && left.kind !== "attribute" && left.kind !== "subscript") ||
        !PLAIN.test(right.kind)
      )
        return;
      if (right.kind === "call" && !/^(set|list|dict|float|str|int)\(/.test(right.text)) return;
      if (right.kind === "identifier" && file.loopOf(node) !== null) return;
      const choices: Choice[] = [];
      const offer = (text: string, weight: number): void => {
        if (text !== right.text) choices.push({ text, weight });
      };
      const guess = file.guess(right);
      const extreme = /max|best|high|peak|top|largest|longest|min|low|small|near|short|cheap|least|first|last/.test(
        left.text,
      );
      switch (guess) {
        case "number":
          for (const [text, weight] of [
            ["0", 1],
            ["1", 1],
            ["-1", 0.7],
            ["None", extreme ? 0.7 : 0.3],
            ['float("inf")', extreme ? 0.9 : 0.3],
            ['float("-inf")', extreme ? 0.9 : 0.3],
            ["2", 0.2],
            ["0.0", 0.2],
          ] as const)
            offer(text, weight);
          break;
        case "string":
          for (const [text, weight] of [
            ['""', 1],
            ["None", 0.5],
            ["[]", 0.3],
          ] as const)
            offer(text, weight);
          break;
        case "list":
          for (const [text, weight] of [
            ["[]", 1],
            ["set()", 0.4],
            ["{}", 0.4],
            ["[0]", 0.6],
            ["[[]]", 0.5],
            ["[1]", 0.3],
            ["None", 0.3],
          ] as const)
            offer(text, weight);
          break;
        case "dict":
          for (const [text, weight] of [
            ["{}", 1],
            ["[]", 0.4],
            ["set()", 0.4],
          ] as const)
            offer(text, weight);
          break;
        case "set":
          for (const [text, weight] of [
            ["set()", 1],
            ["[]", 0.5],
            ["{}", 0.4],
          ] as const)
            offer(text, weight);
          break;
        case "bool":
          offer("True", 1);
          offer("False", 1);
          offer("None", 0.3);
          break;
        case "none":
          for (const [text, weight] of [
            ["0", 0.7],
            ['""', 0.5],
            ["[]", 0.6],
            ["{}", 0.4],
            ["False", 0.4],
            ['float("-inf")', 0.5],
            ['float("inf")', 0.5],
          ] as const)
            offer(text, weight);
          break;
        default:
          if (right.kind === "identifier") {
            for (const text of ["0", "1", "None", "[]"]) offer(text, 0.3);
          }
      }
      const numeric = guess === "number" || guess === "none" || guess === "string" || guess === "unknown";
      for (const { binding, guess: kind, nearness } of file.variablesAt(node)) {
        if (
          binding.name === left.text ||
          binding.name === "self" ||
          binding.kind === "loop" ||
          binding.scope.kind === "module"
        )
          continue;
        const weight = (binding.kind === "parameter" ? 0.8 : 0.6) * (0.5 + 0.5 * nearness);
        if (numeric && (isIterable(kind) || kind === "unknown")) {
          offer(`${binding.name}[0]`, weight * (isIterable(kind) ? 1 : 0.5));
          if (isIterable(kind) && guess === "number") {
            offer(`len(${binding.name})`, weight * 0.6);
            offer(`len(${binding.name}) - 1`, weight * 0.6);
          }
          if (isIterable(kind)) offer(`${binding.name}[-1]`, weight * 0.4);
        }
        if (isIterable(guess) && guess === kind) offer(`[${binding.name}]`, weight * 0.3);
        if (guess === "list" || guess === "set")
          offer(guess === "set" ? `{${binding.name}}` : `[${binding.name}]`, weight * 0.5);
        if (numeric && kind === "number") offer(binding.name, weight * 0.6);
      }
      for (const choice of top(choices, 10)) yield replace(right, choice.text, choice.weight);
    },
  },
  {
    id: "mutable-default",
    faultClass: "initial-value",
    description: "None instead of a shared list or dict as a default, created anew for every call",
    kinds: ["default_parameter", "typed_default_parameter"],
    *edits(node, file) {
      const value = node.child("value");
      const name = node.child("name")?.text;
      const owner = node.ancestor("function_definition", "lambda");
      if (value === null || name === undefined || owner?.kind !== "function_definition") return;
      if (!/^(list|dictionary|set)$/.test(value.kind) && !/^(list|dict|set)\(\)$/.test(value.text)) return;
      const body = owner.child("body")?.namedChildren ?? [];
      const first = body.find((child) => child.namedChildren[0]?.kind !== "string") ?? body[0];
      const indent = first === undefined ? null : file.layout.indentOf(first);
      if (first === undefined || indent === null) return;
      const { layout } = file;
      const none = { start: value.start, end: value.end, text: "None" };
      yield draft([
        none,
        layout.before(
          first,
          layout.block(`if ${name} is None:`, "", indent) +
            layout.block(`${name} = ${value.text}`, "", indent + layout.unit),
        ),
      ]);
      yield draft([none, layout.before(first, layout.block(`${name} = ${name} or ${value.text}`, "", indent))], 0.3);
      yield draft(
        [
          layout.before(
            first,
            layout.block(`${name} = ${value.kind === "dictionary" ? "dict" : "list"}(${name})`, "", indent),
          ),
        ],
        0.5,
        "missing-copy",
      );
    },
  },
  {
    id: "bind-default",
    faultClass: "wrong-variable",
    description: "A loop variable bound early in a function made in the loop: lambda x=x",
    kinds: ["lambda", "function_definition"],
    *edits(node, file) {
      const parameters = node.child("parameters");
      const loops = [...new Set(file.namesOf(node.kind === "lambda" ? node : (node.child("body") ?? node)))].filter(
        (name) => {
          const binding = file.scopes.resolve(name, node);
          return binding?.kind === "loop" && (binding.clause?.parent ?? binding.declaration).contains(node);
        },
      );
      for (const name of loops) {
        const text = `${name}=${name}`;
        if (parameters === null) yield replace(node.children[0] ?? node, `lambda ${text}`);
        else {
          const last = parameters.namedChildren.at(-1);
          yield last === undefined
            ? draft([{ start: parameters.start + 1, end: parameters.start + 1, text }])
            : draft([{ start: last.end, end: last.end, text: `, ${text}` }]);
        }
      }
    },
  },
  {
    id: "declare-outer",
    faultClass: "missing-statement",
    description: "`global` or `nonlocal` for a name that the function assigns and an outer scope holds; or taken away",
    kinds: ["function_definition"],
    *edits(node, file) {
      const { layout } = file;
      const body = node.child("body")?.namedChildren ?? [];
      const first = body.find((child) => child.namedChildren[0]?.kind !== "string") ?? body[0];
      const indent = first === undefined ? null : layout.indentOf(first);
      if (first === undefined || indent === null) return;
      const scope = file.scopes.scopeOf(first);
      const assigned = new Set(
        [...scope.bindings.values()].filter((binding) => binding.kind === "local").map((binding) => binding.name),
      );
      for (const inner of node.walk()) {
        const target =
          inner.kind === "augmented_assignment" && file.functionOf(inner) === node ? inner.child("left") : null;
        if (target?.kind === "identifier" && !scope.bindings.has(target.text) && !scope.outer.has(target.text))
          assigned.add(target.text);
      }
      for (const name of assigned) {
        let word: string | null = null;
        for (let at = scope.parent; at !== null; at = at.parent) {
          if (at.kind === "function" && at.bindings.has(name)) word = "nonlocal";
          else if (at.kind === "module" && at.bindings.has(name)) word ??= "global";
        }
        if (word !== null) yield draft([layout.before(first, layout.block(`${word} ${name}`, "", indent))]);
      }
    },
  },
];
