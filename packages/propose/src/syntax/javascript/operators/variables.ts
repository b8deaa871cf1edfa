import { type Node, enclosingFunction, isReference, staticName } from "../ast.ts";
import { foreignProperties } from "../ingredients.ts";
import { nameSimilarity, rankNames, round } from "../names.ts";
import { operator } from "../operator.ts";
import type { SourceFile } from "../source-file.ts";
import { replace } from "../text-edits.ts";

/** Alternatives per site. */
const NAMES = 6;

function isWritten(node: Node): boolean {
  const parent = node.parent;
  return (
    (parent?.type === "AssignmentExpression" && parent.left === node) ||
    parent?.type === "UpdateExpression" ||
    parent?.type === "ArrayPattern" ||
    (parent?.type === "Property" && parent.parent?.type === "ObjectPattern")
  );
}

/** True for a literal that is a result: returned, one side of a conditional, or assigned. */
function standsForResult(node: Node): boolean {
  const parent = node.parent;
  switch (parent?.type) {
    case "ReturnStatement":
      return true;
    case "ConditionalExpression":
      return parent.test !== node;
    case "AssignmentExpression":
      return parent.right === node;
    case "ArrowFunctionExpression":
      return parent.body === node;
    case "LogicalExpression":
      return parent.operator === "??" && parent.right === node;
    default:
      return false;
  }
}

/** Other properties used in the file that could stand in place of this one. */
export function rankProperties(
  file: SourceFile,
  name: string,
  base: string,
  called: boolean,
  line: number,
): { name: string; weight: number }[] {
  const best = new Map<string, number>();
  const related = new Set(file.properties.filter((use) => use.name === name).map((use) => use.base));
  for (const use of file.properties) {
    if (use.name === name || use.called !== called) continue;
    if (use.name.startsWith("#") && base !== "this") continue;
    // Objects on which this property is used somewhere are likely of the same shape.
    const same = use.base === base ? 0.5 : related.has(use.base) && use.base !== "this" ? 0.25 : 0;
    if (base === "this" && use.base !== "this") continue;
    // A property of something else entirely needs at least a name that looks like this one's.
    if (same === 0 && use.base !== "" && nameSimilarity(name, use.name) < 0.3) continue;
    const weight = round(
      0.05 + same + 0.2 * nameSimilarity(name, use.name) + 0.15 / (1 + Math.abs(use.line - line) / 5),
    );
    if (weight > (best.get(use.name) ?? 0)) best.set(use.name, weight);
  }
  return [...best]
    .map(([other, weight]) => ({ name: other, weight }))
    .sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1))
    .slice(0, NAMES);
}

export const variableEdits = [
  operator({
    id: "replace-variable",
    faultClass: "wrong-variable",
    description: "another variable in scope",
    kinds: ["Identifier", "Literal"],
    *alternatives(node, file) {
      if (node.type === "Literal") {
        if (!standsForResult(node)) return;
        const names = rankNames(file, node, { kind: file.kinds.of(node), like: "", exclude: new Set(), limit: 3 });
        for (const other of names) yield { replacements: replace(node, other.name), weight: round(other.weight * 0.5) };
        return;
      }
      if (!isReference(node)) return;
      const binding = file.scopes.resolve(node);
      if (!binding) return;
      const parent = node.parent;
      if (parent?.type.startsWith("Export")) return;
      const kind = file.kinds.ofBinding(binding);
      const shorthand = parent?.type === "Property" && parent.shorthand;
      const called = parent?.type === "CallExpression" && parent.callee === node;
      const names = rankNames(file, node, {
        kind: called ? "function" : kind,
        like: node.name,
        exclude: new Set([node.name]),
        limit: NAMES,
        writable: isWritten(node),
      });
      for (const other of names) {
        yield {
          replacements: replace(node, shorthand ? `${node.name}: ${other.name}` : other.name),
          weight: other.weight,
        };
      }
    },
  }),
  operator({
    id: "replace-property",
    faultClass: "wrong-property",
    description: "another property of the same object",
    kinds: ["MemberExpression", "Property"],
    *alternatives(node, file, context) {
      if (node.type === "Property") {
        if (node.computed || node.shorthand || node.key.type !== "Identifier" || node.method) return;
        const others = rankProperties(file, node.key.name, "", false, file.lineOf(node.start));
        for (const other of others.slice(0, 3)) {
          if (!other.name.startsWith("#"))
            yield { replacements: replace(node.key, other.name), weight: round(other.weight * 0.5) };
        }
        return;
      }
      const name = staticName(node.property);
      if (node.computed || name === null) return;
      const parent = node.parent;
      const called = parent?.type === "CallExpression" && parent.callee === node;
      for (const other of rankProperties(file, name, file.text(node.object), called, file.lineOf(node.start))) {
        yield { replacements: replace(node.property, other.name), weight: other.weight };
      }
      if (!called && node.object.type !== "ThisExpression") {
        const known = new Set(file.properties.map((use) => use.name));
        const foreign = foreignProperties(context)
          .filter((other) => !known.has(other))
          .map((other) => ({ other, weight: round(0.1 + 0.4 * nameSimilarity(name, other)) }))
          .sort((a, b) => b.weight - a.weight || (a.other < b.other ? -1 : 1));
        for (const { other, weight } of foreign.slice(0, 4))
          yield { replacements: replace(node.property, other), weight };
      }
      if (name === "length") yield { replacements: replace(node.property, "size"), weight: 0.2 };
      if (name === "size") yield { replacements: replace(node.property, "length"), weight: 0.2 };
    },
  }),
  operator({
    id: "access-property",
    faultClass: "wrong-property",
    description: "a property of the value instead of the value",
    kinds: ["Identifier", "MemberExpression"],
    *alternatives(node, file) {
      const parent = node.parent;
      if (node.type === "Identifier" && !isReference(node)) return;
      if (!parent || isWritten(node) || parent.type === "MemberExpression") return;
      if ((parent.type === "CallExpression" || parent.type === "NewExpression") && parent.callee === node) return;
      if (parent.type === "Property" && parent.shorthand) return;
      const base = file.text(node);
      const kind = file.kinds.of(node);
      if (kind === "array" || kind === "string") yield { replacements: replace(node, `${base}.length`), weight: 0.4 };
      if (kind === "map" || kind === "set") yield { replacements: replace(node, `${base}.size`), weight: 0.4 };
      const uses = new Set(file.properties.filter((use) => use.base === base && !use.called).map((use) => use.name));
      for (const name of [...uses].slice(0, 4)) yield { replacements: replace(node, `${base}.${name}`), weight: 0.3 };
    },
  }),
  operator({
    id: "drop-property",
    faultClass: "wrong-property",
    description: "the value instead of a property of it",
    kinds: ["MemberExpression"],
    *alternatives(node, file) {
      const parent = node.parent;
      if (node.object.type === "ThisExpression" || node.object.type === "Super" || !parent) return;
      if (isWritten(node) && node.object.type !== "MemberExpression") return;
      if ((parent.type === "CallExpression" || parent.type === "NewExpression") && parent.callee === node) return;
      yield { replacements: replace(node, file.outerText(node.object)), weight: node.computed ? 0.4 : 0.3 };
    },
  }),
  operator({
    id: "variable-to-member",
    faultClass: "wrong-variable",
    description: "a variable for the member of the same name, and the other way round",
    kinds: ["Identifier", "MemberExpression"],
    *alternatives(node, file) {
      if (node.type === "Identifier") {
        if (!isReference(node) || !file.hasThis(node) || (node.parent?.type === "Property" && node.parent.shorthand))
          return;
        const similar = rankProperties(file, node.name, "this", false, file.lineOf(node.start));
        const own = file.properties.some((use) => use.base === "this" && use.name === node.name)
          ? [{ name: node.name, weight: 0.6 }]
          : [];
        for (const other of [...own, ...similar.slice(0, 3)]) {
          yield { replacements: replace(node, `this.${other.name}`), weight: round(other.weight * 0.6) };
        }
        return;
      }
      const name = node.computed ? null : staticName(node.property);
      if (name === null || (node.parent?.type === "CallExpression" && node.parent.callee === node)) return;
      if (!enclosingFunction(node)) return;
      const names = rankNames(file, node, {
        kind: file.kinds.of(node),
        like: name,
        exclude: new Set(),
        limit: 3,
        writable: isWritten(node),
      });
      for (const other of names) yield { replacements: replace(node, other.name), weight: round(other.weight * 0.5) };
    },
  }),
];
