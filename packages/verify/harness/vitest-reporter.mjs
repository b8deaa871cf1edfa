// A vitest reporter (3 to 5) that writes Pawl's report.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { takeOver } from "./vitest-warm.mjs";

const require = createRequire(import.meta.url);
const { show, takeReport } = require("./report-writer.cjs");

/** Records for one finished test file, in the order of definition. */
function recordsOf(module) {
  const file = module.moduleId;
  const records = [];
  for (const error of module.errors()) records.push({ kind: "error", file, message: textOf(error) });
  for (const suite of module.children.allSuites()) {
    // The hook of a suite; the tests it kept from running are reported as failed.
    if ([...suite.children.allTests()].some((test) => isBlocked(test))) continue;
    for (const error of suite.errors())
      records.push({ kind: "error", file, message: `${suite.name}: ${textOf(error)}` });
  }
  for (const test of module.children.allTests()) records.push(recordOf(file, test));
  return records;
}

function recordOf(file, test) {
  const names = [test.name];
  for (let { parent } = test; parent.type === "suite"; { parent } = parent) names.unshift(parent.name);
  const { state, errors } = test.result();
  const blocked = isBlocked(test);
  const status = blocked ? "failed" : state === "passed" || state === "failed" ? state : "skipped";
  const error = blocked ? blockerOf(test) : errors?.[0];
  return {
    kind: "test",
    file,
    names,
    status,
    hits: test.meta().pawlHits,
    ...(status === "failed" && error && describe(error)),
  };
}

/** A failing hook keeps the tests of its suite from running: they have failed too. */
function isBlocked(test) {
  const { state } = test.result();
  const { mode } = test.options;
  return (
    state !== "passed" && state !== "failed" && mode !== "skip" && mode !== "todo" && blockerOf(test) !== undefined
  );
}

function blockerOf(test) {
  for (let { parent } = test; parent; { parent } = parent) if (parent.errors().length > 0) return parent.errors()[0];
  return undefined;
}

function describe(error) {
  return { message: error.message, stack: stackOf(error), expected: show(error.expected), actual: show(error.actual) };
}

/** V8's form of the frames that vitest has mapped to the source. */
function stackOf(error) {
  if (!error.stacks) return error.stack;
  return error.stacks
    .map((frame) => `    at ${frame.method || "<anonymous>"} (${frame.file}:${frame.line}:${frame.column})`)
    .join("\n");
}

function textOf(error) {
  const name = error.name && !error.message?.startsWith(error.name) ? `${error.name}: ` : "";
  return `${name}${error.message ?? error}\n${stackOf(error) ?? ""}`.trimEnd();
}

const TRACER = fileURLToPath(new URL("./vitest-trace.mjs", import.meta.url));

/** Adds the set-up file that counts lines; vitest reads the list when a run starts. */
function addTrace(vitest, files) {
  removeTrace(vitest);
  for (const project of vitest.projects) {
    project.config.setupFiles.push(TRACER);
    project.provide("pawlTrace", files);
  }
}

function removeTrace(vitest) {
  for (const { config } of vitest.projects) config.setupFiles = config.setupFiles.filter((file) => file !== TRACER);
}

const report = takeReport();

export default class PawlReporter {
  #written = new Set();

  onInit(vitest) {
    if (report === null) return;
    const { mode, root, trace } = report.options;
    if (mode === "warm") return takeOver(vitest, root, { addTrace, recordsOf, removeTrace, textOf });
    report.write({ kind: "start" });
    if (trace?.length) addTrace(vitest, trace);
  }

  onTestModuleEnd(module) {
    if (report?.options.mode === "report") this.#write(module);
  }

  onTestRunEnd(modules, errors) {
    if (report?.options.mode !== "report") return;
    // Vitest 3 does not say that a file has ended when it did not load.
    for (const module of modules) if (!this.#written.has(module)) this.#write(module);
    for (const error of errors) report.write({ kind: "error", message: textOf(error) });
    report.write({ kind: "done" });
  }

  #write(module) {
    this.#written.add(module);
    for (const record of recordsOf(module)) report.write(record);
  }
}
