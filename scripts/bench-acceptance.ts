/**
 * `npm run bench:acceptance [-- --json] [-- --quick]`: what rules of acceptance keep and claim where nothing is to be gained, and what
 * ours finds where something is. Writes docs/data/acceptance.json unless `--quick`; `npm run docs` makes the page of it.
 */
import { writeFileSync } from "node:fs";
import { acceptanceTables, type AcceptanceFigures } from "./docs/acceptance.ts";
import { power } from "./acceptance/power.ts";
import { realTimings } from "./acceptance/real-timings.ts";
import {
  CANDIDATES,
  foundAfterOneScreening,
  keepIfHigher,
  NOISE,
  ours,
  pairedAt,
  simulate,
} from "./acceptance/simulation.ts";

const quick = process.argv.includes("--quick");
const json = process.argv.includes("--json");
const runs = quick ? 200 : 2000;
const repetitions = quick ? 100 : 1000;
const GAINS = [0.02, 0.05, 0.1, 0.2];
const TESTS = [1, 10, 50];

const rules = [
  await simulate("Pawl: sequential paired e-test, one error budget", ours, runs),
  await simulate("keep if one run is higher", keepIfHigher, runs),
  await simulate("paired, more than 1 standard error, 10 tasks", pairedAt(1, 10), runs),
  await simulate("paired, more than 1 standard error, 30 tasks", pairedAt(1, 30), runs),
  await simulate("paired, more than 2 standard errors, 30 tasks", pairedAt(2, 30), runs),
];
const found = [];
for (const gain of GAINS) found.push({ gain, found: await foundAfterOneScreening(gain, repetitions) });
const powers = [];
for (const test of TESTS) for (const gain of GAINS) powers.push(await power(gain, test, repetitions));
const real = await realTimings(quick ? 6 : 200, quick ? 2 : 40);
const figures: AcceptanceFigures = { noise: NOISE, candidates: CANDIDATES, rules, power: powers, found, real };

process.stdout.write(json ? `${JSON.stringify(figures, null, 2)}\n` : acceptanceTables(figures));
if (!quick) {
  const path = new URL("../docs/data/acceptance.json", import.meta.url);
  writeFileSync(path, `${JSON.stringify(figures, null, 1)}\n`);
}
process.exit(0);
