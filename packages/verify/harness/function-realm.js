// Evaluated first in every realm that runs candidates: what must be made by that realm's own constructors. The functions it
// returns use nothing that a candidate could replace later.
(() => {
  const { parse } = JSON;
  const { isArray } = Array;
  const { keys, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, isExtensible } = Object;
  const { ownKeys } = Reflect;
  const [RealMap, RealSet, RealDate, RealRegExp, RealBigInt, RealError, RealTypeError] = [
    Map,
    Set,
    Date,
    RegExp,
    BigInt,
    Error,
    TypeError,
  ];
  const mapGet = Map.prototype.get;
  const { apply } = Reflect;
  const set = (object, name, value) =>
    defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });

  /** A value of this realm from its tagged form. */
  function decode(value) {
    if (value === null || typeof value !== "object") return value;
    if (isArray(value)) {
      for (let i = 0; i < value.length; i++) value[i] = decode(value[i]);
      return value;
    }
    const { $: tag, v } = value;
    if (tag === undefined) {
      for (const name of keys(value)) set(value, name, decode(value[name]));
      return value;
    }
    if (tag === "undefined") return undefined;
    if (tag === "NaN") return NaN;
    if (tag === "Infinity") return Infinity;
    if (tag === "-Infinity") return -Infinity;
    if (tag === "-0") return -0;
    if (tag === "bigint") return RealBigInt(v);
    if (tag === "Date") return new RealDate(v);
    if (tag === "RegExp") return new RealRegExp(v[0], v[1]);
    if (tag === "Map") return new RealMap(decode(v));
    if (tag === "Set") return new RealSet(decode(v));
    if (tag === "object") {
      const made = {};
      for (let i = 0; i < v.length; i++) set(made, v[i][0], decode(v[i][1]));
      return made;
    }
    throw new RealTypeError(`the tag ${tag} is not for JavaScript`);
  }

  /** structuredClone of this realm, for the kinds of values that plain code clones. */
  function structuredClone(value) {
    const seen = new RealMap();
    const clone = (item) => {
      if (typeof item === "function" || typeof item === "symbol") {
        const error = new RealError(`${typeof item} could not be cloned.`);
        error.name = "DataCloneError";
        throw error;
      }
      if (item === null || typeof item !== "object") return item;
      const known = apply(mapGet, seen, [item]);
      if (known !== undefined) return known;
      const remember = (copy) => {
        seen.set(item, copy);
        return copy;
      };
      if (isArray(item)) {
        const copy = remember([]);
        copy.length = item.length;
        for (const name of keys(item)) copy[name] = clone(item[name]);
        return copy;
      }
      if (item instanceof RealDate) return remember(new RealDate(+item));
      if (item instanceof RealRegExp) return remember(new RealRegExp(item.source, item.flags));
      if (item instanceof RealMap) {
        const copy = remember(new RealMap());
        for (const [key, inner] of item) copy.set(clone(key), clone(inner));
        return copy;
      }
      if (item instanceof RealSet) {
        const copy = remember(new RealSet());
        for (const inner of item) copy.add(clone(inner));
        return copy;
      }
      if (item instanceof RealError) {
        const copy = remember(new RealError(item.message));
        copy.name = item.name;
        return copy;
      }
      if (ArrayBuffer.isView(item) && typeof item.slice === "function") return remember(item.slice());
      const copy = remember({});
      for (const name of keys(item)) set(copy, name, clone(item[name]));
      return copy;
    };
    return clone(value);
  }

  /** Gives the realm's global object what programs expect besides the language itself: the host's, and quiet stand-ins. */
  function furnish(globals, parts) {
    const console = {};
    const quiet = "log info debug warn error trace table group groupEnd assert time timeEnd dir".split(" ");
    for (const method of quiet) console[method] = () => {};
    const exit = () => {
      throw new RealError("the candidate ended the process");
    };
    const stream = { write: () => true };
    const nextTick = (run, ...rest) => globals.queueMicrotask(() => run(...rest));
    const on = () => process;
    const cwd = () => parts.root;
    const own = {
      env: {},
      argv: ["node"],
      exit,
      nextTick,
      on,
      once: on,
      emitWarning() {},
      stdout: stream,
      stderr: stream,
    };
    const process = { ...parts, ...own, cwd };
    const all = { ...globals, console, process, structuredClone, global: globalThis };
    for (const name of keys(all)) {
      defineProperty(globalThis, name, { value: all[name], writable: true, configurable: true });
    }
    survey(new Set(Object.values(globals)), [own.env, stream]);
  }

  /** Every object that candidates of this realm share, with what it held when the realm was new. */
  const shared = [];
  function survey(fromHost, others) {
    const seen = new Set();
    const add = (object) => {
      if (object === null || (typeof object !== "object" && typeof object !== "function") || seen.has(object)) return;
      seen.add(object);
      const names = ownKeys(object).filter((name) => {
        const found = getOwnPropertyDescriptor(object, name);
        return "value" in found && found.value === found.value; // neither accessors nor NaN can be compared by reading
      });
      const values = names.map((name) => object[name]);
      shared.push({ object, names, values, count: ownKeys(object).length, prototype: getPrototypeOf(object) });
      add(getPrototypeOf(object));
    };
    const iterators = [[].values(), new Map().values(), new Set().values(), ""[Symbol.iterator](), "".matchAll(/a/g)];
    const functions = [function* () {}, async () => {}, async function* () {}];
    for (const object of iterators) add(getPrototypeOf(object));
    for (const object of functions) {
      add(getPrototypeOf(object));
      add(object.prototype && getPrototypeOf(object.prototype));
    }
    for (const object of [globalThis, ...others]) add(object);
    for (const name of ownKeys(globalThis)) {
      const value = globalThis[name];
      if (value === globalThis || fromHost.has(value)) continue;
      // A function's own properties matter where there are more than its name, length and prototype.
      if (typeof value === "object" || (typeof value === "function" && value.prototype !== undefined)) add(value);
      if (typeof value === "function") add(value.prototype);
    }
  }

  /** True while all of them are as they were. Values that a candidate hid elsewhere are the canaries' to find. */
  function isIntact() {
    for (let i = 0; i < shared.length; i++) {
      const { object, names, values, count, prototype } = shared[i];
      if (getPrototypeOf(object) !== prototype || !isExtensible(object) || ownKeys(object).length !== count)
        return false;
      for (let j = 0; j < names.length; j++) if (object[names[j]] !== values[j]) return false;
    }
    return true;
  }

  return { decode: (text) => decode(parse(text)), parse, furnish, isIntact };
})();
