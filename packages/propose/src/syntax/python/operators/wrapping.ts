import { top, type Choice, type PythonFile } from "../file.ts";
import { isIterable } from "../guess.ts";
import { precedenceOf } from "../precedence.ts";
import { similarity } from "../similarity.ts";
import { statementOf } from "../statements.ts";
import type { SyntaxNode } from "../tree.ts";
import { isPositional, parameterName } from "./argument.ts";
import { argumentsOf, calleeName, insert, replace, replaceExpression, type Operator } from "./operator.ts";

const WRAPPED = [
  "identifier",
  "call",
  "subscript",
  "attribute",
  "binary_operator",
  "list_comprehension",
  "conditional_expression",
  "string",
] as const;

export const WRAPPING_OPERATORS: readonly Operator[] = [
  {
    id: "unwrap-call",
    faultClass: "missing-call",
    description: "The argument or the receiver instead of the call",
    kinds: ["call"],
    *edits(node) {
      if (node.parent?.kind === "expression_statement") return;
      const given = argumentsOf(node);
      const callee = node.child("function");
      const first = given[0];
      const conversion = ["int", "str", "float", "list", "set", "tuple", "bool", "round", "dict"].includes(
        callee?.text ?? "",
      );
      if (first !== undefined && isPositional(first) && callee?.kind === "identifier") {
        yield replaceExpression(
          node,
          first.text,
          precedenceOf(first),
          given.length === 1 ? 0.8 : 0.3,
          conversion ? "type-conversion" : undefined,
        );
        const second = given[1];
        if (second !== undefined && isPositional(second) && given.length === 2)
          yield replaceExpression(node, second.text, precedenceOf(second), 0.4);
      }
      if (callee?.kind === "attribute") {
        const object = callee.child("object");
        if (object !== null && object.text !== "self" && object.kind !== "string")
          yield replaceExpression(node, object.text, precedenceOf(object), given.length === 0 ? 0.8 : 0.4);
        if (
          first !== undefined &&
          given.length === 1 &&
          isPositional(first) &&
          (object?.text === "self" || object?.text === "math")
        )
          yield replaceExpression(node, first.text, precedenceOf(first), 0.6);
      }
      if (first === undefined && node.child("arguments")?.kind === "generator_expression") {
        const generator = node.child("arguments");
        if (generator !== null && ["list", "set", "sorted", "tuple"].includes(callee?.text ?? ""))
          yield replace(node, generator.text, 0.3);
      }
    },
  },
  {
    id: "wrap-call",
    faultClass: "missing-call",
    description: "A call around a value: a function of the file, or one that fits the kind of value",
    kinds: WRAPPED,
    *edits(node, file) {
      if (!isValuePlace(node)) return;
      for (const choice of wrappers(node, file))
        if (!CONVERSIONS.has(choice.text)) yield replace(node, `${choice.text}(${node.text})`, choice.weight);
    },
  },
  {
    id: "convert-type",
    faultClass: "type-conversion",
    description: "A conversion around a value: int(x), str(x), list(x)",
    kinds: WRAPPED,
    *edits(node, file) {
      if (!isValuePlace(node)) return;
      for (const choice of wrappers(node, file))
        if (CONVERSIONS.has(choice.text)) yield replace(node, `${choice.text}(${node.text})`, choice.weight);
    },
  },
  {
    id: "add-method-call",
    faultClass: "missing-call",
    description: "A method called on a value: .strip(), .lower(), …",
    kinds: ["identifier", "call", "subscript", "attribute"],
    *edits(node, file) {
      if (
        !isValuePlace(node) &&
        !(node.parent?.kind === "attribute" && node.field === "object" && node.parent.parent?.kind === "call")
      )
        return;
      if (node.kind === "identifier" && /^(self|cls|_)$|^[A-Z]/.test(node.text)) return;
      if (node.kind === "attribute" && node.parent?.kind === "call" && node.field === "function") return;
      if (node.kind === "identifier" && file.scopes.resolve(node.text, node)?.kind.match(/function|class|import/))
        return;
      const guess = file.guess(node);
      const textual =
        guess === "string"
          ? 1
          : guess === "unknown" &&
              /name|text|word|line|key|title|char|value|token|part|field|email|code|tag|label/.test(node.text)
            ? 0.5
            : 0;
      // a.lower() == b asks for b.lower(), and "x" in text.lower() for a lower-case x.
      for (const other of node.parent?.kind === "comparison_operator" ? node.parent.namedChildren : []) {
        const callee = other === node || other.kind !== "call" ? null : other.child("function");
        if (callee?.kind === "attribute" && argumentsOf(other).length === 0)
          yield insert(node.end, `.${calleeName(other)}()`, 1);
      }
      if (textual > 0) {
        for (const [method, weight] of [
          ["strip", 1],
          ["lower", 1],
          ["upper", 0.4],
          ["casefold", 0.1],
          ["split", 0.3],
        ] as const)
          if (!node.text.endsWith(`.${method}()`)) yield insert(node.end, `.${method}()`, weight * textual);
      } else if (guess === "dict") {
        for (const [method, weight] of [
          ["items", 0.6],
          ["values", 0.8],
          ["keys", 0.3],
        ] as const)
          yield insert(node.end, `.${method}()`, weight);
      }
    },
  },
  {
    id: "call-function",
    faultClass: "missing-call",
    description: "A function called where it was only named",
    kinds: ["identifier", "attribute"],
    *edits(node, file) {
      if (node.parent?.kind === "call" && node.field === "function") return;
      if (
        node.parent?.kind === "attribute" ||
        node.field === "name" ||
        node.field === "left" ||
        node.parent?.kind === "decorator" ||
        node.parent?.kind === "dotted_name"
      )
        return;
      if (
        node.kind === "identifier" &&
        (file.scopes.resolve(node.text, node)?.kind !== "function" || node.parent?.kind === "parameters")
      )
        return;
      if (node.kind === "attribute" && !file.methodNames.has(node.child("attribute")?.text ?? "")) return;
      yield insert(node.end, "()");
    },
  },
];

const CONVERSIONS = new Set(["int", "str", "float", "list", "set", "tuple", "bool", "round", "dict"]);

/** Where a value is used as a whole: argument, right side, returned, compared, iterated, indexed with. */
function isValuePlace(node: SyntaxNode): boolean {
  const parent = node.parent;
  if (parent === null || statementOf(node) === null) return false;
  switch (parent.kind) {
    case "argument_list":
      return true;
    case "assignment":
    case "augmented_assignment":
      return node.field === "right";
    case "return_statement":
    case "comparison_operator":
    case "binary_operator":
    case "for_in_clause":
    case "for_statement":
    case "list":
    case "tuple":
    case "expression_list":
      return node.field !== "left" || parent.kind === "binary_operator";
    case "pair":
    case "keyword_argument":
      return node.field === "value" || (parent.kind === "pair" && node.kind !== "string");
    case "subscript":
      return node.field === "subscript";
    case "conditional_expression":
      return parent.namedChildren[1] !== node;
    case "list_comprehension":
    case "set_comprehension":
    case "generator_expression":
      return node.field === "body";
    default:
      return false;
  }
}

/** Functions worth putting around a value, by its kind and place; functions of the file that take one argument first. */
function wrappers(node: SyntaxNode, file: PythonFile): readonly Choice[] {
  const parent = node.parent;
  const guess = file.guess(node);
  const choices: Choice[] = [];
  const offer = (text: string, weight: number): void => {
    if (
      !(node.kind === "call" && calleeName(node) === text) &&
      !(parent?.kind === "argument_list" && parent.parent?.child("function")?.text === text)
    )
      choices.push({ text, weight });
  };
  if (node.kind === "identifier") {
    const binding = file.scopes.resolve(node.text, node);
    if (
      binding === null ||
      binding.kind === "function" ||
      binding.kind === "class" ||
      binding.kind === "import" ||
      /^(self|cls|_)$/.test(node.text)
    )
      return [];
  }
  if (node.kind === "string") {
    if (parent?.kind === "comparison_operator") return [];
    if (!/\d/.test(node.text)) return [];
    offer("int", 0.4);
    return choices;
  }
  const iterated = parent?.kind === "for_statement" || parent?.kind === "for_in_clause";
  if (iterated) {
    if (guess !== "number") {
      offer("sorted", 0.8);
      offer("set", 0.4);
      offer("reversed", 0.2);
    }
    if (guess === "number" || (guess === "unknown" && node.kind === "identifier")) offer("range", 0.6);
  } else if (guess === "number") {
    offer("abs", 0.6);
    offer("int", 0.6);
    offer("round", 0.5);
    offer("str", parent?.kind === "binary_operator" ? 0.5 : 0.6);
    offer("float", 0.3);
  } else if (guess === "string") {
    offer("int", 0.8);
    offer("len", 0.5);
    offer("float", 0.4);
    offer("list", 0.2);
  } else if (isIterable(guess)) {
    offer("len", 0.7);
    offer("sorted", 0.8);
    offer("list", 0.6);
    offer("set", 0.5);
    offer("tuple", 0.4);
    offer("sum", 0.4);
    offer("max", 0.2);
    offer("min", 0.2);
  } else if (guess === "unknown") {
    offer("str", 0.6);
    offer("int", 0.6);
    offer("len", 0.4);
    offer("abs", parent?.kind === "comparison_operator" || parent?.kind === "assignment" ? 0.35 : 0.2);
    offer("float", 0.35);
    offer("sorted", 0.25);
    offer("list", 0.25);
    offer("tuple", 0.2);
  } else if (guess === "bool") offer("int", 0.3);
  const own = file.functionOf(node);
  for (const [name, definition] of file.functions) {
    const parameters = definition.child("parameters")?.namedChildren ?? [];
    const first = parameters[0];
    const isMethod = first?.text === "self" || first?.text === "cls";
    const wanted = isMethod ? parameters.slice(1) : parameters;
    const required = wanted.filter(
      (parameter) => parameter.kind === "identifier" || parameter.kind === "typed_parameter",
    ).length;
    if (required !== 1 || name.startsWith("__") || definition === own) continue;
    if (isMethod && file.classOf(node) !== definition.ancestor("class_definition")) continue;
    const parameter = wanted[0];
    if (parameter === undefined) continue;
    const takes = parameterName(parameter);
    const sameName = similarity(
      takes,
      node.kind === "identifier" ? node.text : (node.text.match(/\w+/g)?.at(-1) ?? ""),
    );
    offer(isMethod ? `self.${name}` : name, 0.35 + 0.5 * sameName);
  }
  for (const binding of file.scopes.visibleAt(node)) {
    if (
      binding.name === "math" &&
      binding.kind === "import" &&
      node.kind === "binary_operator" &&
      node.text.includes("/")
    ) {
      offer("math.ceil", 0.7);
      offer("math.floor", 0.6);
    }
    // Imported functions that the file already calls with one argument.
    if (
      binding.kind === "import" &&
      file.calls.some((call) => call.child("function")?.text === binding.name && argumentsOf(call).length === 1)
    )
      offer(binding.name, 0.4);
  }
  const inside = parent?.kind === "binary_operator" || parent?.kind === "list" || parent?.kind === "tuple" ? 4 : 6;
  return top(choices, node.kind === "binary_operator" ? 4 : inside);
}
