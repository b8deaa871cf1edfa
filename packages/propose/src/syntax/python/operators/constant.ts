import type { SyntaxNode } from "../tree.ts";
import { top, type Choice } from "../file.ts";
import { keyContainer } from "../inventory.ts";
import { similarity } from "../similarity.ts";
import { replace, type Draft, type Operator } from "./operator.ts";

/** Pairs of numbers that people confuse: units of time, of size, of angle, bases, byte limits. */
const CONFUSED: readonly (readonly [number, number])[] = [
  [12, 24], [24, 60], [60, 3600], [60, 1000], [24, 7], [7, 30], [30, 365], [28, 29], [365, 360], [1000, 1024], [100, 1000], [10, 16], [8, 16], [2, 10], [8, 10], [90, 180], [180, 360], [255, 256], [127, 128],
  [65535, 65536], [86400, 3600], [1000, 3600], [4, 400], [100, 400],
]; // prettier-ignore

function decimal(node: SyntaxNode): number | null {
  return /^\d[\d_]*(\.\d*)?$/.test(node.text) ? Number(node.text.replaceAll("_", "")) : null;
}

/** Whole numbers next to a constant, and those people write by mistake instead of it. */
function neighbours(value: number, isFloat: boolean): readonly Choice[] {
  const choices: Choice[] = [];
  const offer = (number: number, weight: number): void => {
    if (!Number.isFinite(number) || Object.is(number, value)) return;
    const text = isFloat && Number.isInteger(number) ? `${number}.0` : String(Number(number.toPrecision(12)));
    if (!/e/.test(text)) choices.push({ text, weight });
  };
  offer(value + 1, 1);
  offer(value - 1, 1);
  if (value !== 0) offer(0, value === 1 ? 1 : 0.5);
  if (value !== 1) offer(1, 0.6);
  if (value > 1) offer(2, 0.35);
  if (value > 2) {
    offer(value * 2, 0.3);
    if (value % 2 === 0 || isFloat) offer(value / 2, 0.3);
  }
  if (value >= 2 || isFloat) {
    offer(value * 10, 0.35);
    if (value % 10 === 0 || isFloat) offer(value / 10, 0.35);
  }
  if (isFloat && value < 1 && value > 0) offer(1 - value, 0.4);
  if (value === 1 || value === 0) offer(-1, 0.5);
  if (value === 1 && !isFloat) offer(2, 0.6);
  for (const [a, b] of CONFUSED) {
    if (a === value) offer(b, 0.5);
    if (b === value) offer(a, 0.5);
  }
  return choices;
}

export const CONSTANT_OPERATORS: readonly Operator[] = [
  {
    id: "adjust-constant",
    faultClass: "constant",
    description: "Another number close by, or one that is often confused with it",
    kinds: ["integer", "float", "unary_operator"],
    *edits(node) {
      if (node.kind === "unary_operator") {
        const argument = node.child("argument");
        const value = argument === null ? null : decimal(argument);
        if (value === null || argument?.kind !== "integer" || node.child("operator")?.kind !== "-") return;
        yield replace(node, "0", 0.7);
        if (value === 1) yield replace(node, "1", 0.6);
        return;
      }
      if (/^0[xX]/.test(node.text)) {
        const digits = node.text.length - 2;
        const value = Number.parseInt(node.text, 16);
        const upper = /[A-F]/.test(node.text);
        for (const other of [value + 1, value - 1, value >> 4, value * 16 + 15]) {
          const text = Math.max(0, other)
            .toString(16)
            .padStart(other === value + 1 || other === value - 1 ? digits : 0, "0");
          yield replace(node, node.text.slice(0, 2) + (upper ? text.toUpperCase() : text), 0.5);
        }
        return;
      }
      const value = decimal(node);
      if (value === null) return;
      const boundary =
        ["comparison_operator", "binary_operator"].includes(node.parent?.kind ?? "") ||
        node.parent?.parent?.child("function")?.text === "range";
      for (const { text, weight } of top(neighbours(value, node.kind === "float"), 8))
        yield replace(
          node,
          text,
          weight,
          boundary && /^-?\d+$/.test(text) && Math.abs(Number(text) - value) === 1 ? "boundary" : undefined,
        );
      if (
        node.kind === "integer" &&
        value > 1 &&
        node.parent?.kind === "binary_operator" &&
        ["/", "*"].includes(node.parent.child("operator")?.kind ?? "")
      )
        yield replace(node, `${node.text}.0`, 0.1);
    },
  },
  {
    id: "replace-constant-with-neighbour",
    faultClass: "constant",
    description: "Another constant of the same kind from the file, or a named one",
    kinds: ["integer", "float", "string", "none", "identifier"],
    *edits(node, file) {
      const choices: Choice[] = [];
      const named = file.scopes
        .visibleAt(node)
        .filter((binding) => binding.scope.kind === "module" && /^[A-Z][A-Z0-9_]*$/.test(binding.name));
      if (node.kind === "identifier") {
        if (!/^[A-Z][A-Z0-9_]+$/.test(node.text) || node.field === "left") return;
        for (const binding of named)
          if (binding.name !== node.text)
            choices.push({ text: binding.name, weight: 0.4 + 0.6 * similarity(binding.name, node.text) });
        for (const choice of top(choices, 4)) yield replace(node, choice.text, choice.weight);
        return;
      }
      if (node.kind === "none") {
        if (
          !/^(return_statement|argument_list|assignment|conditional_expression|keyword_argument|default_parameter)$/.test(
            node.parent?.kind ?? "",
          )
        )
          return;
        for (const [text, weight] of [
          ["0", 0.7],
          ['""', 0.5],
          ["[]", 0.6],
          ["{}", 0.3],
          ["False", 0.5],
          ["-1", 0.2],
          ["True", 0.2],
        ] as const)
          yield replace(node, text, weight);
        return;
      }
      if (
        node.kind === "string" &&
        (keyContainer(node) !== null ||
          node.text.length > 60 ||
          /^[a-z]*f/i.test(node.text) ||
          node.text.startsWith('"""'))
      )
        return;
      const numeric = node.kind !== "string";
      const owner = file.functionOf(node);
      for (const other of file.literals(numeric)) {
        if (other.text === node.text) continue;
        const near = file.functionOf(other) === owner ? 1 : 0.6;
        const alike = numeric ? 0.5 : 0.3 + 0.7 * similarity(node.text.slice(1, -1), other.text.slice(1, -1));
        const samePlace = other.parent?.kind === node.parent?.kind ? 1 : 0.7;
        choices.push({ text: other.text, weight: near * alike * samePlace });
      }
      if (numeric) {
        for (const binding of named)
          if (
            binding.initialiser !== null &&
            file.guess(binding.initialiser) === "number" &&
            !binding.declaration.contains(node)
          )
            choices.push({ text: binding.name, weight: 0.45 });
      }
      for (const choice of top(choices, numeric ? 4 : 5)) yield replace(node, choice.text, choice.weight);
    },
  },
  {
    id: "adjust-string",
    faultClass: "constant",
    description: "A short string made empty, spaced, cased or doubled",
    kinds: ["string"],
    edits: (node) => editString(node),
  },
  {
    id: "edit-format",
    faultClass: "constant",
    description: "Width, precision, sign or kind in a format",
    kinds: ["string", "format_specifier"],
    *edits(node) {
      if (node.kind === "format_specifier") {
        yield* formatAlternatives(node.start, node.text);
        return;
      }
      if (/^[a-z]*f/i.test(node.text)) return;
      for (const match of node.text.matchAll(/%[-+ #0]*\d*(?:\.\d+)?[sdrfxXeg]|\{[^{}]*(:[^{}]*)\}/g)) {
        const spec = match[1] ?? match[0];
        yield* formatAlternatives(
          node.start + match.index + match[0].length - spec.length - (match[1] === undefined ? 0 : 1),
          spec,
        );
      }
    },
  },
];

/** Other widths and precisions for one format specification. */
function* formatAlternatives(start: number, spec: string): Generator<Draft> {
  for (const match of spec.matchAll(/\d+/g)) {
    const value = Number(match[0]);
    const from = start + match.index;
    const padded = (other: number): string =>
      match[0].startsWith("0") && match[0].length > 1 ? `0${other}` : String(other);
    for (const [other, weight] of [
      [value + 1, 1],
      [value - 1, 1],
      [0, 0.4],
      [2, 0.4],
    ] as const) {
      if (other >= 0 && other !== value)
        yield { replacements: [{ start: from, end: from + match[0].length, text: padded(other) }], weight };
    }
  }
  const pairs: Readonly<Record<string, string>> = {
    "<": ">",
    ">": "<",
    "^": "<",
    d: "s",
    s: "r",
    r: "s",
    f: "d",
    x: "X",
    X: "x",
    e: "f",
    g: "f",
  };
  for (let index = 0; index < spec.length; index++) {
    const other = pairs[spec[index] ?? ""];
    if (other !== undefined)
      yield { replacements: [{ start: start + index, end: start + index + 1, text: other }], weight: 0.4 };
  }
}

function* editString(node: SyntaxNode): Generator<Draft> {
  if (node.children.some((child) => child.kind === "interpolation")) {
    // Separators between the parts of an f-string.
    for (const part of node.children) {
      if (part.kind !== "string_content" || part.text.length > 3 || /[\\]/.test(part.text)) continue;
      yield replace(part, `${part.text.trimEnd()} `, 0.4);
      yield replace(part, part.text.trim(), 0.4);
    }
    return;
  }
  const start = node.children[0];
  const end = node.children.at(-1);
  if (start === undefined || end === undefined || start.kind !== "string_start" || start.text.length > 2) return;
  const content = node.source.slice(start.end, end.start);
  if (content.length > 12 || node.parent?.kind === "expression_statement") return;
  const plain = /^[a-z]*$/i.test(start.text.slice(0, -1));
  const seen = new Set([content]);
  const offers: [string, number][] = [];
  const offer = (text: string, weight: number): void => {
    if (seen.has(text) || !plain) return;
    seen.add(text);
    offers.push([text, weight]);
  };
  if (content === "") {
    offer(" ", 1);
    offer("0", 0.3);
    offer("\\n", 0.3);
    offer(", ", 0.3);
    offer(",", 0.3);
  } else {
    offer(content.trim(), 0.7);
    offer("", content.length <= 2 ? 0.6 : 0.2);
    if (content.length <= 3) {
      offer(`${content} `, 0.5);
      offer(` ${content}`, 0.4);
      offer(content + content, 0.3);
      const first = content[0];
      if (content.length > 1 && first !== undefined && first !== "\\") offer(first, 0.4);
    }
    if (content === " ") offer("\\n", 0.3);
    if (content === "\\n") offer(" ", 0.3);
    if (/[a-z]/i.test(content)) {
      offer(content.toLowerCase(), 0.4);
      offer(content.toUpperCase(), 0.3);
      offer(content.endsWith("s") ? content.slice(0, -1) : `${content}s`, 0.2);
    }
    const signs: Readonly<Record<string, readonly string[]>> = {
      "-": ["_", "+"],
      _: ["-"],
      ",": [";", "."],
      ".": [","],
      "/": ["\\\\"],
      ":": ["="],
      "=": [":"],
      "(": [")"],
      ")": ["("],
      "[": ["]"],
      "]": ["["],
      "<": [">"],
      ">": ["<"],
      "*": ["?"],
      "+": ["-"],
      "0": ["1"],
      "1": ["0"],
    };
    for (const other of signs[content] ?? []) offer(other, 0.5);
  }
  for (const [text, weight] of offers) yield { replacements: [{ start: start.end, end: end.start, text }], weight };
}
