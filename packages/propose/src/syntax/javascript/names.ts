import type { Node } from "./ast.ts";
import { type Kind, compatible } from "./kind.ts";
import type { Binding } from "./scope.ts";
import type { SourceFile } from "./source-file.ts";

const wordsOf = new Map<string, readonly string[]>();

/** Words of a camelCase, PascalCase, snake_case or SCREAMING name, in lower case. */
export function words(name: string): readonly string[] {
  let found = wordsOf.get(name);
  if (!found) {
    if (wordsOf.size > 10_000) wordsOf.clear();
    wordsOf.set(name, (found = split(name)));
  }
  return found;
}

function split(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(/[\s_$#]+/)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

/** How alike two names are, in [0, 1]: shared words, shared beginnings, both single letters. */
export function nameSimilarity(a: string, b: string): number {
  if (a === b) return 1;
  const left = words(a);
  const right = words(b);
  const shared = left.filter((word) => right.includes(word)).length;
  const overlap = shared / Math.max(1, left.length + right.length - shared);
  let prefix = 0;
  while (prefix < a.length && prefix < b.length && a[prefix] === b[prefix]) prefix += 1;
  const alike = prefix / Math.max(a.length, b.length);
  const letters = a.length === 1 && b.length === 1 ? 0.6 : 0;
  return Math.max(overlap, alike, letters);
}

export interface RankedName {
  readonly name: string;
  readonly binding: Binding;
  readonly kind: Kind;
  /** In (0, 1]; the best one's is near 1. */
  readonly weight: number;
}

export interface RankRequest {
  /** What is wanted. */
  readonly kind: Kind;
  /** Name to resemble; empty for none. */
  readonly like: string;
  readonly exclude: ReadonlySet<string>;
  readonly limit: number;
  /** Only names that may be assigned. */
  readonly writable?: boolean;
}

/** Names in scope at the site that could stand there, best first: same kind, similar name, declared and used nearby. */
export function rankNames(file: SourceFile, site: Node, request: RankRequest): RankedName[] {
  const line = file.lineOf(site.start);
  const ranked: RankedName[] = [];
  for (const binding of file.scopes.visible(site)) {
    if (request.exclude.has(binding.name)) continue;
    if (request.writable && !isWritable(binding)) continue;
    const kind = file.kinds.ofBinding(binding);
    if (!compatible(request.kind, kind)) continue;
    const isFunction = kind === "function";
    if (isFunction !== (request.kind === "function") && isFunction) continue;
    if (binding.role === "import" && request.kind !== "function" && request.kind !== "unknown") continue;
    const same = kind === request.kind && kind !== "unknown" ? 0.4 : 0;
    const similar = 0.25 * (request.like === "" ? 0 : nameSimilarity(request.like, binding.name));
    const distance = distanceTo(linesOf(file, binding), line);
    const near = 0.15 / (1 + distance / 3);
    const local = binding.scope.type === "Program" ? 0 : 0.15;
    ranked.push({
      name: binding.name,
      binding,
      kind,
      weight: round(Math.min(1, 0.05 + same + similar + near + local)),
    });
  }
  ranked.sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return ranked.slice(0, request.limit);
}

const usedOn = new WeakMap<Binding, readonly number[]>();

/** Lines on which the binding is declared or used. */
function linesOf(file: SourceFile, binding: Binding): readonly number[] {
  let lines = usedOn.get(binding);
  if (!lines) {
    const all = [binding.identifier, ...binding.references].map((use) => file.lineOf(use.start));
    usedOn.set(binding, (lines = [...new Set(all)]));
  }
  return lines;
}

function distanceTo(lines: readonly number[], line: number): number {
  let least = Infinity;
  for (const other of lines) least = Math.min(least, Math.abs(other - line));
  return least;
}

export function isWritable(binding: Binding): boolean {
  return binding.role === "let" || binding.role === "var" || binding.role === "parameter";
}

/** Weights are compared and recorded: keep them short. */
export function round(weight: number): number {
  return Math.max(0.01, Math.round(weight * 1000) / 1000);
}
