import { rankNames } from "../names.ts";
import { operator } from "../operator.ts";
import { replace } from "../text-edits.ts";

/** Methods that people mistake for one another. Each group is complete: any member may become any other. */
const GROUPS: readonly (readonly string[])[] = [
  ["push", "unshift"],
  ["pop", "shift"],
  ["push", "concat"],
  ["slice", "splice"],
  ["slice", "substring", "substr"],
  ["indexOf", "lastIndexOf"],
  ["indexOf", "findIndex"],
  ["find", "findLast"],
  ["findIndex", "findLastIndex"],
  ["floor", "ceil", "round", "trunc"],
  ["abs", "sign"],
  ["min", "max"],
  ["some", "every"],
  ["find", "filter", "some"],
  ["map", "flatMap"],
  ["map", "filter"],
  ["forEach", "map"],
  ["startsWith", "endsWith", "includes"],
  ["trim", "trimStart", "trimEnd"],
  ["padStart", "padEnd"],
  ["keys", "values", "entries"],
  ["toUpperCase", "toLowerCase"],
  ["replace", "replaceAll"],
  ["match", "matchAll"],
  ["match", "test"],
  ["has", "get", "delete"],
  ["add", "delete"],
  ["set", "get"],
  ["reduce", "reduceRight"],
  ["toString", "toFixed", "valueOf"],
  ["charAt", "charCodeAt", "at"],
  ["charCodeAt", "codePointAt"],
  ["sort", "reverse", "toSorted"],
  ["reverse", "toReversed"],
  ["all", "allSettled", "race", "any"],
  ["resolve", "reject"],
  ["getDate", "getDay"],
  ["getMonth", "getDate"],
  ["getUTCDate", "getUTCDay"],
  ["getUTCMonth", "getUTCDate"],
  ["getFullYear", "getUTCFullYear"],
  ["getMonth", "getUTCMonth"],
  ["getDate", "getUTCDate"],
  ["getDay", "getUTCDay"],
  ["getHours", "getUTCHours"],
  ["setDate", "setUTCDate"],
  ["setMonth", "setUTCMonth"],
  ["isInteger", "isFinite", "isSafeInteger", "isNaN"],
  ["fromCharCode", "fromCodePoint"],
  ["search", "indexOf"],
  ["parse", "stringify"],
  ["join", "concat"],
  ["then", "catch", "finally"],
  ["log", "log2", "log10"],
  ["sqrt", "cbrt"],
  ["shift", "at"],
];

/** Whole callees for one another. */
const CALLEES: Readonly<Record<string, readonly string[]>> = {
  Number: ["parseInt", "parseFloat", "String"],
  parseInt: ["Number", "parseFloat"],
  parseFloat: ["Number", "parseInt"],
  String: ["Number", "JSON.stringify"],
  isNaN: ["Number.isNaN"],
  "Number.isNaN": ["isNaN", "Number.isFinite"],
  isFinite: ["Number.isFinite"],
  "Number.isFinite": ["isFinite", "Number.isInteger"],
  "Object.keys": ["Object.values", "Object.entries", "Object.getOwnPropertyNames"],
  "Object.assign": ["Object.create"],
  "Array.from": ["Array.of"],
  "Object.freeze": ["Object.seal"],
  "JSON.stringify": ["String"],
  Boolean: ["Number"],
};

const RENAMES = new Map<string, Set<string>>();
for (const group of GROUPS) {
  for (const name of group) {
    const others = RENAMES.get(name) ?? new Set<string>();
    for (const other of group) if (other !== name) others.add(other);
    RENAMES.set(name, others);
  }
}

const MATH = new Set([
  "floor",
  "ceil",
  "round",
  "trunc",
  "abs",
  "sign",
  "min",
  "max",
  "sqrt",
  "cbrt",
  "log",
  "log2",
  "log10",
]);

export const methodEdits = [
  operator({
    id: "swap-method",
    faultClass: "wrong-method",
    description: "another method of the library",
    kinds: ["MemberExpression", "CallExpression"],
    *alternatives(node, file) {
      if (node.type === "CallExpression") {
        const others = CALLEES[file.text(node.callee)];
        if (!others || !Object.hasOwn(CALLEES, file.text(node.callee))) return;
        for (const [rank, other] of others.entries())
          yield { replacements: replace(node.callee, other), weight: 1 / (1 + rank) };
        return;
      }
      const parent = node.parent;
      const used = parent?.type === "CallExpression" && (parent.callee === node || node.object.type === "Identifier");
      if (!used || node.computed || node.property.type !== "Identifier") return;
      const name = node.property.name;
      const isMath = node.object.type === "Identifier" && node.object.name === "Math";
      for (const other of RENAMES.get(name) ?? []) {
        if (MATH.has(name) && MATH.has(other) !== isMath) continue;
        yield { replacements: replace(node.property, other) };
      }
    },
  }),
  operator({
    id: "swap-function",
    faultClass: "wrong-method",
    description: "another function of the file",
    kinds: ["CallExpression"],
    *alternatives(node, file) {
      if (node.callee.type !== "Identifier" || !file.scopes.resolve(node.callee)) return;
      const name = node.callee.name;
      for (const other of rankNames(file, node, { kind: "function", like: name, exclude: new Set([name]), limit: 5 })) {
        yield { replacements: replace(node.callee, other.name), weight: other.weight };
      }
    },
  }),
];
