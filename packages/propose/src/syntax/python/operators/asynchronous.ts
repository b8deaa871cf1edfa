import type { SyntaxNode } from "../tree.ts";
import type { PythonFile } from "../file.ts";
import { precedenceOf, PRECEDENCE } from "../precedence.ts";
import { calleeName, replace, replaceExpression, type Operator } from "./operator.ts";

const COROUTINES = new Set([
  "sleep",
  "gather",
  "wait",
  "wait_for",
  "acquire",
  "join",
  "put",
  "get",
  "drain",
  "connect",
  "send",
  "recv",
  "read",
  "write",
  "fetch",
]);

function isAsync(definition: SyntaxNode | null): boolean {
  return definition?.children[0]?.kind === "async";
}

/** How likely a call returns a coroutine: 1 for async functions of the file, less for what is unknown. */
function coroutine(call: SyntaxNode, file: PythonFile): number {
  const callee = call.child("function");
  const name = calleeName(call);
  const definition = file.functions.get(name);
  if (definition !== undefined) return isAsync(definition) ? 1 : 0;
  if (callee?.kind === "identifier") {
    const binding = file.scopes.resolve(name, call);
    return binding?.kind === "parameter" || binding?.kind === "local" || binding?.kind === "loop" ? 0.8 : 0;
  }
  if (callee?.kind === "attribute") return COROUTINES.has(name) ? 0.8 : 0.15;
  return 0.8;
}

export const ASYNCHRONOUS_OPERATORS: readonly Operator[] = [
  {
    id: "add-await",
    faultClass: "missing-await",
    description: "`await` in front of a call or a value inside of an async function",
    kinds: ["call", "identifier"],
    *edits(node, file) {
      const own = file.functionOf(node);
      if (!isAsync(own) || node.parent?.kind === "await" || node.ancestor("lambda", "function_definition") !== own)
        return;
      if (node.kind === "identifier") {
        const binding = file.scopes.resolve(node.text, node);
        const value = binding?.initialiser;
        const held = value?.kind === "call" && coroutine(value, file) >= 0.8;
        if (
          !held ||
          binding === null ||
          node.field === "left" ||
          node.field === "function" ||
          node.parent?.kind === "attribute"
        )
          return;
        yield replaceExpression(node, `await ${node.text}`, PRECEDENCE.await, 0.6);
        return;
      }
      const weight = coroutine(node, file);
      if (weight > 0) yield replaceExpression(node, `await ${node.text}`, PRECEDENCE.await, weight);
    },
  },
  {
    id: "remove-await",
    faultClass: "missing-await",
    description: "An `await` taken away",
    kinds: ["await"],
    *edits(node) {
      const value = node.namedChildren[0];
      if (value !== undefined) yield replaceExpression(node, value.text, precedenceOf(value));
    },
  },
  {
    id: "await-all",
    faultClass: "missing-await",
    description: "All coroutines of a list awaited together: await asyncio.gather(*…)",
    kinds: ["list_comprehension", "list"],
    *edits(node, file) {
      if (!isAsync(file.functionOf(node)) || file.scopes.resolve("asyncio", node) === null) return;
      const body = node.namedChildren[0];
      if (body?.kind !== "call" || coroutine(body, file) < 0.8) return;
      yield replace(node, `await asyncio.gather(*${node.text})`, 0.8);
    },
  },
];
