import { isIterable } from "../guess.ts";
import { top, type Choice } from "../file.ts";
import { PRECEDENCE, precedenceOf } from "../precedence.ts";
import { isDocstring, STATEMENTS } from "../statements.ts";
import { returnValues } from "./control.ts";
import { argumentsOf, calleeName, draft, replaceExpression, type Operator } from "./operator.ts";

export const RECURSION_OPERATORS: readonly Operator[] = [
  {
    id: "fix-recursion-base",
    faultClass: "recursion-base",
    description: "A case that ends a recursion, before anything else or before the recursive call",
    kinds: STATEMENTS,
    *edits(node, file) {
      const { layout } = file;
      const own = file.functionOf(node);
      const indent = layout.indentOf(node);
      if (own === file.root || indent === null || !layout.ownsLines(node)) return;
      const name = own.child("name")?.text ?? "";
      const header = node.children.find((child) => child.kind === "block")?.start ?? node.end;
      const opening = (own.child("body")?.namedChildren ?? []).find((child) => !isDocstring(child));
      const entry = opening === node;
      const calls = file.calls.filter((call) => calleeName(call) === name && file.functionOf(call) === own);
      if (calls.length === 0) return;
      if (
        !entry &&
        !calls.some((call) => node.contains(call) && call.start < header && node.parent === own.child("body"))
      )
        return;
      const values = [
        ...returnValues(node, file, 5),
        { text: "1", weight: 0.5 },
        { text: "[]", weight: 0.4 },
        { text: "[[]]", weight: 0.3 },
        { text: "0", weight: 0.5 },
      ];
      const tests: Choice[] = [];
      for (const { binding, guess } of file.variablesAt(node)) {
        if (binding.kind !== "parameter" || binding.name === "self") continue;
        const passed = calls.some((call) =>
          argumentsOf(call).some(
            (argument) => argument.text !== binding.name && file.namesOf(argument).includes(binding.name),
          ),
        );
        const scale = passed ? 1 : 0.5;
        if (guess === "number")
          for (const [text, weight] of [
            ["== 0", 1],
            ["<= 0", 0.8],
            ["== 1", 0.7],
            ["< 0", 0.7],
            ["<= 1", 0.7],
            ["< 2", 0.3],
          ] as const)
            tests.push({ text: `${binding.name} ${text}`, weight: weight * scale });
        else {
          tests.push({ text: `not ${binding.name}`, weight: 0.9 * scale });
          tests.push({ text: `${binding.name} is None`, weight: 0.7 * scale });
          tests.push({ text: `len(${binding.name}) == 1`, weight: 0.4 * scale });
          tests.push({ text: `len(${binding.name}) <= 1`, weight: 0.5 * scale });
          if (guess === "unknown") tests.push({ text: `${binding.name} == 0`, weight: 0.5 * scale });
        }
        values.push({ text: binding.name, weight: 0.4 });
      }
      const pairs = top(tests, 6).flatMap((test) =>
        top(values, 7).map((value) => ({ text: `${test.text}\n${value.text}`, weight: test.weight * value.weight })),
      );
      for (const { text, weight } of top(pairs, entry ? 18 : 6)) {
        const [test = "", value = ""] = text.split("\n");
        yield draft(
          [
            layout.before(
              node,
              layout.block(`if ${test}:`, "", indent) + layout.block(`return ${value}`, "", indent + layout.unit),
            ),
          ],
          weight,
        );
      }
    },
  },
  {
    id: "adjust-recursive-argument",
    faultClass: "recursion-base",
    description: "Another argument for the recursive call: one less, a half, the rest",
    kinds: ["call"],
    *edits(node, file) {
      const own = file.functionOf(node);
      if (own === file.root || calleeName(node) !== own.child("name")?.text) return;
      for (const argument of argumentsOf(node)) {
        if (argument.kind === "keyword_argument") continue;
        const guess = file.guess(argument);
        const bare = argument.kind === "identifier";
        if (bare) {
          if (guess !== "string" && !isIterable(guess)) {
            for (const step of ["- 1", "+ 1", "- 2", "// 2"])
              yield replaceExpression(argument, `${argument.text} ${step}`, PRECEDENCE.sum, step === "- 2" ? 0.3 : 0.8);
          }
          if (guess !== "number")
            for (const slice of ["[1:]", "[:-1]"])
              yield replaceExpression(argument, `${argument.text}${slice}`, PRECEDENCE.primary, 0.6);
        } else if (argument.kind === "binary_operator") {
          const [left, right] = [argument.child("left"), argument.child("right")];
          if (left !== null && right !== null && file.namesOf(left).length > 0)
            yield replaceExpression(argument, left.text, precedenceOf(left), 0.6);
        } else if (argument.kind === "subscript" && argument.child("subscript")?.kind === "slice") {
          const value = argument.child("value");
          if (value !== null)
            for (const slice of ["[1:]", "[:-1]", ""])
              if (value.text + slice !== argument.text)
                yield replaceExpression(argument, value.text + slice, PRECEDENCE.primary, 0.6);
        }
      }
    },
  },
];
