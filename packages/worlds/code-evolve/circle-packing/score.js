/**
 * Scores packing.json: the sum of the radii of 26 circles in the unit square, or an error when the packing is not exactly valid.
 * The last line of output is JSON.
 */
import { readFileSync } from "node:fs";
import { fault, sumOfRadii } from "./check.js";

const circles = JSON.parse(readFileSync(new URL("packing.json", import.meta.url), "utf8"));
const wrong = fault(circles);
if (wrong !== null) {
  console.error(`packing.json: ${wrong}`);
  process.exit(1);
}
console.log(JSON.stringify({ score: sumOfRadii(circles) }));
