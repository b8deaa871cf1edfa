import { top, type Choice, type PythonFile } from "../file.ts";
import { isDocstring } from "../statements.ts";
import type { SyntaxNode } from "../tree.ts";
import { calleeName, draft, exchange, insert, replace, type Operator } from "./operator.ts";
import { returnValues } from "./control.ts";

const CONFUSED: Readonly<Record<string, readonly string[]>> = {
  ValueError: ["TypeError", "KeyError", "Exception", "IndexError"],
  TypeError: ["ValueError", "AttributeError", "Exception"],
  KeyError: ["IndexError", "ValueError", "LookupError", "AttributeError"],
  IndexError: ["KeyError", "ValueError", "LookupError"],
  LookupError: ["KeyError", "IndexError", "ValueError"],
  AttributeError: ["KeyError", "TypeError"],
  ZeroDivisionError: ["ValueError", "ArithmeticError", "OverflowError"],
  Exception: ["ValueError", "KeyError", "TypeError", "RuntimeError"],
  RuntimeError: ["ValueError", "Exception", "TimeoutError"],
  OSError: ["ValueError", "IOError", "FileNotFoundError"],
  NotImplementedError: ["ValueError", "TypeError"],
  StopIteration: ["ValueError", "IndexError"],
  TimeoutError: ["Exception", "ConnectionError"],
  ConnectionError: ["TimeoutError", "OSError", "Exception"],
  PermissionError: ["ValueError", "KeyError"],
  OverflowError: ["ValueError", "ZeroDivisionError"],
  UnicodeDecodeError: ["ValueError"],
};

const COMMON = ["ValueError", "KeyError", "TypeError", "IndexError"];

/** Names of exceptions that the file raises, catches or defines. */
function exceptionsOf(file: PythonFile): readonly string[] {
  return [...new Set([...file.functions.keys(), ...file.scopes.module.bindings.keys()])].filter((name) =>
    /(Error|Exception)$/.test(name),
  );
}

function alternatives(name: string, file: PythonFile): readonly Choice[] {
  const choices: Choice[] = [];
  for (const [index, other] of (CONFUSED[name] ?? COMMON).entries())
    choices.push({ text: other, weight: 0.9 - index * 0.15 });
  for (const other of exceptionsOf(file)) choices.push({ text: other, weight: 0.8 });
  return top(
    choices.filter((choice) => choice.text !== name),
    5,
  );
}

export const EXCEPTION_OPERATORS: readonly Operator[] = [
  {
    id: "catch-type",
    faultClass: "exception-handling",
    description: "Another, a further or one exception less caught or raised",
    kinds: ["except_clause", "raise_statement"],
    *edits(node, file) {
      if (node.kind === "raise_statement") {
        const raised = node.namedChildren[0];
        const type = raised?.kind === "call" ? raised.child("function") : raised;
        if (type?.kind === "identifier")
          for (const choice of alternatives(type.text, file)) yield replace(type, choice.text, choice.weight);
        return;
      }
      const value = node.child("value");
      const type = value?.kind === "as_pattern" ? (value.namedChildren[0] ?? null) : value;
      if (type === null) return;
      if (type.kind === "tuple") {
        const parts = type.namedChildren;
        for (const [index, part] of parts.entries()) {
          const [previous, next] = [parts[index - 1], parts[index + 1]];
          if (parts.length === 2) {
            const other = previous ?? next;
            if (other !== undefined) yield replace(type, other.text, 0.6);
          } else if (previous !== undefined) yield draft([{ start: previous.end, end: part.end, text: "" }], 0.4);
        }
        const known = new Set(parts.map((part) => part.text));
        const last = parts.at(-1);
        for (const name of [...COMMON, "ZeroDivisionError", "AttributeError"])
          if (!known.has(name) && last !== undefined) yield insert(last.end, `, ${name}`, 0.6);
        return;
      }
      for (const choice of alternatives(type.text, file)) {
        yield replace(type, choice.text, choice.weight);
        yield replace(type, `(${type.text}, ${choice.text})`, choice.weight * 0.8);
      }
    },
  },
  {
    id: "catch-rethrow",
    faultClass: "exception-handling",
    description: "The exception passed on after it was handled, or not any more",
    kinds: ["except_clause"],
    *edits(node, file) {
      const { layout } = file;
      const block = node.children.find((child) => child.kind === "block");
      const last = block?.namedChildren.at(-1);
      if (block === undefined || last === undefined) return;
      const indent = layout.indentOf(last);
      if (last.kind === "raise_statement") {
        for (const choice of returnValues(last, file, 4))
          yield replace(last, file.functionOf(node) === file.root ? "pass" : `return ${choice.text}`, choice.weight);
        yield replace(last, "pass", 0.6);
        if (file.loopOf(node) !== null) yield replace(last, "continue", 0.6);
        if (last.namedChildren.length > 0) yield replace(last, "raise", 0.6);
        return;
      }
      if (/^(return|continue|break|pass|expression)_statement$/.test(last.kind) && !isDocstring(last))
        yield replace(last, "raise", 0.8);
      if (indent !== null && layout.ownsLines(last) && !/^(return|continue|break|pass)_statement$/.test(last.kind)) {
        yield draft([layout.after(last, layout.block("raise", "", indent))], 0.9);
        for (const choice of returnValues(last, file, 3))
          yield draft([layout.after(last, layout.block(`return ${choice.text}`, "", indent))], choice.weight * 0.6);
      }
      // The order of handlers matters when one catches what the other is for.
      const clauses = node.parent?.namedChildren.filter((child) => child.kind === "except_clause") ?? [];
      const next = clauses[clauses.indexOf(node) + 1];
      const [type, other] = [node.child("value"), next?.child("value")];
      if (next !== undefined && type && other) {
        yield exchange(type, other, 0.4);
        yield exchange(node, next, 0.8);
      }
    },
  },
  {
    id: "throw-instead",
    faultClass: "exception-handling",
    description: "An exception where something is returned or nothing is done, and the other way round",
    kinds: ["return_statement", "pass_statement", "raise_statement", "continue_statement"],
    *edits(node, file) {
      const own = file.functionOf(node);
      if (own === file.root) return;
      if (node.kind === "raise_statement") {
        for (const choice of returnValues(node, file, 4))
          yield replace(node, `return ${choice.text}`, choice.weight * 0.6);
        return;
      }
      const value = node.namedChildren[0];
      if (value !== undefined && !/^(none|false|integer|string|list|unary_operator|true|dictionary)$/.test(value.kind))
        return;
      if (node.parent === own.child("body") && node.parent?.namedChildren.at(-1) !== node) return;
      const texts = file.raisesOf(own).slice(0, 2);
      const parameter = file
        .variablesAt(node)
        .find(({ binding }) => binding.kind === "parameter" && binding.name !== "self");
      if (texts.length === 0)
        texts.push(parameter === undefined ? "raise ValueError()" : `raise ValueError(${parameter.binding.name})`);
      if (parameter !== undefined && texts.every((text) => !text.includes("KeyError")))
        texts.push(`raise KeyError(${parameter.binding.name})`);
      for (const [index, text] of texts.entries()) yield replace(node, text, 0.6 - index * 0.1);
    },
  },
  {
    id: "wrap-try",
    faultClass: "exception-handling",
    description: "A statement tried, with what the function does elsewhere when it fails",
    kinds: ["expression_statement", "return_statement"],
    *edits(node, file) {
      const { layout } = file;
      const indent = layout.indentOf(node);
      if (
        indent === null ||
        !layout.ownsLines(node) ||
        file.functionOf(node) === file.root ||
        layout.holdsMultilineString(node)
      )
        return;
      const types = likelyExceptions(node);
      if (types.length === 0) return;
      const { start, end } = layout.lines(node);
      const body = layout.source.slice(node.start, end).replace(/\r?\n$/, "");
      const ways: Choice[] = returnValues(node, file, 2).map((choice) => ({
        text: `return ${choice.text}`,
        weight: choice.weight * 0.8,
      }));
      if (file.loopOf(node) !== null) ways.push({ text: "continue", weight: 0.9 });
      const assigned = node.namedChildren[0]?.kind === "assignment" ? node.namedChildren[0].child("left") : null;
      if (assigned?.kind === "identifier") ways.push({ text: `${assigned.text} = None`, weight: 0.6 });
      else ways.push({ text: "pass", weight: 0.3 });
      for (const [index, type] of types.entries()) {
        for (const way of top(ways, 3)) {
          const text =
            layout.block("try:", "", indent) +
            layout.block(body, indent, indent + layout.unit) +
            layout.block(`except ${type}:`, "", indent) +
            layout.block(way.text, "", indent + layout.unit);
          yield draft([{ start, end, text }], way.weight * (1 - index * 0.3));
        }
      }
    },
  },
  {
    id: "move-into-try",
    faultClass: "exception-handling",
    description: "The statement before or after a `try` drawn into it; a statement moved to `finally`",
    kinds: ["try_statement"],
    *edits(node, file) {
      const { layout } = file;
      const body = node.child("body");
      const [first, last] = [body?.namedChildren[0], body?.namedChildren.at(-1)];
      const siblings = node.parent?.namedChildren ?? [];
      const indent = first === undefined ? null : layout.indentOf(first);
      const outer = layout.indentOf(node);
      if (first === undefined || last === undefined || indent === null || outer === null || !layout.ownsLines(last))
        return;
      const previous = siblings[siblings.indexOf(node) - 1];
      if (previous?.kind === "expression_statement" && !isDocstring(previous) && layout.ownsLines(previous)) {
        const gone = layout.remove(previous);
        if (gone !== null)
          yield draft([gone, layout.before(first, layout.block(layout.textOf(previous), outer, indent))], 0.6);
      }
      const next = siblings[siblings.indexOf(node) + 1];
      if (next?.kind === "expression_statement" && layout.ownsLines(next)) {
        const gone = layout.remove(next);
        if (gone !== null && !/^(return|raise)/.test(last.kind))
          yield draft([layout.after(last, layout.block(layout.textOf(next), outer, indent)), gone], 0.6);
        if (
          gone !== null &&
          node.namedChildren.every((child) => child.kind !== "finally_clause") &&
          layout.ownsLines(node)
        ) {
          const { end } = layout.lines(next);
          yield draft(
            [
              {
                start: layout.lineStart(next.start),
                end,
                text: layout.block("finally:", "", outer) + layout.block(layout.textOf(next), outer, indent),
              },
            ],
            0.6,
          );
        }
      }
      if (body !== null && body.namedChildren.length > 1 && last.kind === "expression_statement") {
        const gone = layout.remove(last);
        const after = layout.ownsLines(node)
          ? layout.after(node, layout.block(layout.textOf(last), indent, outer))
          : null;
        if (gone !== null && after !== null) yield draft([gone, after], 0.5);
      }
    },
  },
];

/** What a statement may raise, from what it does. */
function likelyExceptions(node: SyntaxNode): readonly string[] {
  const types: string[] = [];
  const add = (type: string): void => {
    if (!types.includes(type)) types.push(type);
  };
  for (const inner of node.walk()) {
    if (inner.kind === "call") {
      const name = calleeName(inner);
      if (
        name === "int" ||
        name === "float" ||
        name === "index" ||
        name === "strptime" ||
        name === "fromisoformat" ||
        name === "loads"
      )
        add("ValueError");
      if (name === "remove") add("ValueError");
      if (name === "next") add("StopIteration");
    }
    if (inner.kind === "subscript" && inner.field !== "left" && inner.child("subscript")?.kind !== "slice")
      add(inner.child("subscript")?.kind === "integer" ? "IndexError" : "KeyError");
    if (
      inner.kind === "binary_operator" &&
      /^(\/|\/\/|%)$/.test(inner.child("operator")?.kind ?? "") &&
      inner.child("right")?.kind === "identifier"
    )
      add("ZeroDivisionError");
  }
  return types.slice(0, 2);
}
