// Calls one function of a candidate: many small calls to compare what it does, then large ones whose CPU time the engine reads from outside.
//
// Standard input, one JSON document a line. First the set-up: {"root", "nonce", "module", "call"}. Then requests, answered on descriptor 3
// with the nonce, in order:
//   {"calls": [args], "again": n}  each call once, and every n-th a second time: {"outcomes": [{"value"|"error"+"message", "args", "shape"}]}
//   {"load": [args]}               decodes arguments: {"loaded": true}
//   {"run": true}                  calls with them, and nothing else: {"ran": true}
//   {"digest": true}               a hash of what those calls gave: {"digest"}
//   {"profile": true}              like run, with the sampling profiler: {"lines": {line: samples}}
import { createHash } from "node:crypto";
import { writeSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { realmScript } from "./function-host.mjs";
import { failure, toJson } from "./function-values.mjs";
import { exact, Identities, TooLarge } from "./speed-values.mjs";

const write = (message) => {
  const bytes = Buffer.from(`${toJson(message)}\n`);
  for (let done = 0; done < bytes.length;) done += writeSync(3, bytes, done);
};
const { next: nextOfGenerator } = Object.getPrototypeOf(Object.getPrototypeOf((function* () {})()));
const hash = createHash;
const { decode } = realmScript.runInThisContext();
const nextTurn = setImmediate;

let setup = null;
let target = null;
let loaded = [];
let results = [];
/** Objects that earlier calls returned: a candidate that returns one of them again shares it between its callers. */
const returned = new WeakSet();

async function load() {
  for (const method of ["log", "info", "debug", "warn", "error"]) console[method] = () => {};
  const namespace = await import(pathToFileURL(join(setup.root, setup.module)).href);
  target = namespace[setup.call] ?? namespace.default?.[setup.call];
  if (typeof target !== "function") throw new TypeError(`${setup.call} is not an exported function`);
}

/** What a caller gets in the end: promises awaited, generators taken to their end. */
function finished(value) {
  if (value !== null && typeof value === "object") {
    if (typeof value.then === "function") return Promise.resolve(value).then(finished);
    if (value.next === nextOfGenerator) return { generated: [...value] };
  }
  return value;
}

async function outcomeOf(argsText) {
  const args = decode(argsText);
  const identities = new Identities();
  const outcome = {};
  try {
    exact(args, identities);
    let value = finished(target(...args));
    if (value !== null && typeof value === "object" && typeof value.then === "function") value = await value;
    outcome.value = exact(value, identities);
    if (value !== null && typeof value === "object") {
      if (returned.has(value)) outcome.value += "<returned before>";
      else if (!args.includes(value)) returned.add(value);
    }
  } catch (error) {
    if (error instanceof TooLarge) outcome.unknown = true;
    const { throws, message } = failure(error, false);
    outcome.error = throws;
    outcome.message = message;
  }
  try {
    outcome.args = exact(args, identities);
  } catch {
    outcome.unknown = true;
  }
  outcome.shape = hash("md5").update(identities.text()).digest("hex").slice(0, 12);
  return outcome;
}

async function run() {
  const made = [];
  for (let i = 0; i < loaded.length; i++) {
    try {
      const value = finished(target(...loaded[i]));
      made[i] = value !== null && typeof value === "object" && typeof value.then === "function" ? await value : value;
    } catch (error) {
      made[i] = { thrown: failure(error, false).throws };
    }
  }
  results = made;
}

async function profile() {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 200 });
  await session.post("Profiler.start");
  await run();
  const { profile: taken } = await session.post("Profiler.stop");
  session.disconnect();
  const url = pathToFileURL(join(setup.root, setup.module)).href;
  const path = join(setup.root, setup.module);
  const own = (node) => node.callFrame.url === url || node.callFrame.url === path;
  const parents = new Map();
  const nodes = new Map(taken.nodes.map((node) => [node.id, node]));
  for (const node of taken.nodes) for (const child of node.children ?? []) parents.set(child, node);
  const lines = {};
  const count = (line, ticks) => (lines[line] = (lines[line] ?? 0) + ticks);
  for (const node of nodes.values()) {
    if (own(node)) for (const { line, ticks } of node.positionTicks ?? []) count(line, ticks);
    else {
      // Time in built-in functions belongs to the function that called them.
      let above = parents.get(node.id);
      while (above !== undefined && !own(above)) above = parents.get(above.id);
      if (above !== undefined && node.hitCount > 0) {
        const own = above.positionTicks ?? [];
        const total = own.reduce((sum, each) => sum + each.ticks, 0);
        for (const { line, ticks } of own) count(line, (node.hitCount * ticks) / total);
        if (total === 0) count(above.callFrame.lineNumber + 1, node.hitCount);
      }
    }
  }
  return lines;
}

async function answer(request) {
  if (target === null) {
    try {
      await load();
    } catch (error) {
      return { failed: failure(error, true) };
    }
  }
  if (request.calls) {
    const outcomes = [];
    for (const [index, args] of request.calls.entries()) {
      const argsText = toJson(args);
      outcomes.push(await outcomeOf(argsText));
      if (request.again > 0 && index % request.again === 0) outcomes.push(await outcomeOf(argsText));
    }
    return { outcomes };
  }
  if (request.load) {
    results = [];
    loaded = request.load.map((args) => decode(toJson(args)));
    await new Promise((resolve) => nextTurn(resolve));
    return { loaded: true };
  }
  if (request.run) {
    await run();
    return { ran: true };
  }
  if (request.profile) return { lines: await profile() };
  const digest = hash("sha256");
  for (let i = 0; i < results.length; i++) {
    try {
      digest.update(`${exact(results[i])}\n`);
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
      digest.update("too large\n");
    }
  }
  return { digest: digest.digest("hex") };
}

let rest = "";
let work = Promise.resolve();
process.stdin.setEncoding("utf8");
process.stdin.on("data", (chunk) => {
  const lines = (rest + chunk).split("\n");
  rest = lines.pop();
  for (const line of lines) {
    const message = JSON.parse(line);
    if (setup === null) setup = message;
    else
      work = work
        .then(() => answer(message))
        .then(
          (said) => write({ nonce: setup.nonce, ...said }),
          (error) => write({ nonce: setup.nonce, failed: failure(error, true) }),
        );
  }
});
