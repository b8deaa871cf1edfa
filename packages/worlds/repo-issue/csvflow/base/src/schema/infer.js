import { TYPES } from "./types.js";

const MISSING = new Set(["", "NA", "null"]);

/** The most special type that fits all values of each column, and whether values are missing. */
export function inferSchema(records) {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return Object.fromEntries(names.map((name) => [name, inferColumn(records.map((record) => record[name]))]));
}

function inferColumn(values) {
  const present = values.filter((value) => !isMissing(value));
  const fits = ([, type]) => present.every((value) => type.test(value));
  const [type] = present.length === 0 ? ["string"] : Object.entries(TYPES).find(fits);
  return { type, optional: present.length < values.length };
}

export function isMissing(value) {
  return value === null || value === undefined || MISSING.has(value);
}
