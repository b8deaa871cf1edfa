// Runs cases of JavaScript and TypeScript tasks.
//
// Standard input: {"dir": folder, "module": file in it, "cases": [{"call", "args", …}]}, or a list of such
// requests. Standard output: a line of JSON per case as soon as it has run,
// {"request": n, "case": n, "returns" | "throws" + "message", "argsAfter"}, values with the tags of the corpus.
// The code may run for ever or end the process: whoever starts this has to stop it and start it again
// with the cases that are left.

import { readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A value of this process from its tagged form. */
function decode(value) {
  if (Array.isArray(value)) return value.map(decode);
  if (value === null || typeof value !== "object") return value;
  switch (value.$) {
    case undefined:
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, decode(item)]));
    case "undefined":
      return undefined;
    case "NaN":
      return NaN;
    case "Infinity":
      return Infinity;
    case "-Infinity":
      return -Infinity;
    case "-0":
      return -0;
    case "bigint":
      return BigInt(value.v);
    case "Map":
      return new Map(value.v.map(decode));
    case "Set":
      return new Set(value.v.map(decode));
    case "Date":
      return new Date(value.v);
    default:
      throw new TypeError(`the tag ${value.$} is not for JavaScript`);
  }
}

/** The tagged form of a value; what the corpus cannot write gets a tag that equals nothing in it. */
function encode(value, parents = []) {
  if (value === undefined) return { $: "undefined" };
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") {
    if (Object.is(value, -0)) return { $: "-0" };
    return Number.isFinite(value) ? value : { $: String(value) };
  }
  if (typeof value === "bigint") return { $: "bigint", v: String(value) };
  if (typeof value !== "object") return { $: typeof value };
  if (parents.includes(value)) return { $: "cycle" };
  const inner = (item) => encode(item, [...parents, value]);
  if (Array.isArray(value)) return Array.from(value, inner);
  if (value instanceof Map) return { $: "Map", v: [...value].map(inner) };
  if (value instanceof Set) return { $: "Set", v: [...value].map(inner) };
  if (value instanceof Date) return { $: "Date", v: Number.isNaN(value.getTime()) ? "invalid" : value.toISOString() };
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inner(item)]));
}

function failure(error) {
  const isObject = error !== null && typeof error === "object";
  return {
    throws: isObject ? String(error.name) : typeof error,
    message: isObject ? String(error.message) : String(error),
  };
}

async function runCase(load, { call, args: given }) {
  let args;
  let outcome;
  try {
    const module = await load();
    args = given.map(decode);
    outcome = { returns: encode(await module[call](...args)) };
  } catch (error) {
    outcome = failure(error);
  }
  return { ...outcome, argsAfter: encode(args ?? given) };
}

const input = JSON.parse(readFileSync(0, "utf8"));
for (const method of ["log", "info", "debug", "warn", "error"]) console[method] = () => {};
for (const [request, { dir, module, cases }] of (Array.isArray(input) ? input : [input]).entries()) {
  const load = () => import(pathToFileURL(join(dir, module)).href);
  for (const [index, item] of cases.entries()) {
    const outcome = await runCase(load, item);
    writeSync(1, `${JSON.stringify({ request, case: index, ...outcome })}\n`);
  }
}
process.exit(0);
