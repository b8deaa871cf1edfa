import type { EditContext } from "../types.ts";
import { type Node, enclosingClass, enclosingFunction, enclosingLoop, isFunction, isStatement } from "./ast.ts";
import type { Kind } from "./kind.ts";
import { nameSimilarity, rankNames, round } from "./names.ts";
import { LOGICAL_OR } from "./precedence.ts";
import type { SourceFile } from "./source-file.ts";
import { mentions, rename, statementText } from "./text-edits.ts";

/** A piece of code that makes sense at a site, perhaps with one name exchanged. */
export interface Fitting {
  readonly text: string;
  readonly strength: number;
  /** In (0, 1]. */
  readonly weight: number;
}

/** Something written elsewhere. */
export interface Piece {
  readonly text: string;
  readonly freeNames: readonly string[];
  readonly node: Node | null;
  readonly line: number;
  readonly strength: number;
}

/** Most pieces remembered per site. */
const MOST = 6;
/** Own pieces looked at before and after a site. */
const NEAREST = 150;
/** Pieces per site that are tried with one name exchanged, the nearest ones. */
const RENAMED = 16;

type Found = { readonly context: EditContext; readonly pieces: readonly Fitting[] };
const conditionsAt = new WeakMap<Node, Found>();
const statementsAt = new WeakMap<Node, Found>();

function remembered(
  memory: WeakMap<Node, Found>,
  site: Node,
  context: EditContext,
  find: () => Fitting[],
): readonly Fitting[] {
  const known = memory.get(site);
  if (known && known.context === context) return known.pieces;
  const pieces = find();
  memory.set(site, { context, pieces });
  return pieces;
}

/** Conditions of the file and of the project that can be used at the site, best first; at most 6. */
export function fitConditions(file: SourceFile, site: Node, context: EditContext, limit: number): readonly Fitting[] {
  return remembered(conditionsAt, site, context, () =>
    fit(file, site, pieces(file, site, file.conditions, foreignPieces(context, "condition")), MOST),
  ).slice(0, limit);
}

/** Statements of the file and of the project that can be used at the site, best first; at most 6. */
export function fitStatements(file: SourceFile, site: Node, context: EditContext, limit: number): readonly Fitting[] {
  return remembered(statementsAt, site, context, () =>
    fit(file, site, pieces(file, site, ownStatementPieces(file), foreignPieces(context, "statement")), MOST),
  ).slice(0, limit);
}

/** The pieces that can be used at the site, best first: near, about the names of the site, without renaming. */
function fit(file: SourceFile, site: Node, pieces: Iterable<Piece>, limit: number): Fitting[] {
  const visible = new Set(file.scopes.visible(site).map((binding) => binding.name));
  const home = enclosingClass(site);
  const context: Surroundings = {
    async: enclosingFunction(site)?.async === true,
    loop: enclosingLoop(site) !== null,
    generator: enclosingFunction(site)?.generator === true,
    hasThis: file.hasThis(site),
  };
  const around = statementText(file, site);
  const line = file.lineOf(site.start);
  const found = new Map<string, Fitting>();
  const add = (text: string, strength: number, weight: number): void => {
    const known = found.get(text);
    if (!known || known.weight < weight) found.set(text, { text, strength, weight });
  };
  const renamable: { piece: Piece; name: string }[] = [];
  for (const piece of pieces) {
    if (piece.node && site.start <= piece.node.start && piece.node.end <= site.end) continue;
    // Most pieces of a long file fail here, so this comes first.
    const missing = missingNames(piece, visible);
    if (missing.length > 1 || !isPossible(piece, context)) continue;
    if (piece.text.includes("#") && (piece.node === null || enclosingClass(piece.node) !== home)) continue;
    if (missing.length === 0) {
      const names = piece.freeNames.filter((name) => mentions(around, name)).length;
      const about = piece.freeNames.length === 0 ? 0 : (0.5 * names) / piece.freeNames.length;
      add(piece.text, piece.strength, round(0.1 + nearness(piece, line) + about));
      continue;
    }
    // A stranger's piece with nothing known in it is a guess in the dark.
    if (piece.node !== null || piece.freeNames.length >= 2) renamable.push({ piece, name: missing[0]! });
  }
  renamable.sort((a, b) => nearness(b.piece, line) - nearness(a.piece, line));
  for (const { piece, name } of renamable.slice(0, RENAMED)) {
    const kind = piece.node ? kindOfFree(file, piece.node, name) : "unknown";
    const others = rankNames(file, site, { kind, like: name, exclude: new Set(piece.freeNames), limit: 2 });
    for (const other of others) {
      const alike = 0.3 * nameSimilarity(name, other.name) + (mentions(around, other.name) ? 0.2 : 0);
      add(rename(piece.text, name, other.name), piece.strength, round(0.05 + nearness(piece, line) / 2 + alike));
    }
  }
  return [...found.values()].sort((a, b) => b.weight - a.weight || (a.text < b.text ? -1 : 1)).slice(0, limit);
}

function nearness(piece: Piece, line: number): number {
  return piece.node ? 0.3 / (1 + Math.abs(piece.line - line) / 6) : 0.05;
}

interface Surroundings {
  readonly async: boolean;
  readonly loop: boolean;
  readonly generator: boolean;
  readonly hasThis: boolean;
}

/** Free names that are not in scope; it stops at the second. */
function missingNames(piece: Piece, visible: ReadonlySet<string>): string[] {
  const missing: string[] = [];
  for (const name of piece.freeNames) {
    if (name === "this" || visible.has(name)) continue;
    missing.push(name);
    if (missing.length > 1) break;
  }
  return missing;
}

function isPossible(piece: Piece, around: Surroundings): boolean {
  if (piece.freeNames.includes("this") && !around.hasThis) return false;
  if (!around.async && /\bawait\b/.test(piece.text)) return false;
  if (!around.generator && /\byield\b/.test(piece.text)) return false;
  if (/\bsuper\b/.test(piece.text)) return false;
  return around.loop || !/\b(break|continue)\b/.test(piece.text);
}

function kindOfFree(file: SourceFile, node: Node, name: string): Kind {
  const binding = file.scopes.lookup(name, node);
  return binding ? file.kinds.ofBinding(binding) : "unknown";
}

/** The nearest of the file's own pieces, which are in order of their lines, and then those of other files. */
function* pieces(file: SourceFile, site: Node, own: readonly Piece[], foreign: readonly Piece[]): Generator<Piece> {
  const line = file.lineOf(site.start);
  let at = own.findIndex((piece) => piece.line >= line);
  if (at < 0) at = own.length;
  for (let i = Math.max(0, at - NEAREST); i < Math.min(own.length, at + NEAREST); i += 1) yield own[i]!;
  yield* foreign;
}

const foreignPiecesOf = new WeakMap<EditContext["ingredients"], Map<string, readonly Piece[]>>();

function foreignPieces(context: EditContext, kind: "statement" | "condition"): readonly Piece[] {
  let byKind = foreignPiecesOf.get(context.ingredients);
  if (!byKind) foreignPiecesOf.set(context.ingredients, (byKind = new Map()));
  let found = byKind.get(kind);
  if (!found) {
    const strength = kind === "condition" ? LOGICAL_OR : 0;
    const foreign = context.ingredients.filter((ingredient) => ingredient.kind === kind);
    found = foreign.map(({ text, freeNames }) => ({ text, freeNames, strength, node: null, line: 0 }));
    byKind.set(kind, found);
  }
  return found;
}

const COPIED: ReadonlySet<string> = new Set([
  "ExpressionStatement",
  "IfStatement",
  "ReturnStatement",
  "ThrowStatement",
  "BreakStatement",
  "ContinueStatement",
]);
/** Longest statement worth carrying elsewhere, in characters. */
const LONGEST = 120;

/** True for a statement that may be copied elsewhere: short, on few lines, and declaring nothing. */
export function isCopyable(node: Node): boolean {
  return (
    isStatement(node) &&
    COPIED.has(node.type) &&
    node.end - node.start <= LONGEST &&
    !("directive" in node && node.directive)
  );
}

const piecesOfFile = new WeakMap<SourceFile, readonly Piece[]>();

/** Statements of the file, each text once. */
export function ownStatementPieces(file: SourceFile): readonly Piece[] {
  let pieces = piecesOfFile.get(file);
  if (!pieces) {
    const found = new Map<string, Piece>();
    for (const node of file.nodes) {
      if (!isCopyable(node) || isFunction(node) || enclosingFunction(node) === null) continue;
      const text = file.text(node);
      if (!found.has(text)) {
        found.set(text, { text, freeNames: file.freeNames(node), node, line: file.lineOf(node.start), strength: 0 });
      }
    }
    piecesOfFile.set(file, (pieces = [...found.values()]));
  }
  return pieces;
}
