import type { PythonFile } from "../file.ts";
import type { SyntaxNode } from "../tree.ts";
import { argumentsOf, calleeName, draft, insert, replace, type Draft, type Operator } from "./operator.ts";

const COPIED = ["identifier", "attribute", "subscript", "call"] as const;

export const COPY_OPERATORS: readonly Operator[] = [
  {
    id: "copy-argument",
    faultClass: "missing-copy",
    description: "A copy, or a deeper one, of a list, dict or set where the original was used",
    kinds: COPIED,
    *edits(node, file) {
      if (node.parent?.kind !== "return_statement" && node.parent?.kind !== "yield") yield* copies(node, file);
    },
  },
  {
    id: "copy-result",
    faultClass: "missing-copy",
    description: "A copy, or a deeper one, of what is returned",
    kinds: COPIED,
    *edits(node, file) {
      if (node.parent?.kind === "return_statement" || node.parent?.kind === "yield") yield* copies(node, file);
    },
  },
  {
    id: "copy-parameter",
    faultClass: "missing-copy",
    description: "A parameter copied at the start of the function, so that the caller's own is not changed",
    kinds: ["function_definition"],
    *edits(node, file) {
      const { layout } = file;
      const body = node.child("body")?.namedChildren ?? [];
      const first = body.find((child) => child.namedChildren[0]?.kind !== "string");
      const indent = first === undefined ? null : layout.indentOf(first);
      if (first === undefined || indent === null || !layout.ownsLines(first)) return;
      for (const { binding, guess } of file.variablesAt(first)) {
        if (
          binding.kind !== "parameter" ||
          binding.scope.node !== node ||
          binding.name === "self" ||
          guess === "number" ||
          guess === "string" ||
          guess === "bool"
        )
          continue;
        const changed = binding.uses.some(isChanged);
        const weight = changed ? 1 : 0.25;
        if (guess !== "dict" && guess !== "set")
          yield insertBefore(first, `${binding.name} = list(${binding.name})`, indent, weight);
        if (guess === "dict" || (guess === "unknown" && changed))
          yield insertBefore(first, `${binding.name} = dict(${binding.name})`, indent, weight);
        if (guess === "set") yield insertBefore(first, `${binding.name} = set(${binding.name})`, indent, weight);
        if (changed) {
          yield insertBefore(first, `${binding.name} = ${binding.name}.copy()`, indent, 0.8);
          yield insertBefore(first, `${binding.name} = [row[:] for row in ${binding.name}]`, indent, 0.4);
          yield insertBefore(first, `${binding.name} = [list(row) for row in ${binding.name}]`, indent, 0.4);
          if (file.scopes.resolve("copy", first)?.kind === "import")
            yield insertBefore(first, `${binding.name} = copy.deepcopy(${binding.name})`, indent, 0.8);
        }
      }

      function insertBefore(at: SyntaxNode, text: string, margin: string, weight: number): ReturnType<typeof draft> {
        return draft([layout.before(at, layout.block(text, "", margin))], weight);
      }
    },
  },
];

function* copies(node: SyntaxNode, file: PythonFile): Generator<Draft> {
  const copied = copyPlace(node, file);
  if (copied === 0 || (node.kind === "call" && !isShallowCopy(node))) return;
  const guess = file.guess(node);
  if (guess === "number" || guess === "string" || guess === "bool" || guess === "callable" || guess === "none") return;
  if (node.kind === "identifier" && file.scopes.resolve(node.text, node)?.kind.match(/function|class|import/)) return;
  if (node.kind === "call") {
    const original = argumentsOf(node)[0]?.text ?? node.child("function")?.child("object")?.text ?? "";
    yield* deepCopies(node, original, copied, file);
    return;
  }
  if (guess !== "dict" && guess !== "set") {
    yield replace(node, `list(${node.text})`, copied);
    yield insert(node.end, "[:]", copied * 0.9);
  }
  if (guess === "dict" || guess === "unknown") yield replace(node, `dict(${node.text})`, copied * 0.8);
  if (guess === "set") yield replace(node, `set(${node.text})`, copied * 0.8);
  yield insert(node.end, ".copy()", copied * 0.8);
  yield* deepCopies(node, node.text, copied * 0.7, file);
}

/** Copies of what is inside as well: for rows of a table, and with the copy module. */
function* deepCopies(node: SyntaxNode, original: string, weight: number, file: PythonFile): Generator<Draft> {
  yield replace(node, `[row[:] for row in ${original}]`, weight * 0.5);
  yield replace(node, `[list(row) for row in ${original}]`, weight * 0.5);
  yield replace(node, `[row.copy() for row in ${original}]`, weight * 0.3);
  yield replace(node, `[dict(row) for row in ${original}]`, weight * 0.3);
  if (file.scopes.resolve("copy", node)?.kind === "import")
    yield replace(node, `copy.deepcopy(${original})`, weight * 0.9);
  if (file.scopes.resolve("deepcopy", node)?.kind === "import") yield replace(node, `deepcopy(${original})`, weight);
}

function isShallowCopy(call: SyntaxNode): boolean {
  const callee = call.child("function");
  if (callee?.kind === "identifier") return ["list", "dict"].includes(callee.text) && argumentsOf(call).length === 1;
  return calleeName(call) === "copy" && argumentsOf(call).length <= 1;
}

/** How likely a container is shared by mistake here: 0 when it is no such place. */
function copyPlace(node: SyntaxNode, file: PythonFile): number {
  const parent = node.parent;
  if (parent === null) return 0;
  switch (parent.kind) {
    case "assignment":
      return node.field === "right" ? 1 : 0;
    case "return_statement":
      return node.kind === "attribute" ||
        (node.kind === "identifier" && file.scopes.resolve(node.text, node)?.kind === "parameter")
        ? 0.8
        : 0.3;
    case "argument_list":
      return ["append", "add", "insert", "setdefault", "put", "extend"].includes(
        parent.parent === null ? "" : calleeName(parent.parent),
      )
        ? 1
        : parent.parent?.child("function")?.kind === "identifier" && file.functions.has(calleeName(parent.parent))
          ? 0.4
          : 0;
    case "for_statement":
      return node.field === "right" ? 0.5 : 0;
    case "pair":
      return node.field === "value" ? 0.5 : 0;
    case "list_comprehension":
    case "dictionary_comprehension":
      return node.field === "body" ? 0.8 : 0;
    case "yield":
      return 0.9;
    case "default_parameter":
      return 0;
    default:
      return 0;
  }
}

const CHANGING = /^(append|extend|insert|pop|remove|sort|reverse|clear|update|add|discard|setdefault|popitem)$/;

/** True when this use changes the object itself. */
function isChanged(use: SyntaxNode): boolean {
  const parent = use.parent;
  if (parent?.kind === "attribute")
    return parent.parent?.kind === "call" && CHANGING.test(parent.child("attribute")?.text ?? "");
  let at: SyntaxNode | null = use;
  while (at?.parent?.kind === "subscript" && at.field === "value") at = at.parent;
  return at !== use && (at?.field === "left" || at?.parent?.kind === "delete_statement");
}
