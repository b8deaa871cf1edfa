"use strict";
// Stands in for a module that a candidate changed, in the process of the tests: every call goes to the candidate's own process, in a box of
// its own, and only plain data comes back. PAWL_SEPARATE names a folder of named pipes; Pawl holds their other ends (src/separate/).
const { closeSync, constants, openSync, readSync, writeSync } = require("node:fs");
const { join } = require("node:path");
const { decode, encode } = require("./separate-values.cjs");

const SLOT_DIGITS = 4;
const BUILTIN = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
let pipes = null;

/** A pair of pipes of this process alone. */
function connect() {
  const folder = process.env.PAWL_SEPARATE;
  const claim = openSync(join(folder, "claim"), constants.O_RDONLY | constants.O_NONBLOCK);
  const token = Buffer.alloc(SLOT_DIGITS);
  // EAGAIN: more processes than there are pipes.
  readSync(claim, token);
  closeSync(claim);
  const slot = token.toString("latin1");
  return {
    out: openSync(join(folder, `${slot}.in`), constants.O_WRONLY),
    in: openSync(join(folder, `${slot}.out`), constants.O_RDONLY),
    rest: Buffer.alloc(0),
  };
}

function ask(message) {
  pipes ??= connect();
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
  for (let done = 0; done < bytes.length;) done += writeSync(pipes.out, bytes, done);
  const chunks = [pipes.rest];
  const chunk = Buffer.alloc(1 << 16);
  for (let end = pipes.rest.indexOf(10); ;) {
    if (end >= 0) {
      const all = Buffer.concat(chunks);
      end = all.indexOf(10);
      pipes.rest = all.subarray(end + 1);
      return JSON.parse(all.toString("utf8", 0, end));
    }
    const size = readSync(pipes.in, chunk);
    if (size === 0) throw new Error("Pawl closed the connection to the candidate's process");
    const part = Buffer.from(chunk.subarray(0, size));
    chunks.push(part);
    end = part.indexOf(10);
  }
}

/**
 * What a module exports, as its own process says: [{ name, kind: "function" | "value" | "error" | "other", value, base }].
 * @param {string} path relative to the project
 */
exports.standIn = function standIn(path, described) {
  const classes = { ...BUILTIN };
  const classOf = (name) => (Object.hasOwn(classes, name) ? classes[name] : undefined);
  const made = Object.create(null);
  for (const { name, kind, base } of described) {
    if (kind !== "error") continue;
    made[name] = { [name]: class extends (classOf(base) ?? Error) {} }[name];
    classes[name] = made[name];
  }
  for (const { name, kind, value, length } of described) {
    if (kind === "value") made[name] = decode(value, classOf);
    if (kind === "other") {
      made[name] = function refused() {
        throw new TypeError(`${name} cannot be used from another process`);
      };
    }
    if (kind !== "function") continue;
    const call = (...args) => {
      const answer = ask({ path, name, args: args.map((arg) => encode(arg)) });
      if (answer.args !== undefined)
        answer.args.forEach((after, index) => restore(args[index], decode(after, classOf)));
      if (answer.promise === true) {
        return answer.throws === undefined
          ? Promise.resolve(decode(answer.returns, classOf))
          : Promise.reject(decode(answer.throws, classOf));
      }
      if (answer.throws !== undefined) throw decode(answer.throws, classOf);
      return decode(answer.returns, classOf);
    };
    Object.defineProperty(call, "name", { value: name });
    Object.defineProperty(call, "length", { value: Number(length) || 0 });
    made[name] = call;
  }
  return made;
};

/** The call changed an argument: the caller's own object gets the same content. */
function restore(own, after) {
  if (own === null || typeof own !== "object") return;
  if (Array.isArray(own)) own.splice(0, own.length, ...after);
  else if (own instanceof Map || own instanceof Set) {
    own.clear();
    for (const item of after) {
      if (own instanceof Map) own.set(item[0], item[1]);
      else own.add(item);
    }
  } else {
    for (const name of Object.keys(own)) delete own[name];
    Object.assign(own, after);
  }
}
