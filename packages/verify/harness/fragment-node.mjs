// Runs a completed fragment and reports what it did, line by line of JSON, to the file PAWL_REPORT.
// usage: node fragment-node.mjs PROGRAM
import { appendFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const program = process.argv[2];
const report = process.env.PAWL_REPORT;
delete process.env.PAWL_REPORT;
const write = (record) => appendFileSync(report, `${JSON.stringify(record)}\n`);
const LONGEST_TRACE = 5000;
/** For what was started and not awaited. */
const GRACE_MS = 200;

const seen = new Set();
const order = [];
globalThis.__pawlHit = (_path, line) => {
  if (order.length < LONGEST_TRACE) order.push(line);
  if (seen.has(line)) return;
  seen.add(line);
  write({ hit: line }); // at once: what is killed has said it
};
globalThis.__pawlError = (error) => {
  const stack = typeof error?.stack === "string" ? error.stack : "";
  const lines = [...stack.matchAll(/\.pawl-fragment\.m[jt]s:(\d+)/g)].map((match) => Number(match[1]));
  write({
    error: {
      name: error?.name ?? typeof error,
      message: String(error?.message ?? error).slice(0, 500),
      code: error?.code ?? null,
      lines,
    },
  });
};
process.on("uncaughtException", globalThis.__pawlError);
process.on("exit", () => write({ trace: order }));
try {
  await import(pathToFileURL(program).href);
} catch (error) {
  globalThis.__pawlError(error);
}
setTimeout(() => process.exit(0), GRACE_MS).unref();
