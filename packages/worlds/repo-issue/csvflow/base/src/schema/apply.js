import { isMissing } from "./infer.js";
import { TYPES } from "./types.js";

/** Records with values of the types of a schema; problems are listed and leave the value null. */
export function applySchema(records, schema) {
  const problems = [];
  const typed = records.map((record, index) => {
    const result = {};
    for (const [name, { type, optional }] of Object.entries(schema)) {
      const value = record[name];
      if (isMissing(value)) {
        if (!optional) problems.push({ row: index + 1, name, problem: "missing" });
        result[name] = null;
      } else if (TYPES[type].test(value)) {
        result[name] = TYPES[type].read(value);
      } else {
        problems.push({ row: index + 1, name, problem: `not a ${type}: ${value}` });
        result[name] = null;
      }
    }
    return result;
  });
  return { records: typed, problems };
}
