/**
 * `npm run attacks [-- --quick] [-- --json] [-- --only id,…] [-- --against name] [-- --box namespaces]`: every hostile candidate against every
 * judge. What is not quick and tries all attacks goes on record for docs/reliability.md, judge by judge.
 */
import { parseArgs } from "node:util";
import { runAttacks } from "./attacks/run.ts";
import { type AttackRecord, emptyRecord, figuresOf } from "./attacks/record.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    against: { type: "string" },
    box: { type: "string" },
  },
});
const BOXES = ["bubblewrap", "namespaces"] as const;
const { json, quick, only, against } = values;
const boxes = BOXES.filter((box) => (values.box === undefined ? !quick || box === "bubblewrap" : box === values.box));
if (boxes.length === 0) {
  process.stderr.write(`there is no box '${values.box}'; choose from: ${BOXES.join(", ")}\n`);
  process.exit(2);
}
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const all: AttackRecord = emptyRecord();
for (const box of boxes) {
  const found = await runAttacks({ quick, only, against, box, keep: !quick && only === undefined, say });
  for (const part of ["naive", "judges", "left"] as const) Object.assign(all[part], found[part]);
}
const figures = figuresOf(all);
if (json) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
const { successes, hangs, orphans, changedHostFiles } = figures;
const holds = figures.trials > 0 && successes + hangs + orphans + changedHostFiles === 0;
say(`${holds ? "HOLDS" : "DOES NOT HOLD"}: ${JSON.stringify(figures)}`);
process.exit(holds ? 0 : 1);
