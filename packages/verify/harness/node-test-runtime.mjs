// The part of node:test that test files use, able to run again and again in one process (node:test itself runs once per process).
// Screening only: whoever keeps a candidate confirms it with the real runner first. Sequential, like the real default within a file.
import { AsyncLocalStorage } from "node:async_hooks";
import { getCallSites } from "node:util";
import { mock, run, snapshot } from "node:test";
import { TestContext } from "./node-test-context.mjs";

const here = import.meta.url;
const surrounding = new AsyncLocalStorage();
/** Rejecters of the steps being awaited, innermost last: a drained event loop or a stray exception ends the innermost one. */
const awaited = [];
/** The run of one test file; null between files. */
let session = null;

/** Ends what is being awaited. An exception that a finished test left behind belongs to no test; node:test only notes it, too. */
export function interrupt(error) {
  if (!surrounding.getStore()?.finished) awaited.at(-1)?.(error);
}

/** The event loop is empty: the test being awaited can never end, and node:test gives up on the rest of its file. */
export function drained() {
  const error = new Error("Promise resolution is still pending but the event loop has already resolved");
  if (session !== null) session.drained = error;
  awaited.at(-1)?.(error);
}

/**
 * Runs one test file. `load` imports it; `emit` gets {names, location, id, status, error?} of each test and of each suite that failed by itself;
 * `wants(id)` says which tests to run; `trace` (or null) has start()/stop() around each test; true from `halted` ends the run early.
 * False when the file registers no tests at all.
 */
export async function runFile({ load, emit, wants, nextId, trace, halted }) {
  const root = newItem("suite", "", null, {}, null, null);
  session = { root, emit, wants, nextId, trace, halted, queue: [], running: null, drained: null, registered: 0 };
  const mine = session;
  try {
    await step(() => surrounding.run(root, load));
    await drain(mine);
    if (root.beforeRan) await hooks(root.hooks.after, root.context);
    return mine.registered > 0;
  } finally {
    mock.reset();
    session = null;
  }
}

/** Awaits `work`, unless the event loop drains, a stray exception comes, or `timeout` milliseconds pass. */
async function step(work, timeout = Infinity) {
  let reject;
  let timer;
  const ended = new Promise((_, rejecter) => (reject = rejecter));
  ended.catch(() => {}); // when `work` throws at once, nobody else listens
  awaited.push(reject);
  if (Number.isFinite(timeout)) timer = setTimeout(reject, timeout, new Error(`test timed out after ${timeout}ms`));
  try {
    return await Promise.race([work(), ended]);
  } finally {
    clearTimeout(timer);
    awaited.splice(awaited.lastIndexOf(reject), 1);
  }
}

/** A suite or a test; the root of a file is a suite without a parent. */
function newItem(kind, name, fn, options, parent, location) {
  const names = parent === null ? [] : [...parent.names, name];
  return {
    kind,
    name,
    fn,
    options,
    parent,
    location,
    names,
    id: kind === "test" ? session.nextId(location, names) : undefined,
    items: [],
    hooks: { before: [], after: [], beforeEach: [], afterEach: [] },
    beforeRan: false,
    beforeFailure: null,
    subtests: Promise.resolve(),
    failedSubtests: 0,
    finished: false,
    context: { name, fullName: names.join(" > "), filePath: location },
  };
}

async function drain(mine) {
  mine.running ??= (async () => {
    while (mine.queue.length > 0) {
      const { item, settle } = mine.queue.shift();
      await runItem(item);
      settle();
    }
    mine.running = null;
  })();
  await mine.running;
}

function wanted(item) {
  return item.kind === "test" ? session.wants(item.id) : item.items.some(wanted);
}

async function runItem(item) {
  if (session === null || session.halted() || !(await built(item)) || !wanted(item)) return;
  if (item.kind === "test") return runTest(item);
  const failure = await beforeOnce(item);
  for (const child of item.items) {
    if (failure === null) await runItem(child);
    else failAll(child, failure);
  }
  if (failure !== null) report(item, "failed", failure);
  try {
    await hooks(item.hooks.after, item.context);
  } catch (error) {
    report(item, "failed", error);
  }
}

/** True once the suite's own function has registered its tests. */
async function built(item) {
  if (item.building === undefined) return true;
  try {
    await step(() => item.building);
    return true;
  } catch (error) {
    report(item, "failed", error);
    return false;
  }
}

function failAll(item, error) {
  if (item.kind === "test") report(item, "failed", error);
  else for (const child of item.items) failAll(child, error);
}

/** Runs the `before` hooks around and of the item, once each; the error of the first that failed, else null. */
async function beforeOnce(item) {
  if (item === null || item.beforeRan) return item?.beforeFailure ?? null;
  item.beforeRan = true;
  item.beforeFailure = await beforeOnce(item.parent);
  if (item.beforeFailure !== null) return item.beforeFailure;
  try {
    await hooks(item.hooks.before, item.context);
  } catch (error) {
    item.beforeFailure = error ?? new Error("a before hook failed");
  }
  return item.beforeFailure;
}

async function hooks(list, context) {
  for (const { fn, options } of list) await step(() => call(fn, context), options.timeout);
}

function around(item) {
  const chain = [];
  for (let at = item.parent; at !== null; at = at.parent) chain.unshift(at);
  return chain;
}

/** Calls a test or hook function: with a callback when it takes one, else it may return a promise. */
function call(fn, context) {
  if (fn.length < 2) return fn.call(context, context);
  return new Promise((done, fail) => fn.call(context, context, (error) => (error ? fail(error) : done())));
}

async function runTest(item) {
  const { options } = item;
  if (options.skip || item.fn === null) return report(item, "skipped");
  if (session.drained !== null) return report(item, "failed", session.drained);
  const context = new TestContext(item, subtest, addHook);
  item.context = context;
  session.trace?.start();
  let failure = await beforeOnce(item.parent);
  const attempt = async (work) => {
    try {
      await work();
    } catch (error) {
      failure ??= error ?? new Error(String(error));
    }
  };
  if (failure === null) {
    await attempt(async () => {
      for (const outer of around(item)) await hooks(outer.hooks.beforeEach, context);
      await step(() => surrounding.run(item, () => call(item.fn, context)), options.timeout);
      await item.subtests;
      context.finish();
    });
    await attempt(() => item.subtests);
    for (const outer of around(item).reverse()) await attempt(() => hooks(outer.hooks.afterEach, context));
    await attempt(() => hooks(item.hooks.after, context));
  }
  context.release();
  const hits = session?.trace?.stop();
  if (item.failedSubtests > 0) failure ??= new Error(`${item.failedSubtests} subtest(s) failed`);
  const skipped = options.todo || context.skipped;
  report(item, skipped ? "skipped" : failure === null ? "passed" : "failed", failure, hits);
}

function report(item, status, error, hits) {
  item.finished = true;
  if (status === "failed" && item.parent?.kind === "test") item.parent.failedSubtests++;
  const id = item.id ?? session?.nextId(item.location, item.names);
  session?.emit({ names: item.names, location: item.location, id, status, error, hits });
}

function register(kind, args, forced, parent = surrounding.getStore() ?? session?.root) {
  if (session === null) return Promise.resolve();
  session.registered++;
  const fn = args.findLast((value) => typeof value === "function") ?? null;
  const options = { ...args.find((value) => value !== null && typeof value === "object"), ...forced };
  const name = typeof args[0] === "string" ? args[0] : fn?.name || "<anonymous>";
  const site = getCallSites(8).find(
    (frame) => frame.scriptName !== here && !frame.scriptName.endsWith("/node-test-context.mjs"),
  );
  const item = newItem(kind, name, fn, options, parent, site?.scriptName ?? "");
  if (kind === "suite" && fn !== null && !options.skip) {
    try {
      const result = surrounding.run(item, () => fn.call(item.context, item.context));
      if (typeof result?.then === "function") item.building = result;
    } catch (error) {
      item.building = Promise.reject(error);
      item.building.catch(() => {});
    }
  }
  if (parent.kind === "test") return (parent.subtests = parent.subtests.then(() => runItem(item)));
  if (parent !== session.root) {
    parent.items.push(item);
    return Promise.resolve();
  }
  const mine = session;
  return new Promise((settle) => {
    mine.queue.push({ item, settle });
    // Later, so that the rest of the module is evaluated first; at once would be too early for hooks below, after the import too late for `await test()`.
    setImmediate(() => mine === session && drain(mine));
  });
}

function subtest(item, args) {
  return register("test", args, {}, item);
}

function addHook(kind, fn, options = {}, item = surrounding.getStore() ?? session?.root) {
  item?.hooks[kind].push({ fn, options });
}

function withVariants(kind) {
  const make =
    (forced) =>
    (...args) =>
      register(kind, args, forced);
  const only = make({});
  return Object.assign(make({}), { skip: make({ skip: true }), todo: make({ todo: true }), only });
}

export const test = withVariants("test");
export const it = test;
export const describe = withVariants("suite");
export const suite = describe;
export const before = (fn, options) => addHook("before", fn, options);
export const after = (fn, options) => addHook("after", fn, options);
export const beforeEach = (fn, options) => addHook("beforeEach", fn, options);
export const afterEach = (fn, options) => addHook("afterEach", fn, options);
export const { skip, todo, only } = test;
export { mock, run, snapshot };
Object.assign(test, { test, it, describe, suite, before, after, beforeEach, afterEach, mock, run, snapshot });
export default test;
export { test as "module.exports" };
