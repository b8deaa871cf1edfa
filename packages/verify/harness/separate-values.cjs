"use strict";
// Plain data between the process of the tests and the process of the candidate, in JSON with tags. Both sides use it; what is not plain data
// is refused, so that nothing with a behaviour of its own gets across.

class NotData extends TypeError {}

/** The tagged form of plain data; throws NotData for everything else. */
function encode(value, parents = []) {
  if (value === undefined) return { $: "undefined" };
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") {
    if (Object.is(value, -0)) return { $: "-0" };
    return Number.isFinite(value) ? value : { $: String(value) };
  }
  if (typeof value === "bigint") return { $: "bigint", v: String(value) };
  if (typeof value !== "object") throw new NotData(`a ${typeof value} is not plain data`);
  if (parents.includes(value)) throw new NotData("a cycle is not plain data");
  const inner = (item) => encode(item, [...parents, value]);
  if (Array.isArray(value)) {
    const keys = Object.keys(value);
    if (keys.length !== value.length) throw new NotData("an array with holes or names is not plain data");
    return value.map(inner);
  }
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (kind === "Date") return { $: "Date", v: value.getTime() };
  if (kind === "RegExp") return { $: "RegExp", v: [value.source, value.flags] };
  if (kind === "Map") return { $: "Map", v: [...value].map((pair) => pair.map(inner)) };
  if (kind === "Set") return { $: "Set", v: [...value].map(inner) };
  if (kind === "Uint8Array")
    return { $: Buffer.isBuffer(value) ? "Buffer" : "Uint8Array", v: Buffer.from(value).toString("base64") };
  if (kind === "Error") return { $: "Error", v: encodeError(value, inner) };
  const prototype = Object.getPrototypeOf(value);
  // Objects of another realm, such as jest's, have another Object.prototype.
  const isPlain = prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
  if (!isPlain || Object.getOwnPropertySymbols(value).length > 0)
    throw new NotData(`a ${value.constructor?.name} is not plain data`);
  const names = Object.getOwnPropertyNames(value);
  if (names.some((name) => !("value" in Object.getOwnPropertyDescriptor(value, name))))
    throw new NotData("an object with accessors is not plain data");
  return { $: prototype === null ? "bare" : "object", v: names.map((name) => [name, inner(value[name])]) };
}

/** Class, message and further properties of an error. */
function encodeError(error, inner = encode) {
  const extra = Object.keys(error).filter((name) => !["name", "message", "stack"].includes(name));
  return {
    class: String(error.constructor?.name ?? "Error"),
    name: String(error.name),
    message: String(error.message),
    extra: extra.flatMap((name) => {
      try {
        return [[name, inner(error[name])]];
      } catch {
        return [];
      }
    }),
  };
}

/** @param {(name: string) => Function | undefined} classOf classes of errors that the tests know */
function decode(value, classOf) {
  if (value === null || typeof value !== "object") return value;
  const inner = (item) => decode(item, classOf);
  if (Array.isArray(value)) return value.map(inner);
  const { $: tag, v } = value;
  switch (tag) {
    case "undefined":
      return undefined;
    case "NaN":
    case "Infinity":
    case "-Infinity":
    case "-0":
      return Number(tag);
    case "bigint":
      return BigInt(v);
    case "Date":
      return new Date(v);
    case "RegExp":
      return new RegExp(String(v[0]), String(v[1]));
    case "Map":
      return new Map(v.map(([key, item]) => [inner(key), inner(item)]));
    case "Set":
      return new Set(v.map(inner));
    case "Buffer":
      return Buffer.from(v, "base64");
    case "Uint8Array":
      return new Uint8Array(Buffer.from(v, "base64"));
    case "Error":
      return decodeError(v, classOf);
    case "object":
    case "bare": {
      const made = tag === "bare" ? Object.create(null) : {};
      for (const [name, item] of v)
        Object.defineProperty(made, String(name), {
          value: inner(item),
          writable: true,
          enumerable: true,
          configurable: true,
        });
      return made;
    }
    default:
      throw new NotData("the candidate's process sent something that is not plain data");
  }
}

function decodeError(told, classOf) {
  const Class = classOf(String(told.class)) ?? Error;
  const error = Object.create(Class.prototype);
  Error.captureStackTrace(error);
  const define = (name, value, enumerable) =>
    Object.defineProperty(error, name, { value, writable: true, enumerable, configurable: true });
  define("message", String(told.message), false);
  if (error.name !== String(told.name)) define("name", String(told.name), false);
  define("stack", `${told.name}: ${told.message}\n${String(error.stack).split("\n").slice(1).join("\n")}`, false);
  for (const [name, value] of told.extra) define(String(name), decode(value, classOf), true);
  return error;
}

module.exports = { NotData, decode, encode, encodeError };
