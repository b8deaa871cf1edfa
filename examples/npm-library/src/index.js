export { guessDelimiter } from "./dialect.js";
export { parseRows } from "./parse.js";
export { stringifyRows } from "./stringify.js";
export { readTable, writeTable } from "./table.js";
export { groupBy, select, sortBy, where } from "./query.js";
export { count, mean, median, sum } from "./aggregate.js";
export { layout } from "./layout.js";
