// The candidate's own process: loads its modules as they are on disk, and does the calls that the process of the tests asks for (see
// separate-client.cjs). All of it is at the candidate's mercy; the other side takes plain data from it and nothing else.
// Standard input, one JSON document a line: {"root", "describe": [paths]} or {"path", "name", "args"}. Answers on descriptor 3.
import { writeSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { NotData, decode, encode, encodeError } = createRequire(import.meta.url)("./separate-values.cjs");
const { stringify } = JSON;
const BUILTIN = new Set(["Error", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError"]);
let root = "";

function send(message) {
  const bytes = Buffer.from(`${stringify(message)}\n`);
  for (let done = 0; done < bytes.length;) done += writeSync(3, bytes, done);
}

async function exportsOf(path) {
  const namespace = await import(pathToFileURL(join(root, path)).href);
  const all = new Map(Object.keys(namespace).map((name) => [name, namespace[name]]));
  // CommonJS: Node does not always know the names.
  const whole = namespace.default;
  if (whole !== null && typeof whole === "object")
    for (const name of Object.keys(whole)) if (!all.has(name)) all.set(name, whole[name]);
  return all;
}

function describe([name, value]) {
  if (typeof value === "function") {
    if (value.prototype instanceof Error) {
      let base = Object.getPrototypeOf(value);
      while (!BUILTIN.has(base.name)) base = Object.getPrototypeOf(base);
      return { name, kind: "error", base: base.name };
    }
    const isClass = /^class\b/.test(Function.prototype.toString.call(value));
    return isClass ? { name, kind: "other" } : { name, kind: "function", length: value.length };
  }
  try {
    return { name, kind: "value", value: encode(value) };
  } catch {
    return { name, kind: "other" };
  }
}

async function call({ path, name, args: encoded }) {
  const classOf = (wanted) => (BUILTIN.has(wanted) ? globalThis[wanted] : undefined);
  const args = encoded.map((arg) => decode(arg, classOf));
  const answer = {};
  try {
    const value = (await exportsOf(path)).get(name)(...args);
    const isPromise = value instanceof Promise;
    if (isPromise) answer.promise = true;
    answer.returns = encode(isPromise ? await value : value);
  } catch (error) {
    answer.throws = error instanceof Error ? { $: "Error", v: encodeError(error) } : thrown(error);
  }
  try {
    const after = args.map((arg) => encode(arg));
    if (stringify(after) !== stringify(encoded)) answer.args = after;
  } catch (error) {
    answer.throws = { $: "Error", v: encodeError(error) };
  }
  return answer;
}

function thrown(value) {
  try {
    return encode(value);
  } catch {
    return { $: "Error", v: encodeError(new NotData("something was thrown that is not plain data")) };
  }
}

async function serve(message) {
  if (message.root !== undefined) root = message.root;
  if (message.describe === undefined) return call(message);
  const modules = {};
  for (const path of message.describe) {
    try {
      modules[path] = { exports: [...(await exportsOf(path))].map(describe) };
    } catch (error) {
      modules[path] = { load: `${error?.name ?? "Error"}: ${error?.message ?? error}` };
    }
  }
  return { modules };
}

process.on("uncaughtException", () => {});
process.on("unhandledRejection", () => {});
let work = Promise.resolve();
createInterface({ input: process.stdin }).on("line", (line) => {
  work = work.then(async () => send(await serve(JSON.parse(line))));
});
