import { isIterable, type Guess } from "../guess.ts";
import { top, type Choice, type PythonFile } from "../file.ts";
import { PRECEDENCE } from "../precedence.ts";
import { isDocstring, STATEMENTS } from "../statements.ts";
import type { SyntaxNode } from "../tree.ts";
import { conditionsAt } from "../conditions.ts";
import { argumentsOf, calleeName, draft, replaceExpression, type Operator } from "./operator.ts";
import { returnValues } from "./control.ts";

/** What may go wrong in a statement if a value is missing, empty, zero or out of range: conditions that say so, likeliest first. */
function dangers(node: SyntaxNode, file: PythonFile): readonly Choice[] {
  const header = node.children.find((child) => child.kind === "block")?.start ?? node.end;
  const choices: Choice[] = [];
  const offer = (text: string, weight: number): void => void choices.push({ text, weight });
  for (const inner of node.walk()) {
    if (inner.start >= header) continue;
    if (inner.kind === "binary_operator" && ["/", "//", "%"].includes(inner.child("operator")?.kind ?? "")) {
      const divisor = inner.child("right");
      if (
        divisor === null ||
        inner.child("left")?.kind === "string" ||
        divisor.kind === "integer" ||
        divisor.kind === "float"
      )
        continue;
      const counted = divisor.kind === "call" && calleeName(divisor) === "len" ? argumentsOf(divisor)[0] : undefined;
      if (counted !== undefined) offer(`not ${counted.text}`, 1);
      else {
        offer(`${divisor.text} == 0`, 1);
        if (divisor.kind === "identifier") offer(`not ${divisor.text}`, 0.8);
        offer(`${divisor.text} <= 0`, 0.5);
      }
    } else if (inner.kind === "subscript" && inner.field !== "left") {
      const [value, index] = [inner.child("value"), inner.child("subscript")];
      if (value === null || index === null || index.kind === "slice") continue;
      const container = file.guess(value);
      if (index.kind === "integer" || index.kind === "unary_operator") {
        offer(`not ${value.text}`, 0.9);
        if (index.text !== "0" && index.text !== "-1")
          offer(`len(${value.text}) < ${Math.abs(Number(index.text)) + (index.kind === "integer" ? 1 : 0)}`, 0.6);
      } else if (container === "dict" || file.guess(index) === "string")
        offer(`${index.text} not in ${value.text}`, 0.9);
      else {
        offer(`${index.text} >= len(${value.text})`, 0.6);
        offer(`${index.text} < 0`, 0.5);
        offer(`${index.text} not in ${value.text}`, 0.5);
      }
    } else if (inner.kind === "call") {
      const name = calleeName(inner);
      const first = argumentsOf(inner)[0];
      if (["max", "min"].includes(name) && argumentsOf(inner).length === 1 && first !== undefined)
        offer(`not ${first.text}`, 0.9);
      const callee = inner.child("function");
      const object = callee?.kind === "attribute" ? callee.child("object") : null;
      if (object?.kind === "identifier" && object.text !== "self") {
        if (name === "pop" || name === "popleft") offer(`not ${object.text}`, 0.8);
        if (name === "append" || name === "add") {
          for (const argument of argumentsOf(inner))
            if (argument.kind === "identifier") offer(`${argument.text} in ${object.text}`, name === "add" ? 0.7 : 0.6);
        }
      }
    } else if (inner.kind === "attribute" && inner.child("object")?.kind === "identifier") {
      const object = inner.child("object");
      if (
        object !== null &&
        object.text !== "self" &&
        file.guess(object) === "unknown" &&
        file.scopes.resolve(object.text, object)?.kind !== "import"
      )
        offer(`${object.text} is None`, 0.6);
    }
  }
  return choices;
}

/** Tests of a variable that decide whether to go on at all. */
function refusals(name: string, guess: Guess, hasNone: boolean): readonly (readonly [string, number])[] {
  if (guess === "number") return [[`${name} < 0`, 0.7], [`${name} <= 0`, 0.7], [`${name} == 0`, 0.6], [`${name} < 1`, 0.5]]; // prettier-ignore
  if (guess === "bool") return [[name, 0.6], [`not ${name}`, 0.7]]; // prettier-ignore
  if (isIterable(guess)) return [[`not ${name}`, 0.9], ...(hasNone ? [[`${name} is None`, 0.8] as const] : []), [`len(${name}) < 2`, 0.3]]; // prettier-ignore
  return [[`not ${name}`, 0.6], [`${name} is None`, hasNone ? 0.9 : 0.7], [`${name} <= 0`, 0.25], [`${name} == 0`, 0.2]]; // prettier-ignore
}

export const GUARD_OPERATORS: readonly Operator[] = [
  {
    id: "add-guard",
    faultClass: "missing-guard",
    description: "A test before a statement that leaves early, in the way the function leaves elsewhere",
    kinds: STATEMENTS,
    *edits(node, file) {
      const { layout } = file;
      const own = file.functionOf(node);
      const indent = layout.indentOf(node);
      if (
        own === file.root ||
        indent === null ||
        !layout.ownsLines(node) ||
        isDocstring(node) ||
        /^(pass|global|nonlocal)/.test(node.kind)
      )
        return;
      const tests: Choice[] = [...dangers(node, file)];
      const risky = tests.length > 0;
      const body = own.child("body");
      const opening = (body?.namedChildren ?? []).find((child) => !isDocstring(child));
      const entry = opening === node;
      const loop = file.loopOf(node);
      const loopEntry = loop !== null && node.parent === loop.child("body") && node.parent?.namedChildren[0] === node;
      const used = new Set(file.namesOf(node));
      for (const { binding, guess, nearness } of file.variablesAt(node)) {
        const name = binding.name;
        if (name === "self" || name === "cls" || name === "_" || binding.scope.kind === "module") continue;
        const parameter = binding.kind === "parameter";
        // What was set up just now and not touched since needs no test.
        const untouched =
          binding.kind === "local" &&
          !binding.uses.some((use) => use.start > binding.declaration.end && use.end < node.start);
        if (
          untouched &&
          binding.initialiser !== null &&
          /^(\[\]|\{\}|\d+|None|True|False|""|set\(\))$/.test(binding.initialiser.text)
        )
          continue;
        if (!(entry && parameter) && !(loopEntry && binding.kind === "loop") && !used.has(name)) continue;
        const scale = (entry && parameter) || (loopEntry && binding.kind === "loop") ? 0.9 : 0.5;
        const hasNone =
          binding.initialiser?.kind === "none" ||
          (binding.initialiser?.kind === "call" && calleeName(binding.initialiser) === "get");
        for (const [text, weight] of refusals(name, guess, hasNone))
          tests.push({ text, weight: weight * scale * (0.5 + 0.5 * nearness) });
      }
      if (loop !== null)
        for (const choice of conditionsAt(node, file, 4))
          tests.push({ text: choice.text, weight: choice.weight * (loopEntry ? 1 : 0.6) });
      const ways: Choice[] = [];
      const returns = returnValues(node, file, 4);
      const inner = loop === null ? 1 : 0.45;
      for (const [index, value] of returns.entries())
        ways.push({ text: `return ${value.text}`, weight: value.weight * inner * (1 - index * 0.1) });
      if (loop !== null) {
        ways.push({ text: "continue", weight: 0.95 });
        ways.push({ text: "break", weight: 0.5 });
      }
      for (const text of file.raisesOf(own).slice(0, 2)) ways.push({ text, weight: 0.5 });
      const pairs: Choice[] = [];
      for (const test of tests)
        for (const way of ways) pairs.push({ text: `${test.text}\n${way.text}`, weight: test.weight * way.weight });
      for (const { text, weight } of top(pairs, entry ? 18 : risky || loopEntry ? 12 : 4)) {
        const [test = "", way = ""] = text.split("\n");
        yield draft(
          [layout.before(node, layout.block(`if ${test}:`, "", indent) + layout.block(way, "", indent + layout.unit))],
          weight,
        );
      }
    },
  },
  {
    id: "add-null-check",
    faultClass: "missing-guard",
    description: "A value only used when it is there: `x.f() if x else None`",
    kinds: ["subscript", "attribute", "binary_operator", "call"],
    *edits(node, file) {
      const parent = node.parent;
      if (
        parent === null ||
        !/^(return_statement|assignment|argument_list|pair|keyword_argument|list_comprehension)$/.test(parent.kind) ||
        node.field === "left" ||
        node.field === "name"
      )
        return;
      if (file.functionOf(node) === file.root) return;
      const tests: Choice[] = dangers(node, file).filter(
        ({ text }) => text.startsWith("not ") || / (==|not in|is) /.test(text),
      );
      const variables = node.kind === "call" ? argumentsOf(node) : [];
      const more: Choice[] = variables
        .filter((argument) => argument.kind === "identifier" && file.guess(argument) !== "number")
        .map((argument) => ({ text: `not ${argument.text}`, weight: 0.4 }));
      const wanted = file.guess(node);
      const fallback =
        wanted === "number" || node.kind === "binary_operator"
          ? ["0", "None"]
          : wanted === "string"
            ? ['""', "None"]
            : wanted === "list"
              ? ["[]", "None"]
              : ["None", "0"];
      for (const test of top([...tests, ...more], 2)) {
        for (const [index, value] of fallback.entries()) {
          const positive = test.text.startsWith("not ")
            ? test.text.slice(4)
            : test.text
                .replace(" == 0", " != 0")
                .replace(" not in ", " in ")
                .replace(/ is None$/, " is not None");
          yield replaceExpression(
            node,
            `${node.text} if ${positive} else ${value}`,
            PRECEDENCE.conditional,
            test.weight * (index === 0 ? 1 : 0.6),
          );
        }
      }
    },
  },
  {
    id: "default-value",
    faultClass: "missing-guard",
    description: "A value to take when there is none: `x or default`, `default if x is None else x`",
    kinds: ["identifier", "call", "attribute", "boolean_operator", "conditional_expression"],
    *edits(node, file) {
      const parent = node.parent;
      if (parent === null || file.functionOf(node) === file.root) return;
      if (node.kind === "boolean_operator") {
        const [left, right] = [node.child("left"), node.child("right")];
        if (node.child("operator")?.kind !== "or" || left === null || right === null) return;
        if (!/^(assignment|return_statement|argument_list)$/.test(parent.kind)) return;
        yield replaceExpression(
          node,
          `${left.text} if ${left.text} is not None else ${right.text}`,
          PRECEDENCE.conditional,
          1,
        );
        yield replaceExpression(
          node,
          `${right.text} if ${left.text} is None else ${left.text}`,
          PRECEDENCE.conditional,
          1,
        );
        return;
      }
      if (node.kind === "conditional_expression") {
        const [yes, condition, no] = node.namedChildren;
        if (yes !== undefined && no !== undefined && condition?.text === `${yes.text} is not None`)
          yield replaceExpression(node, `${yes.text} or ${no.text}`, PRECEDENCE.or, 0.6);
        return;
      }
      if (
        !/^(assignment|return_statement|argument_list|for_statement|for_in_clause|pair|keyword_argument)$/.test(
          parent.kind,
        ) ||
        node.field === "left" ||
        node.field === "name"
      )
        return;
      const binding = node.kind === "identifier" ? file.scopes.resolve(node.text, node) : null;
      if (
        node.kind === "identifier" &&
        (binding === null || (binding.kind !== "parameter" && binding.kind !== "local") || node.text === "self")
      )
        return;
      const looked = node.kind === "call" && calleeName(node) === "get";
      if (node.kind === "call" && !looked) return;
      const absent =
        looked ||
        binding?.initialiser?.kind === "none" ||
        (binding?.initialiser?.kind === "call" && calleeName(binding.initialiser) === "get");
      if (!absent && binding?.kind !== "parameter") return;
      const guess = file.guess(node);
      const values: readonly (readonly [string, number])[] =
        parent.kind === "for_statement" || parent.kind === "for_in_clause" || guess === "list" || guess === "iterable" ? [["[]", 1], ["()", 0.3]]
        : guess === "string" ? [['""', 1]]
        : guess === "number" ? [["0", 1], ["1", 0.4]]
        : guess === "dict" ? [["{}", 1]]
        : [["0", 0.5], ["[]", 0.6], ['""', 0.5], ["{}", 0.5]]; // prettier-ignore
      for (const [text, weight] of values)
        yield replaceExpression(node, `${node.text} or ${text}`, PRECEDENCE.or, weight * (absent ? 1 : 0.3));
    },
  },
];
