// Clean runs with tracing: loaded into every test process, notes the lines of each test in a file beside the report; the reporter picks them up.
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach } from "node:test";
import { startTracing } from "./node-test-trace.mjs";

// The process that runs `node --test` starts one process per file, and has no tests itself.
const runsTests = process.env.NODE_TEST_CONTEXT !== undefined || !process.execArgv.includes("--test");
if (runsTests && process.env.PAWL_TRACE !== undefined) {
  const root = process.env.PAWL_ROOT;
  const tracing = startTracing(
    root,
    JSON.parse(process.env.PAWL_TRACE).map((path) => join(root, path)),
  );
  beforeEach(() => tracing.start());
  afterEach((context) => {
    const note = { key: `${context.filePath} > ${context.fullName}`, hits: tracing.stop() };
    appendFileSync(`${process.env.PAWL_REPORT}.hits`, `${JSON.stringify(note)}\n`);
  });
}
