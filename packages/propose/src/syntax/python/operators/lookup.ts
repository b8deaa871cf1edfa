import { isIterable } from "../guess.ts";
import { isDocstring } from "../statements.ts";
import { calleeName, draft, insert, replace, type Operator } from "./operator.ts";

export const LOOKUP_OPERATORS: readonly Operator[] = [
  {
    id: "safe-lookup",
    faultClass: "missing-guard",
    description: "A lookup that allows for a missing key: d.get(k, 0) for d[k], also in d[k] += 1 and d[k].append(x)",
    kinds: ["subscript", "augmented_assignment"],
    *edits(node, file) {
      const target = node.kind === "augmented_assignment" ? node.child("left") : node;
      if (target?.kind !== "subscript") return;
      const [container, key] = [target.child("value"), target.child("subscript")];
      if (
        container === null ||
        key === null ||
        key.kind === "slice" ||
        key.kind === "integer" ||
        key.kind === "unary_operator"
      )
        return;
      const guess = file.guess(container);
      if (guess !== "dict" && guess !== "unknown") return;
      const likely = guess === "dict" || file.guess(key) === "string" ? 1 : 0.5;
      if (node.kind === "augmented_assignment") {
        const [operator, right] = [node.child("operator")?.text ?? "", node.child("right")];
        if (right === null) return;
        const value = file.guess(right);
        const empty = value === "string" ? '""' : value === "list" ? "[]" : "0";
        yield replace(
          node,
          `${target.text} = ${container.text}.get(${key.text}, ${empty}) ${operator.slice(0, -1)} ${right.text}`,
          likely,
        );
        return;
      }
      if (node.field === "left" || node.parent?.kind === "pattern_list" || node.parent?.kind === "delete_statement")
        return;
      const method =
        node.parent?.kind === "attribute" && node.parent.parent?.kind === "call" ? calleeName(node.parent.parent) : "";
      if (method === "append" || method === "extend")
        yield replace(node, `${container.text}.setdefault(${key.text}, [])`, likely);
      else if (method === "add") yield replace(node, `${container.text}.setdefault(${key.text}, set())`, likely);
      else {
        yield replace(node, `${container.text}.get(${key.text})`, likely * 0.7);
        yield replace(node, `${container.text}.get(${key.text}, 0)`, likely * 0.7);
        yield replace(
          node,
          `${container.text}.get(${key.text}, [])`,
          likely * (node.field === "right" && node.parent?.kind !== "assignment" ? 0.7 : 0.3),
        );
      }
    },
  },
  {
    id: "assign-result",
    faultClass: "missing-statement",
    description: "The result of a call kept: x = x.replace(…), x = f(x)",
    kinds: ["expression_statement"],
    *edits(node) {
      const call = node.namedChildren[0];
      if (call?.kind !== "call") return;
      const callee = call.child("function");
      const object = callee?.kind === "attribute" ? callee.child("object") : null;
      const changing = /^(append|extend|insert|add|update|clear|remove|discard|sort|reverse|write|close|popleft)$/.test(
        calleeName(call),
      );
      if (object?.kind === "identifier" && object.text !== "self" && !changing)
        yield insert(node.start, `${object.text} = `, 0.6);
      const first = call.child("arguments")?.namedChildren[0];
      if (callee?.kind === "identifier" && first?.kind === "identifier")
        yield insert(node.start, `${first.text} = `, 0.5);
      if (callee?.text === "sorted" && first?.kind === "identifier") yield replace(call, `${first.text}.sort()`, 0.6);
    },
  },
  {
    id: "default-parameter",
    faultClass: "missing-guard",
    description: "A parameter that is None replaced by an empty value at the start of the function",
    kinds: ["function_definition"],
    *edits(node, file) {
      const { layout } = file;
      const first = node.child("body")?.namedChildren.find((child) => !isDocstring(child));
      const indent = first === undefined ? null : layout.indentOf(first);
      if (first === undefined || indent === null || !layout.ownsLines(first)) return;
      for (const { binding, guess } of file.variablesAt(first)) {
        if (binding.kind !== "parameter" || binding.scope.node !== node || binding.initialiser?.kind !== "none")
          continue;
        const values =
          guess === "number"
            ? ["0", "1"]
            : guess === "string"
              ? ['""']
              : guess === "dict"
                ? ["{}"]
                : guess === "set"
                  ? ["set()"]
                  : isIterable(guess)
                    ? ["[]"]
                    : ["[]", "{}", "0"];
        for (const [index, value] of values.entries()) {
          const text =
            layout.block(`if ${binding.name} is None:`, "", indent) +
            layout.block(`${binding.name} = ${value}`, "", indent + layout.unit);
          yield draft([layout.before(first, text)], 1 / (1 + index));
        }
      }
    },
  },
  {
    id: "yield-from",
    faultClass: "loop-kind",
    description: "`yield from` for `yield` and back",
    kinds: ["yield"],
    *edits(node) {
      const from = node.children.find((child) => child.kind === "from");
      const [keyword, value] = [node.children[0], node.namedChildren[0]];
      if (from !== undefined && value !== undefined) yield draft([{ start: from.start, end: value.start, text: "" }]);
      else if (keyword !== undefined && value !== undefined)
        yield insert(keyword.end, " from", value.kind === "call" || value.kind === "identifier" ? 1 : 0.4);
    },
  },
  {
    id: "swap-type",
    faultClass: "wrong-argument",
    description: "Another type, or one more, that isinstance asks for",
    kinds: ["call"],
    *edits(node) {
      if (node.child("function")?.text !== "isinstance") return;
      const type = node.child("arguments")?.namedChildren[1];
      const others: Readonly<Record<string, readonly string[]>> = {
        int: ["float", "str"],
        float: ["int"],
        str: ["int", "bytes", "list"],
        list: ["tuple", "dict", "set"],
        tuple: ["list"],
        dict: ["list"],
        set: ["list", "frozenset"],
        bool: ["int"],
      };
      if (type === undefined) return;
      for (const [index, other] of (others[type.text] ?? []).entries()) {
        yield replace(type, `(${type.text}, ${other})`, 0.9 - index * 0.2);
        yield replace(type, other, 0.7 - index * 0.2);
      }
    },
  },
];
