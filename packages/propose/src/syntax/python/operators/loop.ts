import type { PythonFile } from "../file.ts";
import { isIterable } from "../guess.ts";
import { PRECEDENCE, precedenceOf } from "../precedence.ts";
import type { SyntaxNode } from "../tree.ts";
import { sliceParts } from "./slice.ts";
import { argumentsOf, calleeName, insert, remove, replace, type Draft, type Operator } from "./operator.ts";

export const LOOP_OPERATORS: readonly Operator[] = [
  {
    id: "loop-direction",
    faultClass: "loop-direction",
    description: "The loop or the sequence the other way round",
    kinds: ["for_statement", "for_in_clause", "call", "subscript", "slice"],
    *edits(node, file) {
      if (node.kind === "for_statement" || node.kind === "for_in_clause") {
        const over = node.child("right");
        if (over === null) return;
        yield* reversedIteration(over, file);
        return;
      }
      if (node.kind === "call" && node.parent?.kind !== "for_statement" && node.parent?.kind !== "for_in_clause") {
        const [argument] = argumentsOf(node);
        if (node.child("function")?.text === "reversed" && argument !== undefined)
          yield replace(node, argument.text, 0.8);
        return;
      }
      if (node.kind === "slice" && /^::-1$/.test(node.text.replaceAll(" ", ""))) yield replace(node, ":", 0.8);
      else if (node.kind === "slice") {
        const { start, stop, step } = sliceParts(node);
        if (start === null && stop === null && step === null) yield replace(node, "::-1", 0.4);
      }
      if (node.kind === "subscript" && node.child("subscript")?.text.replaceAll(" ", "") === "::-1")
        yield replace(node, node.child("value")?.text ?? node.text, 0.8);
    },
  },
  {
    id: "loop-step",
    faultClass: "loop-direction",
    description: "A step for a range or slice, another one, or none",
    kinds: ["call", "slice"],
    *edits(node, file) {
      if (node.kind === "slice") {
        const { colons, step } = sliceParts(node);
        if (step !== null && colons[1] !== undefined) {
          yield remove(colons[1].start, step.end, 0.6);
          yield replace(step, step.text.startsWith("-") ? step.text.slice(1) : `-${step.text}`, 0.5);
        }
        return;
      }
      if (node.child("function")?.text !== "range") return;
      const [first, second, third] = argumentsOf(node);
      if (first === undefined) return;
      if (third !== undefined && second !== undefined) {
        yield remove(second.end, third.end, 0.6);
        yield replace(third, third.text.startsWith("-") ? third.text.slice(1) : `-${third.text}`, 0.7);
        return;
      }
      const steps = file
        .variablesAt(node)
        .filter(
          ({ binding, guess }) =>
            guess === "number" &&
            /step|size|width|stride|chunk|group|per|n$|k$/.test(binding.name) &&
            !node.text.includes(binding.name),
        );
      for (const text of ["2", ...steps.slice(0, 3).map(({ binding }) => binding.name)]) {
        if (second === undefined) yield replace(first, `0, ${first.text}, ${text}`, 0.5);
        else yield insert(second.end, `, ${text}`, 0.5);
      }
      if (second !== undefined) yield insert(second.end, ", -1", 0.6);
    },
  },
  {
    id: "loop-kind",
    faultClass: "loop-kind",
    description: "`while` for `if` and back; a loop over items, positions or a copy",
    kinds: ["while_statement", "if_statement", "for_statement", "for_in_clause"],
    *edits(node, file) {
      const keyword = node.children[0];
      if (node.kind === "while_statement" && keyword !== undefined) {
        const jumps = [...node.walk()].some(
          (inner) => inner.kind === "break_statement" || inner.kind === "continue_statement",
        );
        if (!jumps || file.loopOf(node) !== null) yield replace(keyword, "if", 0.6);
        return;
      }
      if (node.kind === "if_statement") {
        if (keyword !== undefined && node.namedChildren.every((child) => child.kind !== "elif_clause"))
          yield replace(keyword, "while", 0.5);
        return;
      }
      const over = node.child("right");
      const target = node.child("left");
      if (over === null || target === null) return;
      const guess = file.guess(over);
      const pair = target.kind === "pattern_list" && target.namedChildren.length === 2;
      if (over.kind === "call" && over.child("function")?.kind === "attribute" && argumentsOf(over).length === 0) {
        const [name, object] = [calleeName(over), over.child("function")?.child("object")?.text ?? ""];
        if (["items", "keys", "values"].includes(name)) yield replace(over, object, 0.5);
      } else if (guess === "dict" || guess === "unknown" || guess === "iterable") {
        if (over.kind === "identifier" || over.kind === "attribute") {
          if (pair) yield replace(over, `${over.text}.items()`, 0.8);
          else yield replace(over, `${over.text}.values()`, 0.4);
        }
      }
      if (pair && over.kind !== "call") yield replace(over, `enumerate(${over.text})`, 0.6);
      if (over.kind === "call" && over.child("function")?.text === "enumerate" && !pair) {
        const inner = argumentsOf(over)[0];
        if (inner !== undefined) yield replace(over, inner.text, 0.6);
      }
      if (over.kind === "call" && over.child("function")?.text === "range" && argumentsOf(over).length === 1) {
        const size = argumentsOf(over)[0];
        if (size?.kind === "call" && calleeName(size) === "len" && argumentsOf(size)[0] !== undefined)
          yield replace(over, argumentsOf(size)[0]?.text ?? "", 0.3);
        else if (size?.kind === "identifier") yield replace(over, `range(len(${size.text}))`, 0.2);
      }
      if (
        target.kind === "identifier" &&
        over.kind === "identifier" &&
        guess !== "dict" &&
        guess !== "set" &&
        isIterable(guess)
      )
        yield replace(over, `range(len(${over.text}))`, 0.3);
    },
  },
];

function* reversedIteration(over: SyntaxNode, file: PythonFile): Generator<Draft> {
  const name = over.kind === "call" ? over.child("function")?.text : undefined;
  const given = over.kind === "call" ? argumentsOf(over) : [];
  const [first, second, third] = given;
  if (name === "reversed" && first !== undefined) {
    yield replace(over, first.text);
    return;
  }
  if (name === "range" && first !== undefined) {
    yield replace(over, `reversed(${over.text})`, 0.6);
    const minus = (text: string, node: SyntaxNode): string => {
      if (/^\d+$/.test(text)) return String(Number(text) - 1);
      if (text.endsWith(" + 1") && node.kind === "binary_operator") return text.slice(0, -4);
      return precedenceOf(node) < PRECEDENCE.sum ? `(${text}) - 1` : `${text} - 1`;
    };
    if (third === undefined) {
      const [start, stop] = second === undefined ? [null, first] : [first, second];
      yield replace(
        over,
        `range(${minus(stop.text, stop)}, ${start === null ? "-1" : minus(start.text, start)}, -1)`,
        1,
      );
    } else if (second !== undefined && /^-\d+$/.test(third.text)) {
      const up = (node: SyntaxNode): string =>
        node.text.endsWith(" - 1")
          ? node.text.slice(0, -4)
          : /^-?\d+$/.test(node.text)
            ? String(Number(node.text) + 1)
            : `${node.text} + 1`;
      yield replace(over, second.text === "-1" ? `range(${up(first)})` : `range(${up(second)}, ${up(first)})`, 1);
    }
    return;
  }
  if (over.kind === "subscript" && /^::-1$/.test(over.child("subscript")?.text.replaceAll(" ", "") ?? "")) {
    yield replace(over, over.child("value")?.text ?? over.text);
    return;
  }
  if (name === "enumerate" || name === "zip" || file.guess(over) === "dict" || file.guess(over) === "set") return;
  yield replace(over, `reversed(${over.text})`, 0.8);
  if (over.kind === "identifier" || over.kind === "attribute") yield replace(over, `${over.text}[::-1]`, 0.3);
}
