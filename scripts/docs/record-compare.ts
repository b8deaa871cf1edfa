/**
 * Compares all searches on the compound tasks for docs/lab/search.md: `node scripts/docs/record-compare.ts`, then `npm run docs`. Runs are recorded in
 * docs/data/compare-runs.jsonl; what is there already is not measured again, so it may be stopped and started at will, and a registered search
 * that is new is all that is missing.
 *
 *   --tasks 20   only so many tasks, evenly spread (default: all)      --seeds 5   runs on each (default: 5)
 *   --budget 60  evaluations of a run (default: 60)                    --jobs 2    tasks at the same time (default: 2)
 *   --report     measure nothing, write what is on record
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compare, openWorld, reportFor, RunsFile } from "../../packages/lab/src/compare/index.ts";
import { searchIds } from "../../packages/search/src/index.ts";

const { values } = parseArgs({
  options: {
    tasks: { type: "string" },
    seeds: { type: "string", default: "5" },
    budget: { type: "string", default: "60" },
    jobs: { type: "string", default: "2" },
    report: { type: "boolean", default: false },
  },
});
const stop = new AbortController();
process.once("SIGINT", () => stop.abort());
process.once("SIGTERM", () => stop.abort());

const options = {
  world: openWorld("code-repair-compound"),
  searches: searchIds().map(({ id }) => id),
  proposers: ["syntax"],
  evaluations: Number(values.budget),
  seeds: Number(values.seeds),
  ...(values.tasks === undefined ? {} : { tasks: Number(values.tasks) }),
  runs: new RunsFile(fileURLToPath(new URL("../../docs/data/compare-runs.jsonl", import.meta.url))),
};
if (!values.report)
  await compare({ ...options, jobs: Number(values.jobs), signal: stop.signal, say: console.log }).catch(
    (error: unknown) => {
      if (!stop.signal.aborted) throw error;
      console.log("stopped; what was finished counts");
    },
  );
const report = reportFor(options);
writeFileSync(new URL("../../docs/data/compare.json", import.meta.url), `${JSON.stringify(report, null, 1)}\n`);
console.log(`${report.pairs.measured} of ${report.pairs.wanted} pairs of a task and a seed are complete`);
// Sandboxes may still be closing.
process.exit(0);
