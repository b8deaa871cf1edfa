// The thread that runs vitest's test files in a warm process (vitest 4 and 5).
import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";

const require = createRequire(import.meta.url);
const { freshModules } = require("./fresh-modules.cjs");
const { watchMarks } = require("./marks.cjs");
const { init, runBaseTests, setupEnvironment } = await import(workerData.vitestWorker);
const modules = freshModules(workerData.root);
// A thread has builtins of its own. Memory that both share says what is left on them: [0] is 1 once there is something.
const marks = watchMarks(workerData.root);
const marked = new Int32Array(workerData.marked);
const { store } = Atomics;
let table;

init({
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
  post: (message) => parentPort.postMessage(message),
  on: (listener) => parentPort.on("message", listener),
  off: (listener) => parentPort.off("message", listener),
  onModuleRunner: (runner) => (table = runner.evaluatedModules),
  setup: setupEnvironment,
  runTests: (state, traces) => run("run", state, traces),
  collectTests: (state, traces) => run("collect", state, traces),
});

async function run(method, state, traces) {
  // The pool was told not to isolate, so that it keeps this thread; each test file gets modules of its own all the same.
  state.ctx.config.isolate = true;
  modules.forget();
  for (const file of state.ctx.invalidates ?? []) {
    for (const module of table?.fileToModulesMap.get(file) ?? []) table.invalidateModule(module);
  }
  marks.start();
  try {
    return await runBaseTests(method, state, traces);
  } finally {
    if (marks.isMarked()) store(marked, 0, 1);
  }
}
