import { argumentsOf, calleeName } from "../../syntax/python/operators/operator.ts";
import { statementOf } from "../../syntax/python/statements.ts";
import { edit } from "../operator.ts";
import {
  after,
  before,
  comparison,
  freshName,
  importing,
  nameOf,
  prepared,
  repeats,
  replacing,
  type PythonOperator,
} from "./site.ts";

export const loopOperators: readonly PythonOperator[] = [
  {
    id: "hoist-invariant",
    description: "something computed once before a loop instead of on every turn",
    kinds: ["call", "binary_operator", "attribute", "subscript"],
    *edits(node, file) {
      if (
        node.parent?.kind === "expression_statement" ||
        (node.field === "left" && node.parent?.kind.endsWith("assignment")) ||
        (node.kind === "attribute" && node.field === "function")
      )
        return;
      const name = freshName(file, `${nameOf(node)}_once`);
      yield* prepared(file, node, [node], [`${name} = ${node.text}`], name, node.kind === "call" ? 0.9 : 0.3);
    },
  },
  {
    id: "early-break",
    description: "the loop left as soon as its answer is known",
    kinds: ["expression_statement"],
    *edits(node, file) {
      const assignment = node.namedChildren[0];
      if (assignment?.kind !== "assignment" || assignment.child("left")?.kind !== "identifier") return;
      if (file.loopOf(node) === null) return;
      const added = after(file, node, "break");
      const constant = /^(True|False|None|-?\d+)$/.test(assignment.child("right")?.text ?? "");
      yield* edit(added, constant ? 0.9 : 0.3);
    },
  },
  {
    id: "square-root-bound",
    description: "divisors tried up to the square root only",
    kinds: ["call", "comparison_operator"],
    *edits(node, file) {
      if (node.kind === "comparison_operator") {
        const parts = comparison(node);
        if (parts === null || node.parent?.kind !== "while_statement" || !/^<=?$/.test(parts.operator)) return;
        if (!node.parent.text.includes(`% ${parts.left.text}`)) return;
        const bound = parts.right.text.replace(/ \/\/ 2$/, "");
        yield* edit(replacing(node, `${parts.left.text} * ${parts.left.text} <= ${bound}`), 0.8);
        return;
      }
      const loop = node.parent;
      const variable = loop?.child("left")?.text;
      const [first, second, more] = argumentsOf(node);
      if (
        node.child("function")?.text !== "range" ||
        node.field !== "right" ||
        second === undefined ||
        more !== undefined
      )
        return;
      if (variable === undefined || !(loop?.parent?.text ?? "").includes(`% ${variable}`)) return;
      const number = second.text.replace(/ \/\/ 2| \+ 1|[()]/g, "");
      yield* edit(
        [
          ...importing(file, "from math import isqrt"),
          ...replacing(node, `range(${first?.text}, isqrt(max(0, ${number})) + 1)`),
        ],
        0.8,
      );
    },
  },
  {
    id: "loop-interchange",
    description: "two nested loops the other way round",
    kinds: ["for_statement"],
    *edits(node) {
      const inner = node.child("body")?.namedChildren;
      if (inner?.length !== 1 || inner[0]?.kind !== "for_statement") return;
      const head = (loop: typeof node): { start: number; end: number } => ({
        start: loop.start,
        end: loop.child("right")?.end ?? loop.start,
      });
      const text = (span: { start: number; end: number }): string => node.source.slice(span.start, span.end);
      const [a, b] = [head(node), head(inner[0])];
      yield* edit([...replacing(a, text(b)), ...replacing(b, text(a))], 0.2);
    },
  },
  {
    id: "queue-head",
    description: "a deque for a list that is read from its front",
    kinds: ["call"],
    *edits(node, file) {
      const list = node.child("function")?.child("object");
      if (calleeName(node) !== "pop" || list?.kind !== "identifier" || argumentsOf(node)[0]?.text !== "0") return;
      const binding = file.scopes.resolve(list.text, node);
      const initial = binding?.initialiser;
      if (!initial || repeats(node).length === 0) return;
      yield* edit([
        ...importing(file, "from collections import deque"),
        ...replacing(initial, `deque(${initial.text})`),
        ...replacing(node, `${list.text}.popleft()`),
      ]);
    },
  },
  {
    id: "append-and-reverse",
    description: "items appended and reversed once instead of put in front one by one",
    kinds: ["call"],
    *edits(node, file) {
      const list = node.child("function")?.child("object");
      const [at, item] = argumentsOf(node);
      const loop = repeats(node).at(-1);
      if (calleeName(node) !== "insert" || !list || at?.text !== "0" || item === undefined || loop === undefined)
        return;
      const added = after(file, loop, `${list.text}.reverse()`);
      if (added !== null) yield* edit([...replacing(node, `${list.text}.append(${item.text})`), ...added]);
    },
  },
  {
    id: "sort-once",
    description: "a list sorted once after the loop instead of on every turn",
    kinds: ["expression_statement"],
    *edits(node, file) {
      const statement = node.namedChildren[0];
      const sorts =
        (statement?.kind === "call" && /^(sort|reverse)$/.test(calleeName(statement))) ||
        /^(\w+) = (sorted|list|tuple)\(\1\b/.test(statement?.text ?? "");
      if (!sorts || !statement) return;
      for (const loop of repeats(node)) {
        const removed = file.layout.remove(node);
        const added = after(file, loop, statement.text);
        if (removed !== null && added !== null) yield* edit([removed, ...added]);
      }
    },
  },
  {
    id: "prefix-sums",
    description: "sums over ranges as differences of running sums",
    kinds: ["call"],
    *edits(node, file) {
      if (node.child("function")?.text !== "sum") return;
      const [slice] = argumentsOf(node);
      const match = /^([\w.]+)\[([^:\]]*):([^:]*)\]$/.exec(slice?.text ?? "");
      const list = slice?.child("value");
      if (match === null || !list) return;
      const sums = freshName(file, "sums");
      const [, name, from, to] = match as unknown as [string, string, string, string];
      const end = to === "" ? "-1" : `min(${to}, len(${name}))`;
      const text = `(${sums}[${end}] - ${sums}[${from === "" ? "0" : from}])`;
      const lines = [`${sums} = [0, *accumulate(${name})]`];
      for (const each of prepared(file, node, [list], lines, text, 0.9))
        yield* edit([...importing(file, "from itertools import accumulate"), ...each.replacements], each.weight);
    },
  },
  {
    id: "string-parts",
    description: "the parts of a text collected and joined once",
    kinds: ["expression_statement"],
    *edits(node, file) {
      const change = node.namedChildren[0];
      const left = change?.child("left");
      const loop = repeats(node).at(-1);
      if (!change || left?.kind !== "identifier" || loop === undefined) return;
      let added =
        change.kind === "augmented_assignment" && change.child("operator")?.text === "+="
          ? (change.child("right")?.text ?? null)
          : null;
      const right = change.kind === "assignment" ? change.child("right") : null;
      if (right?.kind === "binary_operator" && right.text.startsWith(`${left.text} + `))
        added = right.text.slice(left.text.length + 3);
      if (added === null) return;
      const parts = freshName(file, `${left.text}_parts`);
      const setUp = before(file, loop, [`${parts} = [${left.text}]`]);
      const joined = after(file, loop, `${left.text} = "".join(${parts})`);
      if (setUp !== null && joined !== null)
        yield* edit([...setUp, ...replacing(change, `${parts}.append(${added})`), ...joined], 0.6);
    },
  },
  {
    id: "reuse-result",
    description: "a call that is written twice made once",
    kinds: ["call"],
    *edits(node, file) {
      const statement = statementOf(node);
      const block = statement?.parent;
      if (!statement || !block || argumentsOf(node).length === 0) return;
      const same = block
        .walk()
        .filter((each) => each.kind === "call" && each.text === node.text && each.start >= statement.start);
      if (same.length < 2 || same[0] !== node) return;
      const name = freshName(file, `${calleeName(node)}_result`);
      const setUp = before(file, statement, [`${name} = ${node.text}`]);
      if (setUp !== null) yield* edit([...setUp, ...same.flatMap((each) => replacing(each, name))], 0.8);
    },
  },
  {
    id: "comprehension",
    description: "a comprehension for a loop that only appends",
    kinds: ["for_statement"],
    *edits(node, file) {
      const [only, more] = node.child("body")?.namedChildren ?? [];
      if (only === undefined || more !== undefined) return;
      const conditional =
        only.kind === "if_statement" && only.children.every((each) => !/clause/.test(each.kind)) ? only : null;
      const [inner, others] = conditional === null ? [only] : (conditional.child("consequence")?.namedChildren ?? []);
      const call = inner?.namedChildren[0];
      const list = call?.child("function")?.child("object");
      if (
        others !== undefined ||
        call?.kind !== "call" ||
        calleeName(call) !== "append" ||
        !list ||
        list.kind !== "identifier"
      )
        return;
      const test = conditional === null ? "" : ` if ${conditional.child("condition")?.text}`;
      const text = `${list.text}.extend([${argumentsOf(call)[0]?.text} for ${node.child("left")?.text} in ${node.child("right")?.text}${test}])`;
      yield* edit(replacing({ start: node.start, end: file.layout.endOf(node) }, text), 0.5);
    },
  },
];
