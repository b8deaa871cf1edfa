/** Records real answers of the commands for docs/json.md: `node scripts/docs/record-json.ts`, then `npm run docs`. */
import { writeFileSync } from "node:fs";
import { takeTour } from "../../packages/cli/src/fixture-tour.ts";

const answers = await takeTour();
writeFileSync(new URL("../../docs/data/json-examples.json", import.meta.url), `${JSON.stringify(answers, null, 2)}\n`);
for (const { line, exitCode } of answers) console.log(`${line}: ${exitCode}`);
