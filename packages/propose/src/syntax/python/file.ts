import type { Binding } from "./bindings.ts";
import { Guesses, fit, type Guess } from "./guess.ts";
import { inventoryOf, type Inventory } from "./inventory.ts";
import { BUILTINS, freeNames } from "./names.ts";
import { placeOf, Scopes } from "./scope.ts";
import { similarity } from "./similarity.ts";
import { Layout } from "./statements.ts";
import type { SyntaxNode } from "./tree.ts";
import type { Ingredient, ParsedSource } from "../types.ts";

/** A variable that may be read at a place. `nearness` in (0, 1] falls with the lines to its nearest use. */
export interface Variable {
  readonly binding: Binding;
  readonly guess: Guess;
  readonly nearness: number;
}

/** A text with how likely it is, among its alternatives. */
export interface Choice {
  readonly text: string;
  readonly weight: number;
}

/** Everything the operators ask about one file: scopes, guesses, layout, and what the file itself offers as material. */
export class PythonFile {
  readonly source: string;
  readonly path: string;
  readonly root: SyntaxNode;
  readonly scopes: Scopes;
  readonly guesses: Guesses;
  readonly layout: Layout;
  /** From other files of the project. */
  readonly foreign: readonly Ingredient[];
  // What the inventory says of them holds here.
  readonly conditions: Inventory["conditions"];
  readonly statements: Inventory["statements"];
  readonly attributes: Inventory["attributes"];
  readonly keys: Inventory["keys"];
  readonly calls: Inventory["calls"];
  readonly functions: Inventory["functions"];
  readonly methodNames: Inventory["methodNames"];
  private readonly numbers: Inventory["numbers"];
  private readonly strings: Inventory["strings"];
  private readonly owners = new Map<SyntaxNode, SyntaxNode>();
  private readonly visible = new Map<SyntaxNode, ReadonlySet<string>>();
  private readonly variables = new Map<SyntaxNode, readonly Variable[]>();
  private readonly bodies = new Map<SyntaxNode, readonly SyntaxNode[]>();
  private readonly returned = new Map<SyntaxNode, readonly SyntaxNode[]>();
  private readonly members = new Map<SyntaxNode, Map<string, Guess>>();
  private readonly accesses = new Map<SyntaxNode, readonly SyntaxNode[]>();
  private readonly nameSets = new Map<SyntaxNode, readonly string[]>();

  constructor(parsed: ParsedSource, root: SyntaxNode, foreign: readonly Ingredient[]) {
    this.source = parsed.source;
    this.path = parsed.path;
    this.root = root;
    this.foreign = foreign;
    this.scopes = new Scopes(root);
    this.guesses = new Guesses(this.scopes);
    this.layout = new Layout(parsed.source, root);
    const found = inventoryOf(root, {
      functionOf: (node) => this.functionOf(node),
      namesOf: (node) => this.namesOf(node),
    });
    this.conditions = found.conditions;
    this.statements = found.statements;
    this.attributes = found.attributes;
    this.keys = found.keys;
    this.calls = found.calls;
    this.functions = found.functions;
    this.methodNames = found.methodNames;
    this.numbers = found.numbers;
    this.strings = found.strings;
  }

  /** Numbers, or short strings, of the file; one for each function that holds it. */
  literals(numeric: boolean): readonly SyntaxNode[] {
    return numeric ? this.numbers : this.strings;
  }

  /** The function the node stands in, or the module. */
  functionOf(node: SyntaxNode): SyntaxNode {
    const parent = node.parent;
    if (parent === null) return node;
    let owner = this.owners.get(parent);
    if (owner === undefined) {
      owner = parent.kind === "function_definition" ? parent : this.functionOf(parent);
      this.owners.set(parent, owner);
    }
    return owner;
  }

  /** The innermost loop around the node within its function. */
  loopOf(node: SyntaxNode): SyntaxNode | null {
    for (let at = node.parent; at !== null; at = at.parent) {
      if (at.kind === "for_statement" || at.kind === "while_statement") return at;
      if (at.kind === "function_definition" || at.kind === "class_definition") return null;
    }
    return null;
  }

  namesOf(node: SyntaxNode): readonly string[] {
    let names = this.nameSets.get(node);
    if (names === undefined) {
      names = freeNames(node);
      this.nameSets.set(node, names);
    }
    return names;
  }

  /** All names that may be read at the node, builtins excepted. */
  visibleNames(at: SyntaxNode): ReadonlySet<string> {
    const place = placeOf(at);
    let names = this.visible.get(place);
    if (names === undefined) {
      names = new Set(this.scopes.visibleAt(at).map((binding) => binding.name));
      this.visible.set(place, names);
    }
    return names;
  }

  isVisible(name: string, at: SyntaxNode): boolean {
    return BUILTINS.has(name) || this.visibleNames(at).has(name);
  }

  guess(node: SyntaxNode): Guess {
    return this.guesses.ofExpression(node);
  }

  /** Variables (no functions, classes or modules) that may be read at the node, with their guess and how near they are. */
  variablesAt(node: SyntaxNode): readonly Variable[] {
    const place = placeOf(node);
    let variables = this.variables.get(place);
    if (variables === undefined) {
      variables = this.findVariables(place, this.scopes.visibleAt(node), this.functionOf(node));
      this.variables.set(place, variables);
    }
    return variables;
  }

  private findVariables(place: SyntaxNode, visible: readonly Binding[], own: SyntaxNode): readonly Variable[] {
    return visible
      .filter((binding) => binding.kind !== "function" && binding.kind !== "class" && binding.kind !== "import")
      .map((binding) => {
        let distance = Math.abs(binding.declaration.line - place.line) + 1;
        for (const use of binding.uses)
          if (own.contains(use)) distance = Math.min(distance, Math.abs(use.line - place.line));
        const inner = binding.scope.kind !== "module" && binding.scope.kind !== "class";
        return { binding, guess: this.guesses.of(binding), nearness: (inner ? 1 : 0.35) / (1 + distance / 8) };
      });
  }

  /** Other variables that may stand where `name` stands, likeliest first. */
  replacementsFor(node: SyntaxNode, limit: number): readonly Choice[] {
    const old = this.scopes.resolve(node.text, node);
    const wanted = old === null ? "unknown" : this.guesses.of(old);
    const choices: Choice[] = [];
    for (const { binding, guess, nearness } of this.variablesAt(node)) {
      if (binding.name === node.text || binding.name === "self" || binding.name === "cls" || binding.name === "_")
        continue;
      const fits = fit(wanted, guess);
      if (fits === 0) continue;
      const alike = 0.35 + 0.65 * similarity(node.text, binding.name);
      const sameKind = old !== null && old.kind === binding.kind ? 1 : 0.8;
      choices.push({ text: binding.name, weight: fits * alike * sameKind * (0.4 + 0.6 * nearness) });
    }
    return top(choices, limit);
  }

  /** Statements of the function, or of the module when the node is in none. */
  statementsOf(owner: SyntaxNode): readonly SyntaxNode[] {
    let statements = this.bodies.get(owner);
    if (statements === undefined) {
      statements = this.statements.filter((statement) => this.functionOf(statement) === owner);
      this.bodies.set(owner, statements);
    }
    return statements;
  }

  /** Subscripts, attributes and calls of a function (or of the module outside of functions). */
  expressionsOf(owner: SyntaxNode): readonly SyntaxNode[] {
    let known = this.accesses.get(owner);
    if (known === undefined) {
      const seen = new Set<string>();
      known = [...owner.walk()].filter((node) => {
        if (!/^(subscript|attribute|call)$/.test(node.kind) || this.functionOf(node) !== owner || seen.has(node.text))
          return false;
        seen.add(node.text);
        return true;
      });
      this.accesses.set(owner, known);
    }
    return known;
  }

  /** The values the function returns, each text once. */
  returnsOf(owner: SyntaxNode): readonly SyntaxNode[] {
    let values = this.returned.get(owner);
    if (values === undefined) {
      const byText = new Map<string, SyntaxNode>();
      for (const statement of this.statementsOf(owner)) {
        const value = statement.kind === "return_statement" ? statement.namedChildren[0] : undefined;
        if (value !== undefined && !byText.has(value.text)) byText.set(value.text, value);
      }
      values = [...byText.values()];
      this.returned.set(owner, values);
    }
    return values;
  }

  /** `raise` statements of the function first, then of the rest of the file, whose names are no locals of another function. */
  raisesOf(owner: SyntaxNode): readonly string[] {
    const raises = this.statements.filter(
      (statement) => statement.kind === "raise_statement" && statement.namedChildren.length > 0,
    );
    const own = raises.filter((statement) => this.functionOf(statement) === owner);
    const others = raises.filter(
      (statement) => this.functionOf(statement) !== owner && this.namesOf(statement).length === 0,
    );
    return [...new Set([...own, ...others].map((statement) => statement.text))];
  }

  /** The class whose method the node is in. */
  classOf(node: SyntaxNode): SyntaxNode | null {
    return node.ancestor("class_definition");
  }

  /** Attributes that the class assigns to `self`, with a guess from the first value. */
  membersOf(cls: SyntaxNode): ReadonlyMap<string, Guess> {
    let members = this.members.get(cls);
    if (members === undefined) {
      members = new Map<string, Guess>();
      for (const node of cls.walk()) {
        const target = node.kind === "assignment" ? node.child("left") : null;
        if (target?.kind !== "attribute" || target.child("object")?.text !== "self") continue;
        const name = target.child("attribute")?.text ?? "";
        const value = node.child("right");
        if (!members.has(name) && value !== null) members.set(name, this.guess(value));
      }
      this.members.set(cls, members);
    }
    return members;
  }
}

/** The best choices first, weights scaled so that the best has its own weight at most 1; ties by text. */
export function top(choices: readonly Choice[], limit: number): readonly Choice[] {
  const best = new Map<string, number>();
  for (const { text, weight } of choices) best.set(text, Math.max(best.get(text) ?? 0, Math.min(1, weight)));
  return [...best]
    .map(([text, weight]) => ({ text, weight }))
    .sort((a, b) => b.weight - a.weight || (a.text < b.text ? -1 : 1))
    .slice(0, limit);
}
