/** `npm run attacks [-- --quick] [-- --json] [-- --only id,…] [-- --against name] [-- --box namespaces]`: every hostile candidate against every judge. */
import { parseArgs } from "node:util";
import { runAttacks } from "./attacks/run.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    against: { type: "string" },
    box: { type: "string" },
  },
});
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const figures = await runAttacks({ ...values, say });
if (values.json) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
const { successes, hangs, orphans, changedHostFiles } = figures;
const { details: _details, ...counts } = figures;
say(`${successes + hangs + orphans + changedHostFiles === 0 ? "HOLDS" : "DOES NOT HOLD"}: ${JSON.stringify(counts)}`);
process.exit(successes + hangs + orphans + changedHostFiles === 0 ? 0 : 1);
