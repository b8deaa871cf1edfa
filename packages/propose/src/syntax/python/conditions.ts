import { isIterable } from "./guess.ts";
import { top, type Choice, type PythonFile } from "./file.ts";
import { PRECEDENCE, precedenceOf } from "./precedence.ts";
import type { SyntaxNode } from "./tree.ts";

/** A condition that may be missing at a site. */
export interface ConditionChoice extends Choice {
  /** Precedence of the text, for parentheses. */
  readonly strength: number;
  /** True when it protects what stands there (`i < len(x)`, `x is not None`) and so must be tested first. */
  readonly guards: boolean;
}

interface Scored extends ConditionChoice {
  readonly key: string;
}

/** The opposite of a condition, the way a person writes it, with its precedence. */
export function negated(node: SyntaxNode): { readonly text: string; readonly strength: number } {
  const opposite: Readonly<Record<string, string>> = {
    "==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">", in: "not in", "not in": "in", is: "is not", "is not": "is",
  }; // prettier-ignore
  if (node.kind === "not_operator") {
    const argument = node.child("argument");
    if (argument !== null) return { text: argument.text, strength: precedenceOf(argument) };
  }
  if (node.kind === "true" || node.kind === "false")
    return { text: node.kind === "true" ? "False" : "True", strength: PRECEDENCE.primary };
  if (node.kind === "comparison_operator" && node.namedChildren.length === 2) {
    const token = node.children.find((child) => child.field === "operators");
    const other = opposite[token?.kind ?? ""];
    if (token !== undefined && other !== undefined) {
      return {
        text: node.text.slice(0, token.start - node.start) + other + node.text.slice(token.end - node.start),
        strength: PRECEDENCE.comparison,
      };
    }
  }
  return {
    text: precedenceOf(node) < PRECEDENCE.not ? `not (${node.text})` : `not ${node.text}`,
    strength: PRECEDENCE.not,
  };
}

/**
 * Conditions that make sense at a place, likeliest first: those of the file (its function before others), truth of variables in scope,
 * bounds of an index used nearby, membership and inequality of loop variables, and what other files offer.
 * The names of `subject`, which the condition is to be combined with, count as relevant.
 */
export function conditionsAt(subject: SyntaxNode, file: PythonFile, limit: number): readonly ConditionChoice[] {
  let choices = known.get(file)?.get(subject);
  if (choices === undefined) {
    choices = findConditions(subject, file);
    const ofFile = known.get(file) ?? new Map<SyntaxNode, readonly ConditionChoice[]>();
    known.set(file, ofFile.set(subject, choices));
  }
  return choices.slice(0, limit);
}

/** The most that any operator asks for. */
const MOST = 8;
const known = new WeakMap<PythonFile, Map<SyntaxNode, readonly ConditionChoice[]>>();

function findConditions(subject: SyntaxNode, file: PythonFile): readonly ConditionChoice[] {
  const own = file.functionOf(subject);
  const variables = file.variablesAt(subject);
  const names = new Set(variables.map(({ binding }) => binding.name));
  const globals = file.visibleNames(subject);
  const relevant = new Set(file.namesOf(subject));
  const choices = new Map<string, Scored>();
  const offer = (text: string, strength: number, weight: number, guards = false): void => {
    if (text === subject.text && subject.field !== "body") return; // a comprehension may well be filtered by what it yields
    const known = choices.get(text);
    if (known === undefined || known.weight < weight)
      choices.set(text, { key: text, text, strength, weight: Math.min(1, weight), guards });
  };
  const relevance = (used: readonly string[]): number => {
    if (used.length === 0) return 0.3;
    return 0.4 + (0.6 * used.filter((name) => relevant.has(name)).length) / used.length;
  };

  for (const condition of file.conditions) {
    if (condition.node === null || subject.contains(condition.node) || condition.node.contains(subject)) continue;
    const missing = condition.names.filter((name) => !globals.has(name));
    const sameFunction = file.functionOf(condition.node) === own;
    const base = sameFunction ? 0.6 : 0.35;
    if (missing.length === 0) {
      const weight = base * relevance(condition.names);
      offer(condition.text, precedenceOf(condition.node), weight);
      const opposite = negated(condition.node);
      offer(opposite.text, opposite.strength, weight * (condition.node.kind === "not_operator" ? 0.8 : 0.45));
    } else if (missing.length === 1 && missing[0] !== undefined) {
      for (const { binding, nearness } of variables.slice(0, 3)) {
        const text = renamed(condition.node, missing[0], binding.name);
        offer(text, precedenceOf(condition.node), 0.2 * nearness * relevance([binding.name]));
      }
    }
  }

  for (const { binding, guess, nearness } of variables) {
    const name = binding.name;
    if (name === "self" || name === "cls" || name === "_" || /^[A-Z_]+$/.test(name)) continue;
    const weight = (0.3 + 0.7 * nearness) * (relevant.has(name) ? 1 : 0.75);
    if (guess === "bool") {
      offer(name, PRECEDENCE.primary, weight);
      offer(`not ${name}`, PRECEDENCE.not, weight);
    } else if (guess === "number") {
      offer(`${name} > 0`, PRECEDENCE.comparison, weight * 0.5);
      offer(`${name} >= 0`, PRECEDENCE.comparison, weight * 0.4, true);
      offer(`${name} != 0`, PRECEDENCE.comparison, weight * 0.35, true);
    } else {
      const collecting = binding.initialiser !== null && /^(\[\]|\{\}|set\(\))$/.test(binding.initialiser.text);
      offer(name, PRECEDENCE.primary, weight * (collecting ? 0.4 : isIterable(guess) ? 0.6 : 0.45), relevant.has(name));
      offer(`not ${name}`, PRECEDENCE.not, weight * 0.4);
      if (guess === "unknown" || guess === "none")
        offer(
          `${name} is not None`,
          PRECEDENCE.comparison,
          weight * (binding.initialiser?.kind === "none" ? 0.9 : 0.5),
          relevant.has(name),
        );
    }
  }
  bounds(subject, file, names, offer);
  pairs(subject, file, offer, relevant);
  for (const ingredient of file.foreign) {
    if (ingredient.kind === "condition" && ingredient.freeNames.every((name) => globals.has(name)))
      offer(ingredient.text, looseness(ingredient.text), 0.45 * relevance(ingredient.freeNames));
  }
  const best = top([...choices.values()], MOST);
  return best.flatMap(({ text, weight }) => {
    const choice = choices.get(text);
    return choice === undefined ? [] : [{ text, weight, strength: choice.strength, guards: choice.guards }];
  });
}

/** The least precedence a condition of another file may have, read off its words: a superfluous pair of parentheses does no harm. */
function looseness(text: string): number {
  if (/\b(or|and|if|lambda)\b/.test(text)) return PRECEDENCE.conditional;
  return /\bnot\b/.test(text) ? PRECEDENCE.not : PRECEDENCE.comparison;
}

type Offer = (text: string, strength: number, weight: number, guards?: boolean) => void;

/** `i < len(x)` and `i > 0` for every `x[i]` in sight. */
function bounds(subject: SyntaxNode, file: PythonFile, names: ReadonlySet<string>, offer: Offer): void {
  const near = subject.parent ?? subject;
  for (const inner of near.walk()) {
    if (inner.kind !== "subscript") continue;
    const [value, index] = [inner.child("value"), inner.child("subscript")];
    if (
      value === null ||
      index === null ||
      index.kind === "slice" ||
      index.kind === "string" ||
      index.kind === "integer"
    )
      continue;
    if (!file.namesOf(index).every((name) => names.has(name))) continue;
    const guess = file.guess(index);
    const container = file.guess(value);
    if (container !== "dict" && guess !== "string") {
      const inCondition = subject.contains(inner) ? 1 : 0.6;
      offer(`${index.text} < len(${value.text})`, PRECEDENCE.comparison, 0.75 * inCondition, true);
      offer(`${index.text} > 0`, PRECEDENCE.comparison, 0.5 * inCondition, true);
      offer(`${index.text} >= 0`, PRECEDENCE.comparison, 0.4 * inCondition, true);
    }
    if (container === "dict" || container === "unknown")
      offer(`${index.text} in ${value.text}`, PRECEDENCE.comparison, 0.55, true);
  }
}

/** Membership of one variable in another, and comparisons of two of the same kind. */
function pairs(node: SyntaxNode, file: PythonFile, offer: Offer, relevant: ReadonlySet<string>): void {
  const near = file
    .variablesAt(node)
    .filter(({ binding, nearness }) => binding.scope.kind !== "module" && binding.name !== "self" && nearness > 0.3)
    .slice(0, 10);
  for (const a of near) {
    if (isIterable(a.guess) && a.guess !== "string") continue;
    for (const b of near) {
      if (a === b) continue;
      const looped = a.binding.kind === "loop" && (b.guess === "set" || b.guess === "dict") ? 0.9 : 0.5;
      const weight =
        looped *
        Math.min(a.nearness, b.nearness) *
        (relevant.has(a.binding.name) || relevant.has(b.binding.name) ? 1 : 0.6);
      const [left, right] = [a.binding.name, b.binding.name];
      if ((b.guess === "set" || b.guess === "dict" || b.guess === "list") && a.guess !== "bool") {
        offer(`${left} not in ${right}`, PRECEDENCE.comparison, weight * (b.guess === "list" ? 0.6 : 1));
        offer(`${left} in ${right}`, PRECEDENCE.comparison, weight * (b.guess === "list" ? 0.5 : 0.9));
      } else if (left < right && a.guess === b.guess && a.guess !== "bool") {
        offer(`${left} != ${right}`, PRECEDENCE.comparison, weight * 0.7);
        offer(`${left} == ${right}`, PRECEDENCE.comparison, weight * 0.5);
        if (a.guess === "number") {
          offer(`${left} < ${right}`, PRECEDENCE.comparison, weight * 0.6);
          offer(`${left} > ${right}`, PRECEDENCE.comparison, weight * 0.5);
        }
      }
    }
  }
}

/** The text of a node with every free use of one name replaced by another. */
export function renamed(node: SyntaxNode, from: string, to: string): string {
  let text = "";
  let at = node.start;
  for (const inner of node.walk()) {
    if (inner.kind !== "identifier" || inner.text !== from) continue;
    if (inner.parent?.kind === "attribute" && inner.field === "attribute") continue;
    if (inner.parent?.kind === "keyword_argument" && inner.field === "name") continue;
    text += node.source.slice(at, inner.start) + to;
    at = inner.end;
  }
  return text + node.source.slice(at, node.end);
}
