"use strict";
// Used by the reporters of vitest, jest and mocha. PAWL_RUN holds the engine's options as JSON:
//   { mode, root, files?, bail?, trace? }   absolute paths
// mode "report" writes JSON lines (format: src/suites/report-file.ts) to the private file PAWL_REPORT, one write per line, so that a
// killed runner leaves every finished test behind; "launch" only tells how this process was started; "warm" serves requests (warm-server.cjs).
const { appendFileSync } = require("node:fs");
const { sep } = require("node:path");
const { inspect } = require("node:util");

/**
 * Takes the options out of the environment, so that neither tests nor their children find them. Null where nothing was asked for.
 * Does not return in mode "launch".
 */
function takeReport() {
  const options = JSON.parse(process.env.PAWL_RUN ?? "null");
  const path = process.env.PAWL_REPORT;
  delete process.env.PAWL_RUN;
  delete process.env.PAWL_REPORT;
  if (options === null) return null;
  // A warm runner has no report file: each request is answered on its own, and the reporter stays silent.
  const write = (record) => path !== undefined && appendFileSync(path, `${JSON.stringify(record)}\n`);
  if (options.mode === "launch") {
    write({
      kind: "launch",
      argv: [...process.execArgv, ...process.argv.slice(1)],
      cwd: process.cwd(),
      env: { ...process.env },
    });
    process.exit(0);
  }
  return { options, write };
}

/** Text of an expected or actual value; undefined stays away so that JSON leaves the key out. */
function show(value) {
  if (value === undefined) return undefined;
  return typeof value === "string" ? value : inspect(value, { depth: 6, maxArrayLength: 100, breakLength: 120 });
}

/**
 * Numbers tests as src/suites/report-file.ts does, for runs that report only some of a file's tests: call it for every test, in order.
 * @param {string} root
 * @returns {(file: string, names: string[]) => string}
 */
function testIds(root) {
  const seen = new Map();
  return (file, names) => {
    const path = file.startsWith(root + sep) ? file.slice(root.length + 1).replaceAll(sep, "/") : file;
    const id = [path, ...names.map((part) => part.replace(/\s+/g, " ").trim())].join(" > ");
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return count === 1 ? id : `${id} #${count}`;
  };
}

module.exports = { show, takeReport, testIds };
