import type { ValueWriter } from "./shape.ts";

const members = (pairs: readonly (readonly [string, string])[]): string =>
  `{ ${pairs.map(([name, value]) => `${JSON.stringify(name)}: ${value}`).join(", ")} }`;

/** Values as JavaScript. */
export const JAVASCRIPT_WRITER: ValueWriter = {
  number: (value) => (value < 0 ? `(${value})` : String(value)),
  string: (value) => JSON.stringify(value),
  boolean: String,
  list: (items) => `[${items.join(", ")}]`,
  record: members,
  dictionary: members,
  function: (returns, own) => {
    const plain = `function () { return ${returns}; }`;
    return own.length === 0 ? plain : `Object.assign(${plain}, ${members(own)})`;
  },
  map: (entries) => `new Map([${entries.map(([key, value]) => `[${JSON.stringify(key)}, ${value}]`).join(", ")}])`,
  set: (items) => `new Set([${items.join(", ")}])`,
  date: () => 'new Date("2024-01-15T10:30:00Z")',
  pattern: () => "/\\w+/",
  error: () => "class extends Error {}",
  promise: (value) => `Promise.resolve(${value})`,
};
