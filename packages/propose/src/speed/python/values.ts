import { argumentsOf, calleeName } from "../../syntax/python/operators/operator.ts";
import { freeNames } from "../../syntax/python/names.ts";
import { isDocstring } from "../../syntax/python/statements.ts";
import type { SyntaxNode } from "../../syntax/python/tree.ts";
import { edit } from "../operator.ts";
import { before, comparison, freshName, importing, prepared, repeats, replacing, type PythonOperator } from "./site.ts";

export const valueOperators: readonly PythonOperator[] = [
  {
    id: "append-in-place",
    description: "items appended to a list instead of a new list made for each",
    kinds: ["assignment"],
    *edits(node) {
      const left = node.child("left")?.text ?? "";
      const right = node.child("right")?.text ?? "";
      const list = /^([\w.[\]]+) \+ \[(.*)\]$/s.exec(right);
      if (list !== null && list[1] === left) yield* edit(replacing(node, `${left}.append(${list[2]})`));
      const spread = /^\[\*([\w.]+), (.*)\]$/s.exec(right);
      if (spread !== null && spread[1] === left) yield* edit(replacing(node, `${left}.append(${spread[2]})`));
      if (list === null && right.startsWith(`${left} + `))
        yield* edit(replacing(node, `${left}.extend(${right.slice(left.length + 3)})`), 0.6);
      const dict = /^\{\*\*([\w.]+), (.*)\}$/s.exec(right) ?? /^dict\(([\w.]+), \*\*(.*)\)$/s.exec(right);
      if (dict !== null && dict[1] === left)
        yield* edit(replacing(node, `${left}.update(${right.startsWith("{") ? `{${dict[2]}}` : dict[2]})`));
      const union = /^([\w.]+) \| (.*)$/s.exec(right);
      if (union !== null && union[1] === left) yield* edit(replacing(node, `${left} |= ${union[2]}`));
    },
  },
  {
    id: "drop-copy",
    description: "no copy where the original does",
    kinds: ["call", "subscript"],
    *edits(node) {
      const original = copyOf(node);
      if (original !== null) yield* edit(replacing(node, original), repeats(node).length > 0 ? 0.7 : 0.4);
    },
  },
  {
    id: "cheaper-copy",
    description: "a copy made by something faster",
    kinds: ["call"],
    *edits(node) {
      const [argument] = argumentsOf(node);
      if (!/^(copy\.)?deepcopy$/.test(node.child("function")?.text ?? "") || argument === undefined) return;
      yield* edit(replacing(node, argument.text));
      yield* edit(replacing(node, `${argument.text}.copy()`), 0.9);
      yield* edit(replacing(node, `[row[:] for row in ${argument.text}]`), 0.7);
      yield* edit(replacing(node, `[dict(row) for row in ${argument.text}]`), 0.6);
    },
  },
  {
    id: "short-circuit",
    description: "a search that stops at the first hit",
    kinds: ["list_comprehension", "comparison_operator", "subscript"],
    *edits(node) {
      if (node.kind === "list_comprehension") {
        const call = node.parent?.parent;
        if (
          node.parent?.kind === "argument_list" &&
          /^(any|all|sum|min|max|set|tuple|sorted)$/.test(call?.child("function")?.text ?? "")
        )
          yield* edit(
            replacing(
              node,
              argumentsOf(call as SyntaxNode).length === 1 ? node.text.slice(1, -1) : `(${node.text.slice(1, -1)})`,
            ),
            0.8,
          );
        return;
      }
      if (node.kind === "subscript") {
        const list = node.child("value");
        if (list?.kind === "list_comprehension" && node.child("subscript")?.text === "0")
          yield* edit(replacing(node, `next(${list.text.slice(1, -1)})`), 0.6);
        return;
      }
      const parts = comparison(node);
      const list =
        parts !== null && parts.left.kind === "call" && parts.left.child("function")?.text === "len"
          ? argumentsOf(parts.left)[0]
          : undefined;
      if (parts === null || list?.kind !== "list_comprehension") return;
      const any = `any(True${list.text.slice(1 + (list.child("body")?.text.length ?? 0), -1)})`;
      if (/^(>|!=) 0$|^>= 1$/.test(`${parts.operator} ${parts.right.text}`)) yield* edit(replacing(node, any));
      if (/^== 0$|^< 1$/.test(`${parts.operator} ${parts.right.text}`)) yield* edit(replacing(node, `not ${any}`));
    },
  },
  {
    id: "extreme-without-sort",
    description: "the smallest or largest found without sorting",
    kinds: ["subscript"],
    *edits(node) {
      const sorted = node.child("value");
      const at = node.child("subscript")?.text;
      if (sorted?.kind !== "call" || sorted.child("function")?.text !== "sorted") return;
      const match = /^(.*?)(, reverse=True)?$/s.exec(
        argumentsOf(sorted)
          .map((each) => each.text)
          .join(", "),
      ) as RegExpExecArray;
      const reversed = match[2] !== undefined;
      if (at === "0") yield* edit(replacing(node, `${reversed ? "max" : "min"}(${match[1]})`));
      if (at === "-1") yield* edit(replacing(node, `${reversed ? "min" : "max"}(${match[1]})`));
    },
  },
  {
    id: "count-below",
    description: "counts of smaller or larger items by binary search in a sorted copy",
    kinds: ["call"],
    *edits(node, file) {
      const callee = node.child("function")?.text;
      const made =
        callee === "len"
          ? argumentsOf(node)[0]
          : callee === "sum"
            ? (node.child("arguments") ?? argumentsOf(node)[0])
            : undefined;
      const match =
        /^[[(]*(?:1|\w+) for (\w+) in ([\w.]+) if (?:(\1 (<=?|>=?) (.+?))|((.+?) (<=?|>=?) \1))[\])]*$/s.exec(
          made?.text ?? "",
        );
      const list = made
        ?.walk()
        .find((each) => each.kind === "for_in_clause")
        ?.child("right");
      if (match === null || !list) return;
      const bound = match[5] ?? match[7] ?? "";
      const operator = match[4] ?? (match[8] ?? "").replace(/[<>]/, (sign) => (sign === "<" ? ">" : "<"));
      const sorted = freshName(file, "in_order");
      const side = operator === "<=" || operator === ">" ? "bisect_right" : "bisect_left";
      const place = `${side}(${sorted}, ${bound})`;
      const text = operator.startsWith("<") ? place : `len(${sorted}) - ${place}`;
      for (const each of prepared(file, node, [list], [`${sorted} = sorted(${list.text})`], text, 0.9))
        yield* edit([...importing(file, `from bisect import ${side}`), ...each.replacements], each.weight);
    },
  },
  {
    id: "memoise-recursion",
    description: "a recursion that remembers what it has computed",
    kinds: ["function_definition"],
    *edits(node, file) {
      const name = node.child("name")?.text ?? "";
      const body = node.child("body");
      const margin = file.layout.indentOf(node);
      if (body === null || margin === null || node.parent?.kind === "decorated_definition") return;
      const selfCalls = body.walk().filter((each) => each.kind === "call" && each.child("function")?.text === name);
      if (selfCalls.length === 0) return;
      const { newline, unit } = file.layout;
      const params = (node.child("parameters")?.namedChildren ?? []).map(
        (each) => each.walk().find((one) => one.kind === "identifier")?.text ?? "",
      );
      const isNested = file.functionOf(node).kind === "function_definition" && file.functionOf(node) !== node;
      const start = file.layout.lineStart(node.start);
      const import_ = importing(file, "from functools import lru_cache");
      // On a function of the module it would remember from call to call, and never forget.
      if (isNested)
        yield* edit([...import_, { start, end: start, text: `${margin}@lru_cache(maxsize=None)${newline}` }]);
      const first = body.namedChildren.find((each) => !isDocstring(each));
      if (first === undefined || file.layout.indentOf(first) === null) return;
      const changing = params.filter((param, i) =>
        selfCalls.some((call) => argumentsOf(call)[i] !== undefined && argumentsOf(call)[i]?.text !== param),
      );
      if (changing.length === 0) return;
      // The body becomes a function of what changes, remembered for the time of one outer call.
      const again = freshName(file, `${name.replace(/^_+/, "")}_once`);
      const from = file.layout.lineStart(first.start);
      const to = file.layout.endOf(body);
      let text = "";
      let at = from;
      for (const call of selfCalls) {
        const callee = call.child("function") as SyntaxNode;
        const list = call.child("arguments") as SyntaxNode;
        if (callee.start < at) return;
        const kept = argumentsOf(call)
          .filter((_, i) => changing.includes(params[i] as string))
          .map((each) => each.text);
        if (kept.some((each) => each.includes(`${name}(`))) return;
        text += `${file.source.slice(at, callee.start)}${again}(${kept.join(", ")})`;
        at = list.end;
      }
      text += file.source.slice(at, to);
      const inner = text
        .split(/\r?\n/)
        .map((line) => (line.trim() === "" ? line : unit + line))
        .join(newline);
      const base = margin + unit;
      const signature = changing.map((param) => {
        const declared = node
          .child("parameters")
          ?.namedChildren.find((each) => each.walk().some((one) => one.text === param));
        return declared?.kind.includes("default") ? declared.text : param;
      });
      yield* edit([
        ...import_,
        ...replacing(
          { start: from, end: to },
          [
            `${base}@lru_cache(maxsize=None)`,
            `${base}def ${again}(${signature.join(", ")}):`,
            inner,
            "",
            `${base}return ${again}(${changing.join(", ")})`,
          ].join(newline),
        ),
      ]);
    },
  },
  {
    id: "cache-calls",
    description: "results of a function kept by its argument",
    kinds: ["call"],
    *edits(node, file) {
      const around = repeats(node).at(-1);
      const args = argumentsOf(node);
      const callee = node.child("function");
      if (around === undefined || node.parent?.kind === "expression_statement" || args.length === 0 || args.length > 2)
        return;
      if (
        callee?.kind !== "identifier" ||
        args.some((each) => each.kind === "lambda" || each.kind === "keyword_argument")
      )
        return;
      if (args.every((each) => freeNames(each).length === 0)) return;
      const cached = freshName(file, `cached_${callee.text}`);
      const setUp = before(file, around, [`${cached} = lru_cache(maxsize=None)(${callee.text})`]);
      if (setUp !== null)
        yield* edit(
          [...importing(file, "from functools import lru_cache"), ...setUp, ...replacing(callee, cached)],
          0.5,
        );
    },
  },
  {
    id: "cache-key",
    description: "results of a key function kept by its argument",
    kinds: ["keyword_argument"],
    *edits(node, file) {
      const value = node.child("value");
      if (node.child("name")?.text === "key" && value?.kind === "identifier")
        yield* edit(
          [
            ...importing(file, "from functools import lru_cache"),
            ...replacing(value, `lru_cache(maxsize=None)(${value.text})`),
          ],
          0.3,
        );
    },
  },
];

/** What a copy is a copy of; null when the node is no copy. */
function copyOf(node: SyntaxNode): string | null {
  if (node.kind === "subscript")
    return node.child("subscript")?.text === ":" ? (node.child("value")?.text ?? null) : null;
  const [argument, more] = argumentsOf(node);
  const callee = node.child("function");
  if (callee?.kind === "attribute" && calleeName(node) === "copy" && argument === undefined)
    return callee.child("object")?.text ?? null;
  if (callee?.kind === "attribute" && calleeName(node) === "keys" && argument === undefined)
    return callee.child("object")?.text ?? null;
  if (more !== undefined || argument === undefined) return null;
  return /^(list|dict|set|tuple|sorted|copy\.copy|copy\.deepcopy|deepcopy)$/.test(callee?.text ?? "")
    ? argument.text
    : null;
}
