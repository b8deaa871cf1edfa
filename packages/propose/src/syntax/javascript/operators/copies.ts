import { type Node, calleeName, isFunction } from "../ast.ts";
import type { Kind } from "../kind.ts";
import { type Alternative, operator } from "../operator.ts";
import { POSTFIX } from "../precedence.ts";
import type { SourceFile } from "../source-file.ts";
import { replace } from "../text-edits.ts";

const COPYABLE = ["Identifier", "MemberExpression", "CallExpression", "ChainExpression"] as const;

/** Copies of a value of this kind, the usual way first. */
function copies(text: string, kind: Kind, base: string): [string, number][] {
  const array: [string, number][] = [
    [`[...${text}]`, 1],
    [`${base}.slice()`, 0.7],
    [`${base}.map((row) => [...row])`, 0.5],
    [`${base}.map((item) => ({ ...item }))`, 0.5],
    [`structuredClone(${text})`, 0.2],
  ];
  const object: [string, number][] = [
    [`{ ...${text} }`, 1],
    [`structuredClone(${text})`, 0.3],
  ];
  switch (kind) {
    case "array":
      return array;
    case "object":
      return object;
    case "map":
      return [[`new Map(${text})`, 1]];
    case "set":
      return [[`new Set(${text})`, 1]];
    case "date":
      return [[`new Date(${text})`, 1]];
    case "unknown":
      return [...array.slice(0, 4), ...object].map(([copy, weight]) => [copy, weight * 0.5]);
    default:
      return [];
  }
}

function* copiesOf(node: Node, file: SourceFile, factor: number): Generator<Alternative> {
  if (node.type === "CallExpression" && !/^(get|at|find|pop|shift)$/.test(calleeName(node) ?? "")) {
    if (node.callee.type !== "Identifier" && file.kinds.of(node) !== "array") return;
  }
  const all = copies(file.text(node), file.kinds.of(node), file.operand(node, POSTFIX));
  // Of a value of unknown kind that is only passed on, the two usual copies are enough.
  const likely =
    factor < 1 && file.kinds.of(node) === "unknown" ? all.filter(([copy]) => /^[[{] ?\.\.\./.test(copy)) : all;
  for (const [copy, weight] of likely) {
    const parent = node.parent;
    const text = parent?.type === "ArrowFunctionExpression" && copy.startsWith("{") ? `(${copy})` : copy;
    yield { replacements: replace(file.outer(node), text), weight: weight * factor };
  }
}

const MUTATORS = /^(sort|reverse|splice|push|pop|shift|unshift|fill)$/;

export const copyEdits = [
  operator({
    id: "spread-copy",
    faultClass: "missing-copy",
    description: "a copy where a value is kept under another name",
    kinds: COPYABLE,
    *alternatives(node, file) {
      const parent = node.parent;
      const kept =
        (parent?.type === "VariableDeclarator" && parent.init === node) ||
        (parent?.type === "AssignmentExpression" && parent.right === node && parent.operator === "=") ||
        (parent?.type === "Property" && parent.value === node && parent.parent?.type === "ObjectExpression");
      if (kept) {
        if (parent?.type === "Property" && parent.shorthand) {
          const name = file.text(node);
          for (const [copy, weight] of copies(name, file.kinds.of(node), name)) {
            yield { replacements: replace(parent, `${name}: ${copy}`), weight: weight * 0.7 };
          }
          return;
        }
        yield* copiesOf(node, file, 1);
        return;
      }
      // xs.sort() becomes [...xs].sort()
      if (parent?.type !== "MemberExpression" || parent.object !== node || parent.computed) return;
      const call = parent.parent;
      if (call?.type !== "CallExpression" || call.callee !== parent || !MUTATORS.test(calleeName(call) ?? "")) return;
      if (call.parent?.type === "ExpressionStatement") return;
      const text = file.text(node);
      yield { replacements: replace(node, `[...${text}]`) };
      yield { replacements: replace(node, `${text}.slice()`), weight: 0.7 };
    },
  }),
  operator({
    id: "copy-argument",
    faultClass: "missing-copy",
    description: "a copy handed to a function or put into a collection",
    kinds: COPYABLE,
    *alternatives(node, file) {
      const parent = node.parent;
      const call = (parent?.type === "CallExpression" || parent?.type === "NewExpression") && parent.callee !== node;
      if (call || parent?.type === "ArrayExpression")
        yield* copiesOf(node, file, call && calleeName(parent) === "push" ? 1 : 0.5);
    },
  }),
  operator({
    id: "copy-result",
    faultClass: "missing-copy",
    description: "a copy returned",
    kinds: COPYABLE,
    *alternatives(node, file) {
      const parent = node.parent;
      if (parent?.type === "ReturnStatement" || (parent?.type === "ArrowFunctionExpression" && parent.body === node))
        yield* copiesOf(node, file, 0.7);
    },
  }),
  operator({
    id: "copy-parameter",
    faultClass: "missing-copy",
    description: "a parameter that is changed copied first",
    kinds: ["Identifier"],
    *alternatives(node, file) {
      const home = node.parent;
      if (!home || !isFunction(home) || home.body?.type !== "BlockStatement" || !home.params.includes(node as never))
        return;
      const binding = file.scopes.lookup(node.name, home.body);
      const first = home.body.body[0];
      if (!binding || !first) return;
      const kind = file.kinds.ofBinding(binding);
      if (kind !== "array" && kind !== "object" && kind !== "map" && kind !== "set" && kind !== "unknown") return;
      const separator = `${file.style.semicolon}${file.style.eol}${file.indentAt(first.start)}`;
      for (const [copy, weight] of copies(node.name, kind, node.name).slice(0, 3)) {
        yield {
          replacements: [{ start: first.start, end: first.start, text: `${node.name} = ${copy}${separator}` }],
          weight: weight * 0.5,
        };
      }
    },
  }),
  operator({
    id: "remove-copy",
    faultClass: "extra-statement",
    description: "the value itself instead of a copy",
    kinds: ["ArrayExpression", "ObjectExpression"],
    *alternatives(node, file) {
      const only = node.type === "ArrayExpression" ? node.elements : node.properties;
      if (only.length !== 1 || only[0]?.type !== "SpreadElement") return;
      yield { replacements: replace(file.outer(node), file.outerText(only[0].argument)), weight: 0.5 };
    },
  }),
  operator({
    id: "spread-element",
    faultClass: "missing-call",
    description: "the elements of an array instead of the array, or the other way round",
    kinds: ["Identifier", "MemberExpression", "CallExpression", "SpreadElement"],
    *alternatives(node, file) {
      const parent = node.parent;
      if (node.type === "SpreadElement") {
        if (parent?.type !== "ObjectExpression")
          yield { replacements: replace(node, file.outerText(node.argument)), weight: 0.7 };
        return;
      }
      const listed =
        parent?.type === "ArrayExpression" ||
        ((parent?.type === "CallExpression" || parent?.type === "NewExpression") && parent.callee !== node);
      const kind = file.kinds.of(node);
      if (listed && (kind === "array" || kind === "unknown" || kind === "set")) {
        yield {
          replacements: [{ start: file.outer(node).start, end: file.outer(node).start, text: "..." }],
          weight: kind === "array" ? 0.5 : 0.2,
        };
      }
    },
  }),
  operator({
    id: "fresh-elements",
    faultClass: "missing-copy",
    description: "a new value for every element or call instead of one that is shared",
    kinds: ["CallExpression"],
    *alternatives(node, file) {
      if (node.callee.type !== "MemberExpression") return;
      const object = node.callee.object;
      const [first] = node.arguments;
      if (!first) return;
      if (
        calleeName(node) === "fill" &&
        node.arguments.length === 1 &&
        (object.type === "NewExpression" || object.type === "CallExpression")
      ) {
        const count = object.arguments[0];
        if (calleeName(object) !== "Array" || !count) return;
        const value = first.type === "ObjectExpression" ? `(${file.text(first)})` : file.text(first);
        yield { replacements: replace(node, `Array.from({ length: ${file.text(count)} }, () => ${value})`) };
        return;
      }
      const assigns = calleeName(node) === "assign" && object.type === "Identifier" && object.name === "Object";
      if (!assigns || first.type === "ObjectExpression") return;
      yield { replacements: [{ start: first.start, end: first.start, text: "{}, " }] };
      yield {
        replacements: replace(node, `{ ${node.arguments.map((one) => `...${file.text(one)}`).join(", ")} }`),
        weight: 0.5,
      };
    },
  }),
];
