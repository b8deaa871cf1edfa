// Vitest kept warm: the user's own vitest command starts and reads its configuration; where it would run the tests it serves requests
// instead. Vite keeps its transforms, one worker keeps vitest and the dependencies; the project's modules are loaded again each time.
import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

const require = createRequire(import.meta.url);
const { testIds } = require("./report-writer.cjs");
const { refuse, serve } = require("./warm-server.cjs");

/** Written by the worker: see vitest-warm-worker.mjs. */
const marked = new Int32Array(new SharedArrayBuffer(4));

/** The pool does not wait until its worker has stopped; the next run must, for they share the thread. */
const letGo = [];

/** Called when vitest has read its configuration. `reporter`: recordsOf, addTrace, removeTrace, textOf of vitest-reporter.mjs. */
export function takeOver(vitest, root, reporter) {
  for (const project of vitest.projects) {
    if (project.config.browser?.enabled) refuse("the tests run in a browser");
    keepWorker(project, root);
  }
  vitest.runFiles = async (specifications) => {
    delete vitest.runFiles;
    await serve(root, async (request, changed, write) => {
      await runOnce({ vitest, root, reporter, specifications }, request, changed, write);
      return Atomics.load(marked, 0) === 1;
    });
  };
}

/** One worker that stays, with modules kept apart per test file; vitest 3 has no pools of one's own and keeps its thread instead. */
function keepWorker(project, root) {
  const { config } = project;
  Object.assign(config, { isolate: false, fileParallelism: false, maxWorkers: 1, minWorkers: 1 });
  if (Number.parseInt(project.vitest.version, 10) < 4) {
    config.pool = "threads";
    config.poolOptions = {
      ...config.poolOptions,
      threads: { ...config.poolOptions?.threads, isolate: false, singleThread: true },
    };
    return;
  }
  // Code that a worker reads from disk by itself would stay as it was.
  if (config.experimental) config.experimental.fsModuleCache = false;
  const name = "pawl-warm";
  let thread;
  config.pool = name;
  config.poolRunner = {
    name,
    createPoolWorker(options) {
      thread ??= startThread(options, root);
      return poolWorker(name, thread);
    },
  };
}

/** What the pool takes for a worker of its own: it stops it after each run, but the thread is only let go of. */
function poolWorker(name, thread) {
  const listeners = [];
  const released = Promise.withResolvers();
  letGo.push(released.promise);
  return {
    name,
    on(event, listener) {
      listeners.push([event, listener]);
      thread.on(event, listener);
    },
    off: (event, listener) => thread.off(event, listener),
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
    send: (message) => thread.postMessage(message),
    deserialize: (message) => message,
    start: async () => {},
    async stop() {
      for (const [event, listener] of listeners) thread.off(event, listener);
      released.resolve();
    },
    canReuse: () => true,
  };
}

function startThread(options, root) {
  const vitestWorker = pathToFileURL(createRequire(realpathSync(process.argv[1])).resolve("vitest/worker")).href;
  const entry = fileURLToPath(new URL("./vitest-warm-worker.mjs", import.meta.url));
  const thread = new Worker(entry, {
    env: options.env,
    execArgv: options.execArgv,
    workerData: { vitestWorker, root, marked: marked.buffer },
  });
  thread.setMaxListeners(0);
  // A worker that is gone cannot come back: the engine replaces the whole process.
  thread.once("exit", () => process.exit(1));
  return thread;
}

async function runOnce({ vitest, root, reporter, specifications }, request, changed, write) {
  for (const file of changed) {
    vitest.invalidateFile(file);
    // Handed to the worker, which has module tables of its own.
    vitest.watcher.invalidates.add(file);
  }
  if (request.trace) reporter.addTrace(vitest, request.trace);
  else reporter.removeTrace(vitest);
  for (const { config } of [vitest, ...vitest.projects]) config.bail = request.stop ? 1 : 0;
  if (request.names === null) vitest.resetGlobalTestNamePattern();
  else vitest.setGlobalTestNamePattern(new RegExp(request.names));
  const wanted = specifications.filter(
    ({ moduleId }) => request.entries === null || request.entries.includes(moduleId),
  );
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(wanted, false);
  await Promise.all(letGo.splice(0));
  const number = testIds(root);
  const files = new Set(wanted.map(({ moduleId }) => moduleId));
  for (const module of testModules.filter(({ moduleId }) => files.has(moduleId))) {
    for (const record of reporter.recordsOf(module)) {
      const id = record.kind === "test" ? number(record.file, record.names) : undefined;
      if (id === undefined || request.tests === null || request.tests.includes(id)) write(record, id);
    }
  }
  for (const error of unhandledErrors) write({ kind: "error", message: reporter.textOf(error) });
}
