/**
 * `npm run bench [-- --json] [-- --quick] [-- --snapshots]`: what the engine and the verdicts cost here. Writes docs/performance.md unless
 * `--quick`; with `--snapshots` only the part on large projects is measured and written again.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { benchEngine } from "./bench/engine.ts";
import { benchFunctions } from "./bench/functions.ts";
import { benchSnapshots } from "./bench/snapshots.ts";
import { benchSuites, type SuiteRow } from "./bench/suites.ts";

const PAGE = new URL("../docs/performance.md", import.meta.url);
const LARGE = "## Large projects\n";

const quick = process.argv.includes("--quick");
const load = loadavg()[0] ?? 0;
const snapshots = await benchSnapshots(quick ? [200] : [1000, 20_000]);
if (process.argv.includes("--snapshots")) {
  process.stdout.write(process.argv.includes("--json") ? `${JSON.stringify(snapshots, null, 2)}\n` : largeProjects());
  if (!quick) writeFileSync(PAGE, `${readFileSync(PAGE, "utf8").split(LARGE)[0]?.trimEnd()}\n\n${largeProjects()}`);
  process.exit(0);
}
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
  snapshots,
  startUpCpuMs,
};

if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
else process.stdout.write(table());
if (!quick)
  writeFileSync(
    PAGE,
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
    largeProjects(),
  ].join("\n");
}

function largeProjects(): string {
  const rows = snapshots.map(({ files, megabytes, takeMs, cpuMs, boxMs, removeMs }) =>
    [files, megabytes.toFixed(0), takeMs.toFixed(0), cpuMs.toFixed(0), boxMs.toFixed(0), removeMs.toFixed(0)].join(
      " | ",
    ),
  );
  return [
    LARGE,
    "What a project costs before its first candidate: the copy that every box shows. Milliseconds of wall time, but for the CPU time of the engine;",
    `${load.toFixed(0)} other processes wanted a core when it began. A box is one that runs \`true\` over the copy with one changed file (least of five).`,
    "",
    "| files | MB | copy and hash | engine, CPU ms | one box | delete |",
    "|---|---|---|---|---|---|",
    ...rows.map((row) => `| ${row} |`),
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
