import { argumentsOf, calleeName } from "../../syntax/python/operators/operator.ts";
import { freeNames } from "../../syntax/python/names.ts";
import { statementOf } from "../../syntax/python/statements.ts";
import { edit } from "../operator.ts";
import {
  after,
  before,
  comparison,
  conjuncts,
  freshName,
  importing,
  isInvariant,
  keyedEquality,
  nameOf,
  prepared,
  repeats,
  replacing,
  type PythonOperator,
} from "./site.ts";

export const lookupOperators: readonly PythonOperator[] = [
  {
    id: "lookup-set",
    description: "a set for a list that is searched again and again",
    kinds: ["comparison_operator"],
    *edits(node, file) {
      const found = comparison(node);
      if (found === null || !/^(not )?in$/.test(found.operator)) return;
      const name = freshName(file, `${nameOf(found.right)}_set`);
      yield* prepared(
        file,
        node,
        [found.right],
        [`${name} = set(${found.right.text})`],
        `${found.left.text} ${found.operator} ${name}`,
      );
    },
  },
  {
    id: "growing-set",
    description: "a set kept beside a list that grows while it is searched",
    kinds: ["comparison_operator"],
    *edits(node, file) {
      const found = comparison(node);
      if (found === null || !/^(not )?in$/.test(found.operator) || found.right.kind !== "identifier") return;
      if (repeats(node).length === 0) return;
      const binding = file.scopes.resolve(found.right.text, node);
      const declared = binding === null || binding === undefined ? null : statementOf(binding.declaration);
      if (!binding || declared === null || binding.initialiser === null) return;
      const name = freshName(file, `${found.right.text}_seen`);
      const setUp = after(file, declared, `${name} = set(${found.right.text})`);
      if (setUp === null) return;
      const parts = [...setUp, ...replacing(node, `${found.left.text} ${found.operator} ${name}`)];
      let grows = false;
      for (const use of binding.uses) {
        const call = use.parent?.parent;
        if (use.parent?.kind !== "attribute" || call?.kind !== "call" || calleeName(call) !== "append") continue;
        const statement = statementOf(call);
        const added =
          statement === null ? null : after(file, statement, `${name}.add(${argumentsOf(call)[0]?.text ?? ""})`);
        if (added === null) return;
        grows = true;
        parts.push(...added);
      }
      if (grows) yield* edit(parts);
    },
  },
  {
    id: "index-map",
    description: "a dict from items to their places for a list in which places are looked up",
    kinds: ["call"],
    *edits(node, file) {
      const list = node.child("function")?.child("object");
      const [item, more] = argumentsOf(node);
      if (!list || calleeName(node) !== "index" || item === undefined || more !== undefined) return;
      const name = freshName(file, `${nameOf(list)}_at`);
      const lines = [
        `${name} = {}`,
        `for place, item in enumerate(${list.text}):\n${file.layout.unit}${name}.setdefault(item, place)`,
      ];
      yield* prepared(file, node, [list], lines, `${name}[${item.text}]`);
    },
  },
  {
    id: "count-map",
    description: "all items counted once instead of one of them again and again",
    kinds: ["call"],
    *edits(node, file) {
      const list = node.child("function")?.child("object");
      const [item, more] = argumentsOf(node);
      if (!list || calleeName(node) !== "count" || item === undefined || more !== undefined) return;
      const name = freshName(file, `${nameOf(list)}_counts`);
      for (const each of prepared(file, node, [list], [`${name} = Counter(${list.text})`], `${name}[${item.text}]`))
        yield* edit([...importing(file, "from collections import Counter"), ...each.replacements], each.weight);
    },
  },
  {
    id: "keyed-loop",
    description: "an inner loop over the items with the wanted key instead of over all items",
    kinds: ["for_statement", "for_in_clause"],
    *edits(node, file) {
      const left = node.child("left");
      const right = node.child("right");
      if (left === null || right === null) return;
      const variables = left
        .walk()
        .filter((each) => each.kind === "identifier")
        .map((each) => each.text);
      const owner = node.kind === "for_statement" ? node : node.parent;
      const conditions = (owner?.walk() ?? []).flatMap((each) => {
        const test =
          each.kind === "if_statement"
            ? each.child("condition")
            : each.kind === "if_clause"
              ? each.namedChildren[0]
              : null;
        return test ? conjuncts(test) : [];
      });
      for (const condition of conditions) {
        const keyed = keyedEquality(condition, variables);
        if (
          keyed === null ||
          freeNames(keyed.own).some(
            (name) => !variables.includes(name) && !isInvariant([keyed.own], node) && writtenHere(name),
          )
        )
          continue;
        const name = freshName(file, `${nameOf(right)}_by_key`);
        const lines = [
          `${name} = {}`,
          `for ${left.text} in ${allOf(right.text)}:\n${file.layout.unit}${name}.setdefault(${keyed.own.text}, []).append(${grouped(left.text)})`,
        ];
        const from = rangeStart(right.text);
        const place = node.kind === "for_statement" ? node : (owner as typeof node);
        const outer =
          repeats(place).findLast((region) => isInvariant(namesOutsideRange(right), region)) ??
          (node.kind === "for_in_clause" ? owner : null);
        const setUp = outer === null || outer === undefined ? null : before(file, outer, lines);
        if (setUp === null) continue;
        const items = `${name}.get(${keyed.key}, ())`;
        const iterated =
          from === null ? items : `[${left.text} for ${left.text} in ${items} if ${left.text} >= ${from}]`;
        yield* edit([...setUp, ...replacing(right, iterated)]);
      }

      function writtenHere(name: string): boolean {
        return repeats(node).some((region) => region.child("left")?.text === name);
      }
      function namesOutsideRange(over: typeof node): readonly (typeof node)[] {
        if (calleeName(over) !== "range") return [over];
        return argumentsOf(over).slice(-1);
      }
    },
  },
  {
    id: "unique-dict",
    description: "distinct items in order by a dict",
    kinds: ["for_statement"],
    *edits(node, file) {
      const match = /^for (\w+) in ([\w.]+):\s+if \1 not in (\w+):\s+\3\.append\(\1\)$/.exec(node.text.trim());
      const margin = file.layout.indentOf(node);
      if (match !== null && margin !== null)
        yield* edit(
          replacing(
            { start: node.start, end: file.layout.endOf(node) },
            `${match[3]}.extend(dict.fromkeys(${match[2]}))`,
          ),
          0.8,
        );
    },
  },
];

/** The whole range of which an inner loop walks the end. */
function allOf(iterated: string): string {
  const match = /^range\((.+),\s*([^,]+)\)$/s.exec(iterated);
  return match === null ? iterated : `range(${match[2]})`;
}

function rangeStart(iterated: string): string | null {
  const match = /^range\((.+),\s*([^,]+)\)$/s.exec(iterated);
  return match === null || match[1] === "0" ? null : (match[1] as string);
}

function grouped(pattern: string): string {
  return pattern.includes(",") && !pattern.startsWith("(") ? `(${pattern})` : pattern;
}
