import { type FunctionNode, type Node, enclosingLoop, ownDescendants } from "../ast.ts";
import { round } from "../names.ts";
import type { SourceFile } from "../source-file.ts";

/** A statement that leaves the function or the round of a loop. */
export interface Exit {
  readonly text: string;
  readonly weight: number;
}

/** Longest `return` and `throw` worth repeating, in characters. */
const LONGEST = 85;

interface Leaving {
  readonly node: Node;
  readonly text: string;
  readonly freeNames: readonly string[];
  readonly simple: boolean;
}

interface Leavings {
  readonly statements: readonly Leaving[];
  readonly returnsValue: boolean;
}

const byFunction = new WeakMap<FunctionNode, Leavings>();
const throwsByFile = new WeakMap<SourceFile, readonly Leaving[]>();

function leaving(file: SourceFile, node: Node): Leaving {
  const argument = node.type === "ReturnStatement" ? node.argument : null;
  const bare = node.type === "ReturnStatement" && !argument;
  const simple = bare || argument?.type === "Identifier" || argument?.type === "Literal" || node.end - node.start < 20;
  return { node, text: file.text(node).replace(/;$/, ""), freeNames: file.freeNames(node), simple };
}

/** How the function leaves elsewhere. */
function leavings(file: SourceFile, home: FunctionNode): Leavings {
  let known = byFunction.get(home);
  if (!known) {
    const statements: Leaving[] = [];
    let returnsValue = home.body?.type !== "BlockStatement";
    for (const node of ownDescendants(home)) {
      if (node.type !== "ReturnStatement" && node.type !== "ThrowStatement") continue;
      if (node.type === "ReturnStatement" && node.argument) returnsValue = true;
      if (node.end - node.start <= LONGEST) statements.push(leaving(file, node));
    }
    byFunction.set(home, (known = { statements, returnsValue }));
  }
  return known;
}

function throwsOf(file: SourceFile): readonly Leaving[] {
  let known = throwsByFile.get(file);
  if (!known) {
    const short = file.nodes.filter((node) => node.type === "ThrowStatement" && node.end - node.start <= LONGEST);
    throwsByFile.set(file, (known = short.map((node) => leaving(file, node))));
  }
  return known;
}

/** `throw …` statements of the file whose names are known at the site, without the semicolon. */
export function throwsAt(file: SourceFile, site: Node): string[] {
  const found = throwsOf(file).filter(({ freeNames }) =>
    freeNames.every((name) => name === "this" || file.scopes.lookup(name, site)),
  );
  return [...new Set(found.map(({ text }) => text))].slice(0, 4);
}

/** Empty values by the kind a function returns. */
function emptyValues(kind: string, quotes: string): readonly string[] {
  switch (kind) {
    case "array":
      return ["[]"];
    case "object":
      return ["{}", "null"];
    case "string":
      return [quotes];
    case "number":
      return ["0", "-1", "1", "NaN"];
    case "boolean":
      return ["false", "true"];
    case "map":
      return ["new Map()"];
    case "set":
      return ["new Set()"];
    default:
      return [];
  }
}

/**
 * Ways to leave at the site, in the style of the function: what it already returns or throws, then the empty
 * values of the kind it returns, `continue` in loops, what the rest of the file throws. Likeliest first.
 */
export function exits(file: SourceFile, site: Node, home: FunctionNode): Exit[] {
  const end = file.style.semicolon;
  const quotes = `${file.style.quote}${file.style.quote}`;
  const found = new Map<string, number>();
  const add = (text: string, weight: number): void => {
    const whole = `${text}${end}`;
    if ((found.get(whole) ?? 0) < weight) found.set(whole, weight);
  };
  const names = new Set(file.scopes.visible(site).map((binding) => binding.name));
  const usable = ({ freeNames }: Leaving): boolean => freeNames.every((name) => name === "this" || names.has(name));
  if (enclosingLoop(site)) add("continue", 0.8);
  const { statements, returnsValue } = leavings(file, home);
  for (const one of statements) {
    const around = one.node.start <= site.start && site.end <= one.node.end;
    if (!around && usable(one)) add(one.text, one.simple ? 0.7 : 0.5);
  }
  const kind = file.kinds.ofReturn(home);
  for (const value of emptyValues(kind, quotes)) add(`return ${value}`, 0.5);
  if (returnsValue) {
    for (const value of ["null", "undefined"]) add(`return ${value}`, 0.35);
    const open = kind === "unknown" || kind === "promise";
    for (const value of open ? ["[]", "0", "false", "true", quotes] : []) add(`return ${value}`, 0.15);
    for (const parameter of home.params) {
      if (parameter.type !== "Identifier") continue;
      add(`return ${parameter.name}`, /default|fallback|otherwise|initial/i.test(parameter.name) ? 0.75 : 0.25);
    }
  } else {
    add("return", 0.6);
  }
  for (const one of throwsOf(file)) if (usable(one)) add(one.text, 0.2);
  return [...found]
    .map(([text, weight]) => ({ text, weight: round(weight) }))
    .sort((a, b) => b.weight - a.weight || (a.text < b.text ? -1 : 1));
}
