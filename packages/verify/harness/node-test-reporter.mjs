// A node:test reporter that writes one JSON record per line to the private file named in PAWL_REPORT.
// The runner process writes it; test files run in processes of their own and cannot end it early.
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describeError } from "./node-test-common.mjs";

const STDERR_LIMIT = 4000;

export default async function* pawlReporter(source) {
  const write = (record) => appendFileSync(process.env.PAWL_REPORT, `${JSON.stringify(record)}\n`);
  const stderr = new Map();
  const names = [];
  const hits = new Hits(`${process.env.PAWL_REPORT}.hits`);
  write({ kind: "start" });
  for await (const { type, data } of source) {
    if (type === "test:stderr") {
      const key = resolve(data.file ?? "");
      stderr.set(key, ((stderr.get(key) ?? "") + data.message).slice(-STDERR_LIMIT));
    } else if (type === "test:start") {
      // Starts come in order of definition, parents first: that is where the names of the suites around a test are known from.
      names.length = data.nesting;
      names[data.nesting] = data.name;
    } else if (type === "test:pass" || type === "test:fail") {
      for (const record of recordsOf(data, type === "test:fail", names, stderr))
        write({ ...record, ...hits.of(record) });
    }
    yield "";
  }
  write({ kind: "done" });
}

function recordsOf(data, failed, names, stderr) {
  const failure = data.details?.error;
  const file = data.file ?? resolve(data.name);
  if (data.nesting === 0 && resolve(data.name) === resolve(file)) {
    // The file as a whole: it has no tests of its own, or its process failed outside of them.
    if (!failed) return [{ kind: "test", file, names: [], status: "passed" }];
    const said = stderr.get(resolve(file))?.trim();
    const message = said || String(failure?.cause ?? failure?.message ?? "the file failed");
    return [{ kind: "error", file, message }];
  }
  const skipped = data.skip !== undefined || data.todo !== undefined;
  // A suite is no test; it is only worth a record when it failed by itself, in a hook.
  if (data.details?.type === "suite" && (!failed || skipped || failure?.failureType === "subtestsFailed")) return [];
  const record = {
    kind: "test",
    file,
    names: [...names.slice(0, data.nesting), data.name],
    status: skipped ? "skipped" : failed ? "failed" : "passed",
  };
  return [record.status === "failed" ? { ...record, ...describeError(failure?.cause ?? failure) } : record];
}

/** Lines that test processes noted, by file and names. A test's note is written before its result is sent. */
class Hits {
  #path;
  #byKey = new Map();
  #lines = 0;

  constructor(path) {
    this.#path = path;
  }

  of({ file, names }) {
    if (process.env.PAWL_TRACE === undefined || names === undefined) return {};
    const key = [file, ...names].join(" > ");
    if (!this.#byKey.get(key)?.length) this.#read();
    const hits = this.#byKey.get(key)?.shift();
    return hits === undefined ? {} : { hits };
  }

  #read() {
    if (!existsSync(this.#path)) return;
    const lines = readFileSync(this.#path, "utf8").split("\n").filter(Boolean);
    for (const line of lines.slice(this.#lines)) {
      const { key, hits } = JSON.parse(line);
      if (!this.#byKey.has(key)) this.#byKey.set(key, []);
      this.#byKey.get(key).push(hits);
    }
    this.#lines = lines.length;
  }
}
