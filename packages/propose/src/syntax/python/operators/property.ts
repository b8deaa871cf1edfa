import { top, type Choice, type PythonFile } from "../file.ts";
import { keyContainer } from "../inventory.ts";
import { similarity } from "../similarity.ts";
import { isDocstring } from "../statements.ts";
import type { SyntaxNode } from "../tree.ts";
import { isVariableSite } from "./variable.ts";
import { insert, replace, type Operator } from "./operator.ts";

/** Attributes and methods of the class around the node: what `self.` offers. */
function membersOf(cls: SyntaxNode): {
  readonly attributes: ReadonlySet<string>;
  readonly methods: ReadonlyMap<string, SyntaxNode>;
} {
  const attributes = new Set<string>();
  const methods = new Map<string, SyntaxNode>();
  for (const node of cls.walk()) {
    if (node.kind === "attribute" && node.child("object")?.text === "self")
      attributes.add(node.child("attribute")?.text ?? "");
    if (node.kind === "function_definition" && node.ancestor("class_definition") === cls) {
      const name = node.child("name")?.text ?? "";
      methods.set(name, node);
    }
  }
  for (const name of methods.keys()) attributes.delete(name);
  return { attributes, methods };
}

/** Words of the docstring of the function and of the file: keys are often named there. */
function documentedWords(node: SyntaxNode, file: PythonFile): readonly string[] {
  const words = new Set<string>();
  for (const owner of [file.functionOf(node), file.root]) {
    const first = (owner.kind === "module" ? owner : (owner.child("body") ?? owner)).namedChildren[0];
    if (first === undefined || !isDocstring(first)) continue;
    for (const match of first.text.matchAll(/[A-Za-z_][A-Za-z0-9_]{2,}/g))
      if (!STOP_WORDS.has(match[0].toLowerCase())) words.add(match[0]);
  }
  return [...words];
}

const STOP_WORDS = new Set(
  "the and for are not with that this from than then when where which has have its one all each per into out over their they was will can may must none true false return returns list dict string number value values given".split(
    " ",
  ),
);

export const PROPERTY_OPERATORS: readonly Operator[] = [
  {
    id: "replace-property",
    faultClass: "wrong-property",
    description: "Another attribute seen on the object or in its class, or another key",
    kinds: ["attribute", "string"],
    *edits(node, file) {
      if (node.kind === "string") {
        const container = keyContainer(node);
        if (container === null || node.children[0]?.text.length !== 1) return;
        const quote = node.text[0] ?? '"';
        const choices: Choice[] = [];
        const offer = (text: string, weight: number): void => {
          const key = quote + text.slice(1, -1) + quote;
          if (key !== node.text && !/["'\\]/.test(text.slice(1, -1)))
            choices.push({ text: key, weight: weight * (0.5 + 0.5 * similarity(key, node.text)) });
        };
        for (const other of file.keys) {
          if (other.node === node) continue;
          const same = other.container === container ? 1 : 0.7;
          offer(other.text, same * (0.4 + 0.6 / (1 + Math.abs(other.node.line - node.line) / 10)));
        }
        for (const ingredient of file.foreign)
          if (ingredient.kind === "expression" && /^(["'])\w+\1$/.test(ingredient.text)) offer(ingredient.text, 0.5);
        const known = top(choices, 6);
        yield* known.map((choice) => replace(node, choice.text, choice.weight));
        if (container === "{}" || !/^["']\w+["']$/.test(node.text)) return;
        const names = new Set(file.scopes.visibleAt(node).map((binding) => binding.name));
        const documented = documentedWords(node, file)
          .filter((word) => !names.has(word) && word === word.toLowerCase())
          .map((word, index) => ({
            text: quote + word + quote,
            weight: 0.4 / (1 + index / 10) + 0.2 * similarity(word, node.text.slice(1, -1)),
          }));
        for (const choice of top(documented, 8))
          if (choice.text !== node.text && !known.some((other) => other.text === choice.text))
            yield replace(node, choice.text, choice.weight);
        return;
      }
      const object = node.child("object")?.text ?? "";
      const name = node.child("attribute");
      if (name === null) return;
      const called = node.parent?.kind === "call" && node.field === "function";
      const cls = object === "self" ? file.classOf(node) : null;
      const choices: Choice[] = [];
      if (cls !== null) {
        const members = membersOf(cls);
        if (called) {
          for (const method of members.methods.keys()) {
            if (method !== name.text && !method.startsWith("__"))
              choices.push({ text: method, weight: 0.3 + 0.5 * similarity(method, name.text) });
          }
        } else
          for (const attribute of members.attributes)
            if (attribute !== name.text)
              choices.push({ text: attribute, weight: 0.4 + 0.6 * similarity(attribute, name.text) });
      } else if (!called) {
        for (const [other, names] of file.attributes) {
          for (const attribute of names.keys()) {
            if (attribute === name.text) continue;
            const same = other === object ? 1 : other === "self" ? 0.5 : 0.6;
            if (file.methodNames.has(attribute)) continue;
            choices.push({ text: attribute, weight: same * (0.4 + 0.6 * similarity(attribute, name.text)) });
          }
        }
      }
      for (const choice of top(choices, 6))
        yield replace(name, choice.text, choice.weight, called ? "wrong-method" : undefined);
    },
  },
  {
    id: "variable-to-member",
    faultClass: "wrong-variable",
    description: "`self.x` for `x`, and `x` for `self.x`",
    kinds: ["identifier", "attribute"],
    *edits(node, file) {
      const cls = file.classOf(node);
      if (cls === null) return;
      if (node.kind === "attribute") {
        const name = node.child("attribute")?.text ?? "";
        if (node.child("object")?.text !== "self") return;
        const local = file.scopes.resolve(name, node);
        if (
          (node.parent?.kind !== "call" || node.field !== "function") &&
          local !== null &&
          local.scope.kind === "function"
        )
          yield replace(node, name);
        if (node.field === "left") yield replace(node, name, 0.3);
        return;
      }
      if (node.parent?.kind === "keyword_argument" && node.field === "name") return;
      if (!isVariableSite(node, file) && !(node.parent?.kind === "call" && node.field === "function")) return;
      const members = membersOf(cls);
      if (members.attributes.has(node.text) || members.methods.has(node.text)) yield insert(node.start, "self.");
    },
  },
];
