import { patternIdentifiers } from "../syntax/javascript/scope.ts";
import { children, isReference, type Node } from "../syntax/javascript/ast.ts";
import { SourceFile } from "../syntax/javascript/source-file.ts";
import type { Fragment, Surroundings } from "./fragment.ts";
import { importOf } from "./javascript.ts";

/** What the file around a fragment has to offer. */
export interface Definitions {
  readonly imports: readonly string[];
  /** Top-level statements, in their order. */
  readonly statements: readonly string[];
}

const NONE: Definitions = { imports: [], statements: [] };

/** Takes the top-level declarations and imports that the wanted names need, and those that they need in turn, from outside of the fragment. */
export function findDefinitions(
  fragment: Fragment,
  wanted: readonly string[],
  { useDefinitions, missingModules }: Surroundings,
): { readonly definitions: Definitions; readonly used: readonly string[] } {
  const file = useDefinitions ? SourceFile.parse(fragment.text, fragment.path) : null;
  if (file === null) return { definitions: NONE, used: [] };
  const outside = (file.program.body as readonly Node[]).filter(
    (node) => file.lineOf(node.end) < fragment.from || file.lineOf(node.start) > fragment.to,
  );
  const chosen = new Set<Node>();
  const used = new Set<string>();
  const queue = [...wanted];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (used.has(name)) continue;
    const statement = outside.find((node) => declaredBy(node).includes(name as string));
    if (statement === undefined) continue;
    if (statement.type === "ImportDeclaration" && missingModules.has(statement.source.value)) continue;
    for (const declared of declaredBy(statement)) used.add(declared);
    if (chosen.has(statement)) continue;
    chosen.add(statement);
    queue.push(...references(statement));
  }
  const ordered = outside.filter((node) => chosen.has(node));
  return {
    definitions: {
      imports: ordered.flatMap((node) => (node.type === "ImportDeclaration" ? [importOf(node, file).text] : [])),
      statements: ordered
        .filter((node) => node.type !== "ImportDeclaration")
        .map((node) => file.text(node).replace(/^export\s+(?:default\s+)?/, "")),
    },
    used: [...used],
  };
}

function declaredBy(node: Node): readonly string[] {
  switch (node.type) {
    case "ImportDeclaration":
      return node.specifiers.map(({ local }) => local.name);
    case "FunctionDeclaration":
    case "ClassDeclaration":
      return node.id === null ? [] : [node.id.name];
    case "VariableDeclaration":
      return node.declarations.flatMap(({ id }) => [...patternIdentifiers(id as Node)].map(({ name }) => name));
    case "ExportNamedDeclaration":
      return node.declaration === null ? [] : declaredBy(node.declaration as Node);
    case "ExportDefaultDeclaration":
      return declaredBy(node.declaration as Node);
    default:
      return [];
  }
}

function references(node: Node): readonly string[] {
  const own = node.type === "Identifier" && isReference(node) ? [node.name] : [];
  return [...own, ...children(node).flatMap(references)];
}
