import type { Node } from "./ast.ts";

/** A cheap guess at what a value is; `unknown` fits everything. */
export type Kind =
  | "number"
  | "string"
  | "boolean"
  | "array"
  | "object"
  | "function"
  | "map"
  | "set"
  | "regexp"
  | "date"
  | "promise"
  | "nothing"
  | "unknown";

/** What library functions return, by name. */
export const METHOD_RESULTS: Readonly<Record<string, Kind>> = kindTable({
  string:
    "join trim trimStart trimEnd toUpperCase toLowerCase toFixed toString padStart padEnd repeat charAt replace replaceAll substring substr toISOString normalize toPrecision toLocaleString stringify fromCharCode fromCodePoint",
  number:
    "indexOf lastIndexOf findIndex findLastIndex charCodeAt codePointAt getTime localeCompare floor ceil round trunc abs min max sqrt pow sign log log2 log10 hypot now search parseInt parseFloat push unshift Number getFullYear getMonth getDate getDay getHours getMinutes getSeconds getMilliseconds getUTCFullYear getUTCMonth getUTCDate getUTCDay getUTCHours getUTCMinutes",
  array:
    "split map filter flatMap flat keys values entries from matchAll splice sort reverse toSorted toReversed fill getOwnPropertyNames of",
  boolean:
    "includes startsWith endsWith some every test has isArray isInteger isFinite isNaN isSafeInteger hasOwn hasOwnProperty delete is Boolean",
  set: "add",
  object: "fromEntries assign freeze create parse",
  promise: "then catch finally all allSettled race any fetch",
});

/** What a value probably is when this member is used on it. */
export const MEMBER_HINTS: Readonly<Record<string, Kind>> = kindTable({
  array:
    "push pop shift unshift splice map filter forEach reduce some every find findIndex join sort reverse flat flatMap",
  string:
    "charAt charCodeAt trim split toUpperCase toLowerCase startsWith endsWith replace replaceAll padStart padEnd substring codePointAt match repeat",
  number: "toFixed toPrecision",
  set: "add",
  map: "set",
  regexp: "test exec lastIndex",
  date: "getTime getFullYear getMonth getDate toISOString getUTCFullYear",
  promise: "then catch finally",
  function: "call apply bind",
});

/** What `new` makes. */
export const CONSTRUCTED: Readonly<Record<string, Kind>> = {
  Map: "map",
  WeakMap: "map",
  Set: "set",
  WeakSet: "set",
  Array: "array",
  RegExp: "regexp",
  Date: "date",
  Promise: "promise",
};

const TYPE_NAMES: Readonly<Record<string, Kind>> = {
  ...CONSTRUCTED,
  ReadonlyArray: "array",
  ReadonlyMap: "map",
  ReadonlySet: "set",
  Iterable: "array",
  Record: "object",
  Partial: "object",
  number: "number",
  string: "string",
  boolean: "boolean",
  Function: "function",
  Object: "object",
  object: "object",
};

function kindTable(names: Partial<Record<Kind, string>>): Readonly<Record<string, Kind>> {
  const table: Record<string, Kind> = Object.create(null);
  for (const [kind, list] of Object.entries(names)) for (const name of list.split(" ")) table[name] = kind as Kind;
  return table;
}

/** Own entry of a table, or undefined: method names like `constructor` must not find Object.prototype. */
export function entry(table: Readonly<Record<string, Kind>>, key: string | null): Kind | undefined {
  return key !== null && Object.hasOwn(table, key) ? table[key] : undefined;
}

/** Kind of an annotated TypeScript type. */
export function ofType(type: Node): Kind {
  switch (type.type) {
    case "TSNumberKeyword":
    case "TSBigIntKeyword":
      return "number";
    case "TSStringKeyword":
    case "TSTemplateLiteralType":
      return "string";
    case "TSBooleanKeyword":
      return "boolean";
    case "TSArrayType":
    case "TSTupleType":
      return "array";
    case "TSTypeLiteral":
    case "TSObjectKeyword":
    case "TSMappedType":
      return "object";
    case "TSFunctionType":
      return "function";
    case "TSTypeOperator":
      return ofType(type.typeAnnotation);
    case "TSTypePredicate":
      return "boolean";
    case "TSLiteralType": {
      const value = type.literal.type === "Literal" ? typeof type.literal.value : "number";
      return value === "string" || value === "boolean" ? value : "number";
    }
    case "TSTypeReference": {
      const name = type.typeName.type === "Identifier" ? type.typeName.name : null;
      // A type the file declares itself may be an alias of anything.
      return entry(TYPE_NAMES, name) ?? "unknown";
    }
    case "TSUnionType": {
      const kinds = new Set(type.types.map(ofType).filter((kind) => kind !== "nothing"));
      return kinds.size === 1 ? [...kinds][0]! : "unknown";
    }
    case "TSNullKeyword":
    case "TSUndefinedKeyword":
    case "TSVoidKeyword":
      return "nothing";
    default:
      return "unknown";
  }
}

/** Kind of a type written in a JSDoc comment. */
export function ofDocumentedType(text: string): Kind {
  const type = text.trim().replace(/^[?!]|[=?]$/g, "");
  if (type.endsWith("[]") || /^(Readonly)?Array\b/.test(type)) return "array";
  if (type.startsWith("{")) return "object";
  if (/^(function|\()/.test(type)) return "function";
  return entry(TYPE_NAMES, /^\w+/.exec(type)?.[0] ?? null) ?? "unknown";
}

/** True when a value of one kind may stand where the other was. */
export function compatible(a: Kind, b: Kind): boolean {
  return a === b || a === "unknown" || b === "unknown" || a === "nothing" || b === "nothing";
}
