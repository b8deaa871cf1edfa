// A warm node:test process: reads one JSON request per line on stdin, lays the candidate's files over the project, runs the test files
// in this process, and writes records as JSON lines to file descriptor 3. The engine kills and replaces it when it hangs.
import { mkdirSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { describeError } from "./node-test-common.mjs";
import { startTracing } from "./node-test-trace.mjs";
import { installLoader, ownPath } from "./node-test-loader.mjs";

const root = process.env.PAWL_ROOT;
delete process.env.PAWL_ROOT;
const folder = process.cwd();
const environment = { ...process.env };
const runtimeUrl = new URL("./node-test-runtime.mjs", import.meta.url).href;
const { drained, interrupt, runFile } = await import(runtimeUrl);
const loader = installLoader(root, runtimeUrl);
const marks = createRequire(import.meta.url)("./marks.cjs").watchMarks(root);
const overlay = new Map();

function send(message) {
  let rest = Buffer.from(`${JSON.stringify(message)}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(3, rest));
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
}

/** Writes the candidate's files and puts back those of the candidate before. */
function lay(files) {
  for (const [path, original] of overlay) {
    if (original === null) rmSync(path, { force: true });
    else writeFileSync(path, original);
  }
  overlay.clear();
  for (const [relative, text] of Object.entries(files)) {
    const path = join(root, relative);
    let original = null;
    try {
      original = readFileSync(path);
    } catch {
      mkdirSync(dirname(path), { recursive: true });
    }
    overlay.set(path, original);
    writeFileSync(path, text);
  }
}

/** Undoes what test files commonly leave behind in a process that the next file shares. */
function restoreProcess() {
  if (process.cwd() !== folder) process.chdir(folder);
  for (const key of Object.keys(process.env)) if (!(key in environment)) delete process.env[key];
  for (const [key, value] of Object.entries(environment)) if (process.env[key] !== value) process.env[key] = value;
}

/** `a > b > c` gives `a` and `a > b`. */
function ancestors(id) {
  const parts = id.split(" > ");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join(" > "));
}

async function serve({ files, entries, tests, stop, trace }) {
  lay(files);
  marks.start();
  const changed = new Set(Object.keys(files).map((path) => join(root, path)));
  const traced = (trace ?? []).map((path) => join(root, path));
  loader.prepare([...changed, ...traced, ...entries.map((entry) => join(root, entry))]);
  const wanted = new Set(tests);
  const around = new Set(tests?.flatMap(ancestors));
  const seen = new Map();
  let failed = false;
  const options = {
    halted: () => failed && stop,
    nextId(location, names) {
      const file = ownPath(location, root)?.slice(root.length + 1) ?? location;
      const id = [file, ...names.map((part) => part.replace(/\s+/g, " ").trim())].join(" > ");
      const count = (seen.get(id) ?? 0) + 1;
      seen.set(id, count);
      return count === 1 ? id : `${id} #${count}`;
    },
    // A subtest is only known once the test around it runs, so the outer test is wanted for its sake.
    wants: (id) =>
      tests === null || wanted.has(id) || around.has(id) || ancestors(id).some((outer) => wanted.has(outer)),
    emit({ names, location, id, status, error, hits }) {
      if (status === "failed") failed = true;
      const record = {
        kind: "test",
        file: location,
        names,
        status,
        ...(status === "failed" && describeError(error)),
        ...(hits && { hits }),
      };
      send({ id, record });
    },
  };
  for (const entry of entries) {
    if (options.halted()) break;
    const file = join(root, entry);
    process.argv = [process.execPath, file];
    try {
      const tracing = trace ? startTracing(root, traced) : null;
      const hasTests = await runFile({ ...options, trace: tracing, load: () => import(pathToFileURL(file).href) });
      // A plain script is one test of its own, as for node --test.
      if (!hasTests) options.emit({ names: [], location: file, id: entry, status: "passed" });
      tracing?.end();
    } catch (error) {
      failed = true;
      const { message } = describeError(error);
      send({ record: { kind: "error", file, message } });
    }
    restoreProcess();
  }
  const stale =
    stop && failed
      ? []
      : loader.stale(
          changed,
          entries.map((entry) => join(root, entry)),
        );
  if (stale.length > 0) send({ record: { kind: "error", message: `stale in the warm process: ${stale.join(", ")}` } });
}

for (const name of ["exit", "reallyExit", "abort"])
  process[name] = (code) => {
    const error = new Error(`process.${name}(${code ?? ""}) was called`);
    interrupt(error);
    throw error;
  };
process.on("uncaughtException", interrupt);
process.on("unhandledRejection", interrupt);
process.on("beforeExit", drained);
process.stdout.write = (_chunk, encoding, done) => {
  const callback = typeof encoding === "function" ? encoding : done;
  if (callback) queueMicrotask(callback);
  return true;
};

createInterface({ input: process.stdin }).on("line", async (line) => {
  const request = JSON.parse(line);
  // While tests run, stdin must not keep the event loop alive: an empty loop means a promise that nothing will settle.
  process.stdin.unref();
  try {
    await serve(request);
  } catch (error) {
    send({ record: { kind: "error", message: describeError(error).message } });
  }
  send({ record: { kind: "done" }, marked: marks.isMarked(), nonce: request.nonce });
  process.stdin.ref();
});
send({ ready: true });
