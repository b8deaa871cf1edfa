import { COLLECTION_MEMBERS } from "./javascript-methods.ts";
import type { ShapeNode } from "./shape-graph.ts";

/** Maps and sets are told by having no members but theirs. Call once all is known. */
export function settleCollections(shape: ShapeNode, seen = new Set<ShapeNode>()): void {
  const self = shape.self;
  if (seen.has(self)) return;
  seen.add(self);
  for (const member of self.members.values()) settleCollections(member, seen);
  const names = [...self.members.keys()];
  if (names.length === 0 || !names.every((name) => COLLECTION_MEMBERS.has(name))) return;
  if (names.includes("add")) self.hint("set", 4);
  else if (names.includes("set") || names.includes("has")) self.hint("map", 4);
  else return;
  const given = self.members.get("get");
  if (given !== undefined) self.keyed.join(given.returns);
}
