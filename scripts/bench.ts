/** `npm run bench [-- --json] [-- --quick]`: what the engine and the verdicts cost here. Writes docs/performance.md unless `--quick`. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { benchEngine } from "./bench/engine.ts";
import { benchFunctions } from "./bench/functions.ts";
import { benchSuites, type SuiteRow } from "./bench/suites.ts";

const quick = process.argv.includes("--quick");
const load = loadavg()[0] ?? 0;
const engine = await benchEngine(quick ? [0, 1000] : [0, 1000, 10_000, 100_000], quick ? 200 : 1000);
const functions = await benchFunctions(quick ? 200 : 2000);
const suites = await benchSuites(quick ? 60 : 400);
const startUpCpuMs = helpCpuMs();
const report = {
  node: process.versions.node,
  cores: cpus().length,
  /** Processes that wanted a core when it began; more than none of them ours, and the figures per second are too low. */
  load: Math.round(load * 10) / 10,
  engine,
  functions,
  suites,
  startUpCpuMs,
};

if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
else process.stdout.write(table());
if (!quick)
  writeFileSync(
    new URL("../docs/performance.md", import.meta.url),
    `# Performance\n\nWritten by \`npm run bench\`; figures of the machine that ran it last.\n\n${table()}`,
  );
process.exit(0);

function table(): string {
  return [
    `Node ${report.node}, ${report.cores} cores; ${report.load} other processes wanted a core when it began.`,
    "Verdicts per second are wall time and fall with that load; CPU time hardly does.",
    "",
    "| candidates in the archive | engine, CPU ms per iteration |",
    "|---|---|",
    ...engine.map((row) => `| ${row.candidates} | ${row.cpuMsPerIteration.toFixed(2)} |`),
    "",
    "Aim: under 1 ms, at every size.",
    "",
    "| small function in | screened verdicts per second (two lanes) | CPU ms per verdict | CPU ms per clean confirmation |",
    "|---|---|---|---|",
    ...functions.map((row) => `| ${row.language} | ${figures(row, 2)} |`),
    "",
    "Aims: 1,000 per second on two cores; under 60 ms.",
    "",
    "| ten tests of | screened verdicts per second (two lanes) | CPU ms per verdict | CPU ms per clean confirmation |",
    "|---|---|---|---|",
    ...suites.map((row) => `| ${row.runner} | ${row.missing === undefined ? figures(row, 1) : `${row.missing} | |`} |`),
    "",
    "Aim: 50 per second.",
    "",
    `Start-up of \`pawl --help\`: ${startUpCpuMs.toFixed(0)} ms CPU (least of five); aim: under 200 ms.`,
    "",
  ].join("\n");
}

function figures(
  row: Pick<SuiteRow, "screenedPerSecond" | "cpuMsPerVerdict" | "cpuMsPerConfirmation">,
  digits: number,
): string {
  return [
    row.screenedPerSecond.toFixed(0),
    row.cpuMsPerVerdict.toFixed(digits),
    row.cpuMsPerConfirmation.toFixed(0),
  ].join(" | ");
}

/** User and system time of the launcher and everything it starts. */
function helpCpuMs(): number {
  const pawl = fileURLToPath(new URL("../packages/cli/bin/pawl.cjs", import.meta.url));
  const measure = `const { execFileSync } = require("node:child_process"); execFileSync(process.execPath, [${JSON.stringify(pawl)}, "--help"], { stdio: "ignore" });
    const fields = require("node:fs").readFileSync("/proc/self/stat", "latin1").split(") ")[1].split(" "); console.log((Number(fields[13]) + Number(fields[14])) * 10);`;
  return Math.min(
    ...Array.from({ length: 5 }, () => Number(execFileSync(process.execPath, ["-e", measure], { encoding: "utf8" }))),
  );
}
