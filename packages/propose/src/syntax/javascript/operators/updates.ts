import { type Node, enclosingClass, staticName, statementList } from "../ast.ts";
import type { Kind } from "../kind.ts";
import { round } from "../names.ts";
import type { SourceFile } from "../source-file.ts";
import { ownMethods } from "./positions.ts";
import { mentions } from "../text-edits.ts";

export interface Update {
  readonly text: string;
  readonly weight: number;
}

/**
 * Statements that would keep the state of the function up to date at the site: counters, collections that take
 * a value, resets to the initial value, for the variables and members in scope, likeliest first.
 */
export function updates(file: SourceFile, site: Node): Update[] {
  const end = file.style.semicolon;
  const found = new Map<string, number>();
  const add = (text: string, weight: number): void => {
    const whole = `${text}${end}`;
    if ((found.get(whole) ?? 0) < weight) found.set(whole, round(weight));
  };
  const siblings = statementList(site) ?? [];
  const at = siblings.indexOf(site);
  const around = [siblings[at - 1], site].map((node) => (node ? file.text(node) : "")).join("\n");
  const visible = file.scopes
    .visible(site)
    .filter((binding) => binding.scope.type !== "Program" && binding.role !== "import");
  const values = visible
    .filter((binding) => file.kinds.ofBinding(binding) !== "function")
    .map((binding) => ({
      name: binding.name,
      kind: file.kinds.ofBinding(binding),
      here: mentions(around, binding.name),
      role: binding.role,
    }));
  const near = values.filter((value) => value.here);
  const taken = (near.length > 0 ? near : values).slice(0, 5);
  for (const binding of visible) {
    const kind = file.kinds.ofBinding(binding);
    const { name } = binding;
    const here = mentions(around, name) ? 0.15 : 0;
    if (binding.role === "let") {
      if (kind === "number") {
        for (const [text, weight] of [
          ["+= 1", 0.35],
          ["++", 0.35],
          ["-= 1", 0.2],
          ["--", 0.15],
        ] as const) {
          add(text.length === 2 ? `${name}${text}` : `${name} ${text}`, weight + here);
        }
        for (const other of taken)
          if (other.kind === "number" && other.name !== name) add(`${name} += ${other.name}`, 0.2 + here);
      }
      const declarator = binding.declaration;
      if (
        declarator.type === "VariableDeclarator" &&
        declarator.init &&
        declarator.init.end - declarator.init.start < 24
      ) {
        add(`${name} = ${file.text(declarator.init)}`, 0.35 + here);
      }
      for (const other of taken) {
        if (other.name !== name && (other.kind === kind || kind === "unknown" || other.kind === "unknown"))
          add(`${name} = ${other.name}`, 0.25 + here);
      }
    }
    for (const value of taken)
      if (value.name !== name) for (const text of collect(name, kind, value.name)) add(text, 0.25 + here);
    if (kind === "array" && near.some((value) => value.name === name)) add(`${name}.pop()`, 0.15);
  }
  for (const member of memberStates(file, site)) {
    if (member.kind === "number") {
      add(`${member.text} += 1`, 0.3);
      add(`${member.text} -= 1`, 0.3);
    }
    for (const value of taken) for (const text of collect(member.text, member.kind, value.name)) add(text, 0.25);
    if (member.kind === "unknown" || member.kind === "nothing" || member.kind === "object") {
      for (const value of taken.slice(0, 3))
        if (value.kind === "unknown" || value.kind === "object") add(`${member.text} = ${value.name}`, 0.2);
    }
    if (member.kind === "map" && taken.length >= 2)
      add(`${member.text}.set(${taken[0]!.name}, ${taken[1]!.name})`, 0.3);
  }
  for (const method of ownMethods(site, file, 0)) add(`${method}()`, 0.35);
  for (const keyed of mapUpdates(
    visible.filter((binding) => file.kinds.ofBinding(binding) === "map").map((binding) => binding.name),
    taken,
  ))
    add(keyed, 0.3);
  return [...found]
    .map(([text, weight]) => ({ text, weight }))
    .sort((a, b) => b.weight - a.weight || (a.text < b.text ? -1 : 1));
}

function collect(collection: string, kind: string, value: string): string[] {
  if (kind === "array") return [`${collection}.push(${value})`];
  if (kind === "set") return [`${collection}.add(${value})`, `${collection}.delete(${value})`];
  return kind === "map" ? [`${collection}.delete(${value})`] : [];
}

function* mapUpdates(maps: readonly string[], values: readonly { name: string }[]): Generator<string> {
  for (const map of maps) {
    const others = values.filter((value) => value.name !== map);
    for (const key of others.slice(0, 3))
      for (const value of others.slice(0, 3)) if (key !== value) yield `${map}.set(${key.name}, ${value.name})`;
  }
}

interface MemberState {
  readonly text: string;
  readonly kind: Kind;
}

const statesOf = new WeakMap<Node, readonly MemberState[]>();

/** Fields of the class at the site, with their kinds from what the class assigns to them; at most 6. */
function memberStates(file: SourceFile, site: Node): readonly MemberState[] {
  const home = file.hasThis(site) ? enclosingClass(site) : null;
  if (!home) return [];
  let states = statesOf.get(home);
  if (!states) {
    const found = new Map<string, Kind>();
    for (const node of file.within(home)) {
      if (node.type === "PropertyDefinition" && node.value && !node.static) {
        const key = staticName(node.key);
        if (key !== null) found.set(`this.${key}`, file.kinds.of(node.value));
      }
      if (node.type !== "AssignmentExpression" || node.left.type !== "MemberExpression") continue;
      if (node.left.object.type !== "ThisExpression" || found.has(file.text(node.left))) continue;
      found.set(file.text(node.left), file.kinds.of(node.right));
    }
    statesOf.set(home, (states = [...found].map(([text, kind]) => ({ text, kind })).slice(0, 6)));
  }
  return states;
}
