import { top, type Choice, type PythonFile } from "./file.ts";
import { renamed } from "./conditions.ts";
import { similarity } from "./similarity.ts";
import { isDocstring, statementOf } from "./statements.ts";
import type { SyntaxNode } from "./tree.ts";

/** From the function itself, made for its variables, or from other functions and files. */
export type Material = "own" | "made" | "foreign";

/** The most that any operator asks for. */
const MOST = 6;
const known = new WeakMap<PythonFile, Map<string, readonly Choice[]>>();

/** Statements that may be missing at the node, likeliest first. */
export function statementMaterial(
  node: SyntaxNode,
  file: PythonFile,
  from: Material,
  limit: number,
): readonly Choice[] {
  const ofFile = known.get(file) ?? new Map<string, readonly Choice[]>();
  known.set(file, ofFile);
  const key = `${from}:${node.start}:${node.kind}`;
  let choices = ofFile.get(key);
  if (choices === undefined) {
    const names = file.visibleNames(node);
    const around = relevantNames(node, file);
    if (from === "own") choices = ownStatements(node, file, names, around);
    else if (from === "foreign") choices = foreignStatements(node, file, names, around);
    else choices = [...madeStatements(node, file, around), ...memberStatements(node, file, around)];
    choices = top(choices, MOST);
    ofFile.set(key, choices);
  }
  return choices.slice(0, limit);
}

/** Names used by the statement and its neighbours. */
function relevantNames(node: SyntaxNode, file: PythonFile): ReadonlySet<string> {
  const siblings = node.parent?.namedChildren ?? [];
  const index = siblings.indexOf(node);
  const near = [siblings[index - 1], node, siblings[index + 1]].filter((child) => child !== undefined);
  return new Set(near.flatMap((child) => file.namesOf(child).concat(writtenNames(child))));
}

function writtenNames(node: SyntaxNode): readonly string[] {
  const target =
    node.kind === "expression_statement"
      ? node.namedChildren[0]?.child("left")
      : node.kind === "for_statement"
        ? node.child("left")
        : null;
  return target === null || target === undefined
    ? []
    : [...target.walk()].filter((inner) => inner.kind === "identifier").map((inner) => inner.text);
}

function share(used: readonly string[], around: ReadonlySet<string>): number {
  return used.length === 0 ? 0.3 : 0.3 + (0.7 * used.filter((name) => around.has(name)).length) / used.length;
}

const COPIED = new Set(["expression_statement", "raise_statement", "return_statement", "if_statement"]);

function ownStatements(
  node: SyntaxNode,
  file: PythonFile,
  names: ReadonlySet<string>,
  around: ReadonlySet<string>,
): readonly Choice[] {
  const choices: Choice[] = [];
  for (const other of file.statementsOf(file.functionOf(node))) {
    if (
      !COPIED.has(other.kind) ||
      other === node ||
      isDocstring(other) ||
      other.contains(node) ||
      other.endLine - other.line > 2
    )
      continue;
    if (other.kind === "if_statement" && !file.layout.ownsLines(other)) continue;
    if (other.kind === "return_statement" && node.parent?.kind === "block" && node !== node.parent.namedChildren.at(-1))
      continue;
    const missing = file.namesOf(other).filter((name) => !names.has(name));
    if (missing.length > 0) continue;
    if (besides(node, other)) continue;
    const distance = Math.abs(other.line - node.line);
    const indent = file.layout.indentOf(other) ?? "";
    const text = file.layout.textOf(other).split("\n").map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join("\n"); // prettier-ignore
    const used = [...file.namesOf(other), ...writtenNames(other)];
    choices.push({
      text,
      weight: (share(used, around) * (other.kind === "if_statement" ? 0.6 : 1)) / (1 + distance / 10),
    });
  }
  return choices;
}

/** True when the statement stands right beside the other in the same block with nothing between: repeating it there is rarely meant. */
function besides(node: SyntaxNode, other: SyntaxNode): boolean {
  const siblings = node.parent?.namedChildren ?? [];
  return (
    siblings[siblings.indexOf(node) - 1] === other &&
    /assignment/.test(other.namedChildren[0]?.kind ?? "") &&
    !/augmented/.test(other.namedChildren[0]?.kind ?? "")
  );
}

/** Statements that loops and collections usually need: count, remember, collect, reset, sort. */
function madeStatements(node: SyntaxNode, file: PythonFile, around: ReadonlySet<string>): readonly Choice[] {
  const choices: Choice[] = [];
  const variables = file.variablesAt(node).filter(({ binding }) => binding.scope.kind !== "module");
  const loop = file.loopOf(node);
  const offer = (text: string, used: readonly string[], weight: number): void => {
    choices.push({ text, weight: weight * share(used, around) });
  };
  const items = variables.filter(({ binding }) => binding.kind === "loop").slice(0, 4);
  const values = variables
    .filter(({ binding, nearness }) => binding.kind !== "loop" && binding.name !== "self" && nearness > 0.5)
    .slice(0, 4);
  for (const { binding, guess } of variables) {
    const name = binding.name;
    const written = binding.uses.some((use) => use.field === "left" && use.parent?.kind === "augmented_assignment");
    if (guess === "number" && binding.kind === "local" && (binding.initialiser?.kind === "integer" || written)) {
      const counts = loop?.kind === "while_statement" && file.namesOf(loop).includes(name);
      offer(`${name} += 1`, [name], loop === null ? 0.3 : counts ? 1 : 0.6);
      if (counts) offer(`${name} -= 1`, [name], 0.6);
    }
    if (
      binding.kind === "local" &&
      binding.initialiser !== null &&
      /^(integer|list|dictionary|string|none|true|false|float)$/.test(binding.initialiser.kind) &&
      binding.initialiser.text.length < 8 &&
      loop !== null
    ) {
      offer(
        `${name} = ${binding.initialiser.text}`,
        [name],
        statementOf(binding.declaration)?.parent === node.parent ? 0.1 : 0.7,
      );
    }
    const grown: Readonly<Record<string, string>> = { list: "append", set: "add" };
    const method = grown[guess];
    if (method !== undefined && binding.kind !== "loop") {
      for (const item of [...items, ...values]) {
        if (item.binding.name === name) continue;
        const tested = guess === "set" ? 1 : 0.6;
        offer(
          `${name}.${method}(${item.binding.name})`,
          [name, item.binding.name],
          tested * (item.binding.kind === "loop" ? 1 : 0.7),
        );
      }
    }
    if (guess === "dict" && binding.kind !== "loop") {
      for (const key of items) {
        for (const value of [...values, ...items]) {
          if (key === value || value.binding.name === name) continue;
          offer(
            `${name}[${key.binding.name}] = ${value.binding.name}`,
            [name, key.binding.name, value.binding.name],
            0.4,
          );
        }
        offer(`${name}[${key.binding.name}] = True`, [name, key.binding.name], 0.3);
      }
    }
    if (guess === "list" && loop === null && binding.kind === "local") {
      offer(`${name}.sort()`, [name], 0.4);
      offer(`${name}.reverse()`, [name], 0.4);
    }
    if (guess === "bool" && binding.initialiser !== null && /^(true|false)$/.test(binding.initialiser.kind))
      offer(`${name} = ${binding.initialiser.kind === "true" ? "False" : "True"}`, [name], 0.6);
  }
  for (const a of values) {
    for (const b of [...items, ...values]) {
      // "the one before" follows the current one, "best" takes it over.
      if (a !== b && a.guess === b.guess && /prev|last|best|current|old/.test(a.binding.name))
        offer(
          `${a.binding.name} = ${b.binding.name}`,
          [a.binding.name, b.binding.name],
          0.6 + 0.3 * similarity(a.binding.name, b.binding.name),
        );
      if (
        a !== b &&
        a.guess === "number" &&
        (b.guess === "number" || b.guess === "unknown") &&
        a.binding.initialiser?.kind === "integer"
      )
        offer(`${a.binding.name} += ${b.binding.name}`, [a.binding.name, b.binding.name], 0.4);
    }
  }
  return choices;
}

/** The same for what the object keeps: counters, lists and maps that its class sets up. */
function memberStatements(node: SyntaxNode, file: PythonFile, around: ReadonlySet<string>): readonly Choice[] {
  const cls = file.classOf(node);
  const choices: Choice[] = [];
  if (cls === null || !around.has("self")) return choices;
  const given = file
    .variablesAt(node)
    .filter(({ binding, nearness }) => binding.scope.kind !== "module" && binding.name !== "self" && nearness > 0.4)
    .slice(0, 4);
  for (const [name, guess] of file.membersOf(cls)) {
    const used = file.namesOf(node);
    const weight = node.text.includes(`self.${name}`) ? 0.9 : 0.5;
    if (guess === "number") {
      choices.push({ text: `self.${name} += 1`, weight });
      choices.push({ text: `self.${name} -= 1`, weight: weight * 0.6 });
    }
    for (const { binding } of given) {
      const scale = weight * (used.includes(binding.name) ? 1 : 0.6);
      if (guess === "list") choices.push({ text: `self.${name}.append(${binding.name})`, weight: scale * 0.8 });
      if (guess === "set") choices.push({ text: `self.${name}.add(${binding.name})`, weight: scale * 0.8 });
      if (guess === "number") choices.push({ text: `self.${name} += ${binding.name}`, weight: scale * 0.5 });
      if (guess === "unknown" || guess === "none")
        choices.push({ text: `self.${name} = ${binding.name}`, weight: scale * 0.5 });
    }
    if (guess === "list" || guess === "dict" || guess === "set")
      choices.push({ text: `self.${name}.clear()`, weight: weight * 0.4 });
  }
  return choices;
}

/** Statements of other functions of the file and of other files, with one missing name renamed to a variable in scope. */
function foreignStatements(
  node: SyntaxNode,
  file: PythonFile,
  names: ReadonlySet<string>,
  around: ReadonlySet<string>,
): readonly Choice[] {
  const choices: Choice[] = [];
  const own = file.functionOf(node);
  const cls = file.classOf(node);
  const near = file.variablesAt(node).filter(({ binding, nearness }) => binding.name !== "self" && nearness > 0.4);
  for (const other of file.statements) {
    if (
      other.kind !== "expression_statement" ||
      other.line !== other.endLine ||
      file.functionOf(other) === own ||
      file.functionOf(other) === file.root ||
      isDocstring(other)
    )
      continue;
    const missing = file.namesOf(other).filter((name) => !names.has(name));
    const sameClass = cls !== null && file.classOf(other) === cls ? 1.3 : 1;
    if (missing.length === 0)
      choices.push({ text: other.text, weight: 0.45 * sameClass * share(file.namesOf(other), around) });
    else if (missing.length === 1 && missing[0] !== undefined) {
      for (const { binding } of near.slice(0, 3)) {
        const used = file.namesOf(other).map((name) => (name === missing[0] ? binding.name : name));
        choices.push({
          text: renamed(other, missing[0], binding.name),
          weight: 0.35 * sameClass * share(used, around) * (0.5 + 0.5 * similarity(binding.name, missing[0])),
        });
      }
    }
  }
  for (const ingredient of file.foreign) {
    if (ingredient.kind !== "statement" || ingredient.text.includes("\n")) continue;
    if (ingredient.freeNames.every((name) => names.has(name)))
      choices.push({ text: ingredient.text, weight: 0.3 * share(ingredient.freeNames, around) });
  }
  return choices;
}
