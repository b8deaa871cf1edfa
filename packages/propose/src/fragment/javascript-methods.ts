import type { ValueKind } from "./shape.ts";

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

export const STRING_METHODS = words(
  "toUpperCase toLowerCase trim trimStart trimEnd split charAt charCodeAt codePointAt startsWith endsWith padStart padEnd repeat replace " +
    "replaceAll match matchAll search substring substr localeCompare normalize",
);
export const LIST_METHODS = words(
  "map filter forEach reduce reduceRight push pop shift unshift splice sort reverse some every find findIndex findLast findLastIndex join flat " +
    "flatMap fill toSorted toReversed",
);
/** Of texts and lists alike. */
export const SEQUENCE_METHODS = words("slice includes indexOf lastIndexOf concat at");
/** Methods that hand the elements to a function; for other arguments they are something else's (`db.find({})`). */
export const CALLBACK_METHODS = words(
  "map filter forEach some every find findIndex findLast findLastIndex flatMap sort toSorted reduce reduceRight",
);
export const SAME_LIST = words("filter slice sort reverse toSorted toReversed concat splice");
export const ONE_ELEMENT = words("find findLast pop shift at");

/** Kinds that a member says, for members that say one. */
export const KIND_BY_MEMBER: Readonly<Record<string, ValueKind>> = Object.fromEntries([
  ...[...STRING_METHODS].map((name) => [name, "string"] as const),
  ...[...LIST_METHODS].map((name) => [name, "list"] as const),
  ...["toFixed", "toPrecision"].map((name) => [name, "number"] as const),
  ...["getTime", "getFullYear", "getMonth", "getDate", "getDay", "getHours", "getMinutes", "toISOString"].map(
    (name) => [name, "date"] as const,
  ),
  ...["then", "catch", "finally"].map((name) => [name, "promise"] as const),
  ...["exec", "test", "lastIndex"].map((name) => [name, "pattern"] as const),
]);

/** Own to maps and sets, and to nothing else when no other member is used. */
export const COLLECTION_MEMBERS = words("get set has delete clear add size keys values entries forEach");
