import type { Binding } from "./bindings.ts";
import { operatorPrecedence, PRECEDENCE } from "./precedence.ts";
import type { Scopes } from "./scope.ts";
import type { SyntaxNode } from "./tree.ts";

/** A cheap guess of what a value is; `iterable` is "some container or string". */
export type Guess =
  | "number"
  | "string"
  | "bool"
  | "list"
  | "dict"
  | "set"
  | "tuple"
  | "none"
  | "iterable"
  | "callable"
  | "unknown";

const ITERABLE: ReadonlySet<Guess> = new Set(["string", "list", "dict", "set", "tuple", "iterable"]);

/** How well a value of guess `offered` fits where `wanted` stood: 0 (no) to 1. */
export function fit(wanted: Guess, offered: Guess): number {
  if (wanted === offered) return wanted === "unknown" ? 0.6 : 1;
  if (wanted === "unknown" || offered === "unknown") return 0.5;
  if (wanted === "none" || offered === "none") return 0.4;
  if (wanted === "iterable") return ITERABLE.has(offered) ? 0.8 : 0;
  if (offered === "iterable") return ITERABLE.has(wanted) ? 0.8 : 0;
  if ((wanted === "number" && offered === "bool") || (wanted === "bool" && offered === "number")) return 0.3;
  if ((wanted === "list" && offered === "tuple") || (wanted === "tuple" && offered === "list")) return 0.4;
  return 0;
}

export function isIterable(guess: Guess): boolean {
  return ITERABLE.has(guess);
}

const BY_CALL: Readonly<Record<string, Guess>> = {
  abs: "number", len: "number", int: "number", float: "number", sum: "number", round: "number", ord: "number", hash: "number", pow: "number",
  str: "string", repr: "string", chr: "string", format: "string", hex: "string", bin: "string",
  bool: "bool", any: "bool", all: "bool", isinstance: "bool", callable: "bool", hasattr: "bool",
  list: "list", sorted: "list", dict: "dict", defaultdict: "dict", OrderedDict: "dict", Counter: "dict", set: "set", frozenset: "set", tuple: "tuple",
  deque: "list", range: "iterable", reversed: "iterable", enumerate: "iterable", zip: "iterable", map: "iterable", filter: "iterable",
}; // prettier-ignore

const BY_METHOD_RESULT: Readonly<Record<string, Guess>> = {
  strip: "string", lstrip: "string", rstrip: "string", lower: "string", upper: "string", title: "string", capitalize: "string", replace: "string", join: "string", format: "string",
  zfill: "string", ljust: "string", rjust: "string", center: "string", decode: "string", casefold: "string", swapcase: "string",
  split: "list", rsplit: "list", splitlines: "list", readlines: "list", partition: "tuple", rpartition: "tuple",
  find: "number", rfind: "number", index: "number", rindex: "number", count: "number", bit_length: "number",
  startswith: "bool", endswith: "bool", isdigit: "bool", isalpha: "bool", isalnum: "bool", isspace: "bool", isupper: "bool", islower: "bool", isdecimal: "bool", isnumeric: "bool",
  keys: "iterable", values: "iterable", items: "iterable", union: "set", intersection: "set", difference: "set",
}; // prettier-ignore

const BY_METHOD_RECEIVER: Readonly<Record<string, Guess>> = {
  append: "list", extend: "list", insert: "list", sort: "list", reverse: "list", popleft: "list", appendleft: "list",
  items: "dict", keys: "dict", values: "dict", get: "dict", setdefault: "dict", add: "set", discard: "set", union: "set", difference: "set", intersection: "set",
  strip: "string", lstrip: "string", rstrip: "string", lower: "string", upper: "string", title: "string", split: "string", rsplit: "string", splitlines: "string", startswith: "string",
  endswith: "string", replace: "string", isdigit: "string", isalpha: "string", isalnum: "string", isspace: "string", join: "string", partition: "string", encode: "string", format: "string",
}; // prettier-ignore

const BY_ANNOTATION: Readonly<Record<string, Guess>> = {
  int: "number", float: "number", complex: "number", str: "string", bool: "bool", list: "list", List: "list", Sequence: "list", dict: "dict", Dict: "dict", Mapping: "dict",
  set: "set", Set: "set", frozenset: "set", tuple: "tuple", Tuple: "tuple", Iterable: "iterable", Iterator: "iterable", Callable: "callable",
}; // prettier-ignore

const BY_NAME: readonly (readonly [RegExp, Guess])[] = [
  [
    /^(i|j|k|n|m|count|index|idx|total|size|length|width|height|depth|low|high|lo|hi|mid|start|end|step|limit|position|pos|offset|amount|price|rate|page|year|month|day)$/,
    "number",
  ],
  [/_(count|index|size|length|id|limit|width|height|total|position|offset|start|end)$/, "number"],
  [/^(max|min|num|n)_/, "number"],
  [/^(text|name|line|word|title|char|string|prefix|suffix|message|separator|delimiter|s|ch|c)$/, "string"],
  [/_(text|name|line|word|title|string|prefix|suffix|message)$/, "string"],
  [/^(is|has|can|should|was)_/, "bool"],
  [/^(items|rows|values|lines|words|numbers|result|results|stack|queue|parts|tokens|elements)$/, "list"],
];

/** Guesses of names and expressions, remembered. */
export class Guesses {
  private readonly scopes: Scopes;
  private readonly known = new Map<Binding, Guess>();

  constructor(scopes: Scopes) {
    this.scopes = scopes;
  }

  of(binding: Binding): Guess {
    const known = this.known.get(binding);
    if (known !== undefined) return known;
    this.known.set(binding, "unknown"); // ends recursion: x = x.f()
    const guess = this.find(binding);
    this.known.set(binding, guess);
    return guess;
  }

  private find(binding: Binding): Guess {
    if (binding.kind === "function" || binding.kind === "class") return "callable";
    if (binding.kind === "import") return "unknown";
    if (binding.annotation !== null) {
      const name = /[A-Za-z]+/.exec(binding.annotation.text)?.[0] ?? "";
      const guess = BY_ANNOTATION[name];
      if (guess !== undefined) return guess;
    }
    if (binding.kind === "loop") {
      const guess = this.ofLoopVariable(binding);
      if (guess !== "unknown") return guess;
    } else if (binding.initialiser !== null) {
      const guess = this.ofExpression(binding.initialiser);
      if (guess !== "unknown" && guess !== "none") return guess;
    }
    for (const use of binding.uses) {
      const guess = byUse(use);
      if (guess !== "unknown") return guess;
    }
    return BY_NAME.find(([pattern]) => pattern.test(binding.name))?.[1] ?? "unknown";
  }

  private ofLoopVariable(binding: Binding): Guess {
    const over = binding.initialiser;
    if (over === null) return "unknown";
    const name = over.kind === "call" ? over.child("function")?.text : undefined;
    if (name === "range") return "number";
    const target = binding.declaration.child("left");
    if (name === "enumerate" && target?.namedChildren[0]?.text === binding.name) return "number";
    if (over.kind === "identifier" && target?.kind === "identifier" && this.ofExpression(over) === "string")
      return "string";
    return "unknown";
  }

  ofExpression(node: SyntaxNode): Guess {
    switch (node.kind) {
      case "integer":
      case "float":
        return "number";
      case "string":
      case "concatenated_string":
        return "string";
      case "true":
      case "false":
      case "not_operator":
      case "comparison_operator":
        return "bool";
      case "none":
        return "none";
      case "list":
      case "list_comprehension":
        return "list";
      case "dictionary":
      case "dictionary_comprehension":
        return "dict";
      case "set":
      case "set_comprehension":
        return "set";
      case "tuple":
      case "expression_list":
        return "tuple";
      case "generator_expression":
        return "iterable";
      case "lambda":
        return "callable";
      case "unary_operator":
        return "number";
      case "parenthesized_expression":
      case "await":
        return node.namedChildren[0] === undefined || node.kind === "await"
          ? "unknown"
          : this.ofExpression(node.namedChildren[0]);
      case "identifier": {
        const binding = this.scopes.resolve(node.text, node);
        return binding === null ? "unknown" : this.of(binding);
      }
      case "call": {
        const callee = node.child("function");
        if (callee?.kind === "identifier") return BY_CALL[callee.text] ?? "unknown";
        if (callee?.kind === "attribute") return BY_METHOD_RESULT[callee.child("attribute")?.text ?? ""] ?? "unknown";
        return "unknown";
      }
      case "boolean_operator":
      case "conditional_expression": {
        const [first, second] =
          node.kind === "boolean_operator"
            ? [node.child("left"), node.child("right")]
            : [node.namedChildren[0], node.namedChildren[2]];
        const guess = first ? this.ofExpression(first) : "unknown";
        return guess !== "unknown" && guess !== "none" ? guess : second ? this.ofExpression(second) : "unknown";
      }
      case "binary_operator": {
        const operator = node.child("operator")?.kind ?? "";
        const [left, right] = [node.child("left"), node.child("right")];
        if (left === null || right === null) return "unknown";
        const guess = this.ofExpression(left);
        if (guess !== "unknown" && guess !== "number") return guess;
        const other = this.ofExpression(right);
        if (other === "string" || other === "list") return operator === "+" || operator === "*" ? other : "unknown";
        if (guess === "number" || other === "number") return "number";
        return operatorPrecedence(operator) === PRECEDENCE.product && operator !== "%" ? "number" : "unknown";
      }
      case "subscript": {
        const value = node.child("value");
        if (value === null) return "unknown";
        const container = this.ofExpression(value);
        if (node.child("subscript")?.kind === "slice") return container;
        return container === "string" ? "string" : "unknown";
      }
      default:
        return "unknown";
    }
  }
}

/** What the place a name is used at says about its value. */
function byUse(use: SyntaxNode): Guess {
  const parent = use.parent;
  if (parent === null) return "unknown";
  switch (parent.kind) {
    case "attribute":
      return parent.parent?.kind === "call" && use.field === "object"
        ? (BY_METHOD_RECEIVER[parent.child("attribute")?.text ?? ""] ?? "unknown")
        : "unknown";
    case "argument_list":
      return ["len", "sorted", "enumerate", "reversed", "sum"].includes(parent.parent?.child("function")?.text ?? "") &&
        parent.namedChildren[0] === use
        ? "iterable"
        : "unknown";
    case "for_statement":
    case "for_in_clause":
      return use.field === "right" ? "iterable" : "unknown";
    case "subscript":
      if (use.field === "value") return parent.child("subscript")?.kind === "slice" ? "list" : "unknown";
      return "unknown";
    case "slice":
      return "number";
    case "unary_operator":
      return "number";
    case "augmented_assignment":
      return parent.child("right")?.kind === "integer" ? "number" : "unknown";
    case "binary_operator": {
      const operator = parent.child("operator")?.kind ?? "";
      const other = parent.child(use.field === "left" ? "right" : "left");
      if (other?.kind === "string" && operator === "+") return "string";
      if (other?.kind === "integer" || other?.kind === "float") return "number";
      return operator === "-" || operator === "/" || operator === "//" ? "number" : "unknown";
    }
    case "comparison_operator": {
      const others = parent.namedChildren.filter((child) => child !== use && child.field === null);
      if (others.some((child) => child.kind === "integer" || child.kind === "float")) return "number";
      if (others.some((child) => child.kind === "string") && parent.namedChildren[0] === use) return "string";
      return "unknown";
    }
    default:
      return "unknown";
  }
}
