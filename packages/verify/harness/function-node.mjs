// Calls the functions of candidate modules and reports what they return; it never learns what they should return.
//
// Standard input, one JSON document a line. First the set-up: {"root", "fresh", "coverage", "sets": {name: {"module", "calls":
// [{"call", "args", "after"}]}}}, values tagged. Then requests: {"id", "set", "files", "timeoutMs", "only", "stack", "trace"}.
// Descriptor 3, one line an answer: {"id", "outcomes": [{"returns" | "throws" + "message", "argsAfter"}], "ended", "load", "hits"}.
// Warm: modules are made anew for every request, and the realm (the built-in objects) too unless it was left as it was found. Fresh ("fresh": true): one request, ordinary imports, and an answer line for each
// case as soon as it has run, {"case", "outcome"}, so that nothing is lost when the candidate ends the process.
import { existsSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { Realm, realmScript } from "./function-host.mjs";
import { isTypeScript, Modules, withoutTypes } from "./function-modules.mjs";
import { encode, failure, toJson } from "./function-values.mjs";

const runScript = new vm.Script("run()");
/** Time limits hold for everything that runs below this context's script, in whatever realm. */
const timed = vm.createContext({ run: undefined });
const [later, clearLater, nextTurn, nowMs] = [
  setTimeout,
  clearTimeout,
  setImmediate,
  performance.now.bind(performance),
];
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const write = (message) => {
  const bytes = Buffer.from(`${toJson(message)}\n`);
  for (let done = 0; done < bytes.length;) done += writeSync(3, bytes, done);
};

let setup = null;
let coverage = null;
/** First error nobody caught, since the current request began. */
let uncaught = null;
const catchAll = (error) => (uncaught ??= { error });
process.on("uncaughtException", catchAll);
process.on("unhandledRejection", catchAll);

/** The function of that name; of CommonJS modules Node does not always know the names. */
function exported(namespace, name) {
  const found = namespace[name] ?? namespace.default?.[name];
  if (typeof found !== "function") throw new TypeError(`${name} is not an exported function`);
  return found;
}

/** Runs `action` for at most so many milliseconds; false when it was stopped. */
function within(ms, action) {
  timed.run = action;
  try {
    runScript.runInContext(timed, { timeout: Math.max(1, Math.ceil(ms)) });
    return true;
  } catch (error) {
    if (error?.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return false;
    throw error;
  }
}

/** Of no candidate's time; an error in the text is told when the module is loaded. */
function stripAhead(text) {
  try {
    withoutTypes(text);
  } catch {
    // see above
  }
}

let realm = null;

/** One candidate. */
class Visit {
  constructor(request) {
    this.request = request;
    this.set = setup.sets[request.set];
    this.calls = this.set.calls;
    for (const [path, text] of Object.entries(request.files)) if (isTypeScript(path)) stripAhead(text);
    this.deadline = nowMs() + request.timeoutMs;
    this.realm = realm ??= new Realm(setup.root);
    this.timers = this.realm.timers;
    this.modules = new Modules(this.realm.context, setup.root, request.files, this.realm.parse);
    this.outcomes = [];
  }

  /** Gives null, or what stopped it: "timeout", or "load" with the error kept in `loadFailure`. */
  async run() {
    const only = this.request.only ?? this.calls.map((_, index) => index);
    let next = 0;
    let module = null;
    let pending = null;
    while (next < only.length || pending !== null) {
      if (pending !== null) {
        const settled = await this.settle(pending.promise);
        if (settled === null) return "timeout";
        const { done } = pending;
        pending = null;
        if (!within(this.left(), () => done(settled))) return "timeout";
        if (this.loadFailure !== undefined) return "load";
        continue;
      }
      const inTime = within(this.left(), () => {
        if (module === null) {
          try {
            module = this.modules.load(join(setup.root, this.set.module));
            const evaluated = module.evaluate();
            if (module.status === "errored") throw module.error;
            if (module.status !== "evaluated")
              pending = {
                promise: evaluated,
                done: ({ error }) => error && (this.loadFailure = failure(error.value, true)),
              };
          } catch (error) {
            this.loadFailure = failure(error, true);
          }
          return;
        }
        while (next < only.length && pending === null) pending = this.call(module.namespace, only[next++]);
      });
      if (!inTime) return "timeout";
      if (this.loadFailure !== undefined) return "load";
    }
    return null;
  }

  /** Makes one call; gives null, or what is to be done when its promise has settled. */
  call(namespace, index) {
    const { call, argsText, after } = this.calls[index];
    let args;
    const finish = (result) => {
      let outcome;
      try {
        outcome = result.error ? failure(result.error.value, this.request.stack) : { returns: encode(result.value) };
        if (after) outcome.argsAfter = encode(args);
      } catch (error) {
        outcome = failure(error, this.request.stack);
      }
      this.outcomes.push(outcome);
    };
    try {
      args = this.realm.decode(argsText);
      const value = exported(namespace, call)(...args);
      if (value !== null && typeof value === "object" && typeof value.then === "function")
        return { promise: value, done: finish };
      finish({ value });
    } catch (error) {
      finish({ error: { value: error } });
    }
    return null;
  }

  /** The settled promise, or null when time is up or nothing is left that could settle it. */
  async settle(promise) {
    const state = { result: null };
    // A thenable may be anything; `await` inside this function turns it into a real promise.
    const settled = (async () => {
      try {
        state.result = { value: await promise };
      } catch (error) {
        state.result = { error: { value: error } };
      }
    })();
    for (let idle = 0; state.result === null;) {
      if (this.left() <= 1) return null;
      const canStillSettle = this.timers.size > 0 || this.modules.usesBuiltins;
      idle = canStillSettle ? 0 : idle + 1;
      if (idle > 3) return null;
      let timer;
      const turn = (resolve) => (canStillSettle ? (timer = later(resolve, 1)) : nextTurn(resolve));
      await Promise.race([settled, new Promise(turn)]);
      clearLater(timer);
    }
    return state.result;
  }

  left() {
    return this.deadline - nowMs();
  }

  /** The next candidate gets a new realm when this one left anything behind. */
  leave() {
    if (!this.realm.clear() || uncaught !== null || this.modules.usesBuiltins) realm = null;
  }
}

async function visit(request) {
  uncaught = null;
  const cpuBefore = cpuMs();
  const started = nowMs();
  const answer = { id: request.id };
  if (coverage !== null) coverage.take();
  let one;
  try {
    one = new Visit(request);
    answer.ended = await one.run();
    // Rejections nobody handles are told after the current turn.
    if (uncaught === null) await new Promise((resolve) => nextTurn(resolve));
    answer.outcomes = one.outcomes;
    if (one.loadFailure) answer.load = one.loadFailure;
  } catch (error) {
    answer.ended = "load";
    answer.load = failure(error, true);
    answer.outcomes = one?.outcomes ?? [];
  }
  if (one === undefined || answer.ended !== null) realm = null;
  one?.leave();
  if (uncaught !== null) answer.uncaught = failure(uncaught.error, true);
  if (coverage !== null) answer.hits = coverage.take();
  answer.cpuMs = cpuMs() - cpuBefore;
  answer.wallMs = nowMs() - started;
  write(answer);
}

/** The whole of a confirmation: ordinary imports in an ordinary process. */
async function fresh(request) {
  const { nonce } = setup;
  const say = (message) => write({ nonce, ...message });
  const { module: path, calls } = setup.sets[request.set];
  process.stdin.pause().unref(); // so that a call that can never answer ends the process
  const own = realmScript.runInThisContext();
  for (const method of ["log", "info", "debug", "warn", "error"]) console[method] = () => {};
  let namespace;
  try {
    namespace = await import(pathToFileURL(join(setup.root, path)).href);
  } catch (error) {
    say({ load: failure(error, true) });
    return;
  }
  for (const [index, { call, argsText, after }] of calls.entries()) {
    let outcome;
    let args;
    try {
      args = own.decode(argsText);
      const value = exported(namespace, call)(...args);
      const isThenable = value !== null && typeof value === "object" && typeof value.then === "function";
      outcome = { returns: encode(isThenable ? await value : value) };
    } catch (error) {
      outcome = failure(error, true);
    }
    try {
      if (after) outcome.argsAfter = encode(args);
    } catch (error) {
      outcome = failure(error, true);
    }
    say({ case: index, outcome });
  }
  await new Promise((resolve) => nextTurn(resolve));
  if (uncaught !== null) say({ uncaught: failure(uncaught.error, true) });
  say({ done: true });
}

function start(line) {
  setup = line;
  for (const { calls } of Object.values(setup.sets)) for (const call of calls) call.argsText = toJson(call.args);
  if (setup.coverage)
    coverage = createRequire(import.meta.url)("./line-coverage.cjs").startLineCoverage(
      setup.coverage.map((path) => join(setup.root, path)),
    );
  if (setup.fresh) return;
  const modules = Object.values(setup.sets).map((set) => set.module);
  if (modules.some(isTypeScript) || existsSync(join(setup.root, "tsconfig.json"))) withoutTypes("");
  write({ ready: true });
}

let rest = "";
let work = Promise.resolve();
process.stdin.setEncoding("utf8");
process.stdin.on("data", (chunk) => {
  const lines = (rest + chunk).split("\n");
  rest = lines.pop();
  for (const line of lines) {
    const message = JSON.parse(line);
    if (setup === null) start(message);
    else work = work.then(() => (setup.fresh ? fresh(message).then(() => process.exit(0)) : visit(message)));
  }
});
// In a fresh process, nothing left to wait for while a call is pending: it will never answer.
process.on("beforeExit", () => process.exit(setup?.fresh ? 9 : 0));
