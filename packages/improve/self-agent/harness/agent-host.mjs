// Runs an agent's workspace in a box, and is all that the agent has to speak with: the host it hands over sends questions to the engine and waits.
//
// Standard input, one JSON document a line: {"id", "do": "solve" | "modify", "task", "seed", "vcalls"}, and answers {"answer", "value" | "error"}.
// Descriptor 3: {"ready", "interface"} or {"failed"} once; {"ask", "name", "args"}; at the end of a piece of work {"id", "done"} or {"id", "failed"}.
// Nothing here is a secret, and nothing is trusted that is said on descriptor 3: the engine counts, judges and checks by itself.
import { readFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const VERSION = 1;
const root = process.cwd();
const say = (message) => {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
  for (let done = 0; done < bytes.length;) done += writeSync(3, bytes, done);
};

/** Answers still to come, by number of the question. */
const waiting = new Map();
let asked = 0;
const ask = (name, args) =>
  new Promise((resolve, reject) => {
    asked += 1;
    waiting.set(asked, { resolve, reject });
    say({ ask: asked, name, args });
  });

/** Small fast counter generator (sfc32, Doty-Humphrey); the seed comes from the engine, so that work can be repeated. */
function generator([a, b, c, d]) {
  const next = () => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i += 1) next(); // until the seed is mixed
  return next;
}

/** The host of one piece of work; frozen, and dead when the work is done. */
function hostOf({ seed, vcalls }) {
  let left = vcalls;
  const spending = async (name, args) => {
    const { value, vcalls: now } = await ask(name, args);
    left = now;
    return value;
  };
  return Object.freeze({
    version: VERSION,
    rng: generator(seed),
    meter: () => Object.freeze({ vcalls: left }),
    parse: async (files) => ask("parse", { files }),
    suspects: async () => spending("suspects", {}),
    runVisible: async (batch) => spending("runVisible", { batch }),
  });
}

async function load() {
  const manifest = JSON.parse(readFileSync(join(root, "manifest.json"), "utf8"));
  if (manifest.interface !== VERSION)
    throw new Error(`the agent wants interface ${manifest.interface}, not ${VERSION}`);
  const agent = await import(pathToFileURL(join(root, manifest.entry)).href);
  for (const name of ["solve", "modify"])
    if (typeof agent[name] !== "function") throw new Error(`${manifest.entry} does not export ${name}`);
  return agent;
}

const messageOf = (error) => String(error?.stack ?? error).slice(0, 2000);

let agent = null;
try {
  agent = await load();
  say({ ready: true, interface: VERSION });
} catch (error) {
  say({ failed: messageOf(error) });
}

async function work({ id, do: what, task, ...terms }) {
  try {
    const done = await agent[what](task, hostOf(terms));
    say({ id, done: done ?? null });
  } catch (error) {
    say({ id, failed: messageOf(error) });
  }
}

if (agent !== null)
  for await (const line of createInterface({ input: process.stdin })) {
    const message = JSON.parse(line);
    if (message.answer === undefined) void work(message);
    else {
      const { resolve, reject } = waiting.get(message.answer) ?? {};
      waiting.delete(message.answer);
      if (message.error !== undefined) reject?.(new Error(message.error));
      else resolve?.(message.value);
    }
  }
