import type { SyntaxNode } from "./tree.ts";

export const BUILTINS: ReadonlySet<string> = new Set(
  (
    "abs all any ascii bin bool bytearray bytes callable chr classmethod complex dict dir divmod enumerate filter float format frozenset getattr hasattr hash hex id int " +
    "isinstance issubclass iter len list map max memoryview min next object oct open ord pow print property range repr reversed round set setattr slice sorted " +
    "staticmethod str sum super tuple type vars zip True False None NotImplemented Ellipsis __name__ " +
    "ArithmeticError AssertionError AttributeError BaseException EOFError Exception FileNotFoundError ImportError IndexError KeyError LookupError MemoryError NameError " +
    "NotImplementedError OSError OverflowError PermissionError RecursionError RuntimeError StopIteration StopAsyncIteration SyntaxError TimeoutError TypeError " +
    "UnicodeDecodeError UnicodeEncodeError UnicodeError ValueError ZeroDivisionError"
  ).split(" "),
);

/** True for an identifier that names a variable (not an attribute, a keyword's name, or a part of an import). */
export function isVariable(node: SyntaxNode): boolean {
  if (node.kind !== "identifier") return false;
  const parent = node.parent;
  if (parent === null) return false;
  if (parent.kind === "attribute") return node.field === "object";
  if (parent.kind === "keyword_argument") return node.field === "value";
  if (parent.kind === "dotted_name" || parent.kind === "aliased_import") return false;
  return true;
}

export function firstIdentifier(node: SyntaxNode): SyntaxNode | null {
  for (const inner of node.walk()) if (inner.kind === "identifier") return inner;
  return null;
}

/** Names an expression or statement reads that it does not bind itself, sorted, without builtins. */
export function freeNames(node: SyntaxNode): readonly string[] {
  const names = new Set<string>();
  const bound = new Set<string>();
  const collect = (at: SyntaxNode): void => {
    if (at.kind === "type") return;
    if (at.kind === "for_in_clause")
      for (const name of at.child("left")?.walk() ?? []) if (name.kind === "identifier") bound.add(name.text);
    if (at.kind === "lambda")
      for (const parameter of at.child("parameters")?.namedChildren ?? [])
        bound.add(firstIdentifier(parameter)?.text ?? "");
    if (at.kind === "identifier" && isVariable(at) && !isWrittenOnly(at)) names.add(at.text);
    for (const child of at.children) if (child.named) collect(child);
  };
  collect(node);
  return [...names].filter((name) => !bound.has(name) && !BUILTINS.has(name)).sort();
}

/** True for names that plain assignments and loops write: they need not exist before. */
export function isWrittenOnly(node: SyntaxNode): boolean {
  let at = node;
  while (at.parent !== null && (at.parent.kind === "pattern_list" || at.parent.kind === "tuple_pattern"))
    at = at.parent;
  const parent = at.parent;
  if (parent === null) return false;
  return (
    at.field === "left" &&
    (parent.kind === "assignment" || parent.kind === "for_statement" || parent.kind === "for_in_clause")
  );
}
