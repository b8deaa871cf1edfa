"use strict";
// Finds out whether a candidate left marks on what it shares with the next one in a warm Node process: changed builtins or core modules,
// new or lost globals, running timers. The engine then replaces the process. Modules of the project are loaded anew in any case, and
// survivors are confirmed in a process of their own: this only keeps one candidate from spoiling the screening of others.
const MODULES = "assert buffer child_process events fs fs/promises http https module os path timers url util".split(
  " ",
);
const BUILTINS = (
  "Array ArrayBuffer BigInt Boolean Date Error Function Map Number Object Promise RegExp Set String Symbol WeakMap WeakSet JSON Math " +
  "Reflect Intl console URL Buffer"
).split(" ");

/**
 * @returns {() => boolean} call it after each request: true when that request left marks. The first, which loads the suite of the unchanged
 *   project, sets what the others are held against.
 */
exports.watchMarks = function watchMarks() {
  // All of it is taken now, and what runs later uses neither methods nor iterators: a candidate may have replaced them.
  const { getOwnPropertyDescriptor, hasOwn, is } = Object;
  const { ownKeys } = Reflect;
  const resources = process.getActiveResourcesInfo.bind(process);
  const parts = ["value", "get", "set"];
  const places = placesOf();
  const timers = () => {
    const kinds = resources();
    let count = 0;
    for (let i = 0; i < kinds.length; i++) if (kinds[i] === "Timeout") count++;
    return count;
  };
  const take = () => ({
    places: places.map((place) => {
      const keys = ownKeys(place);
      return { place, keys, found: keys.map((key) => getOwnPropertyDescriptor(place, key)) };
    }),
    globals: ownKeys(globalThis),
    timers: timers(),
  });
  const sameKeys = (now, then) => {
    if (now.length !== then.length) return false;
    for (let i = 0; i < then.length; i++) if (now[i] !== then[i]) return false;
    return true;
  };
  const samePlace = ({ place, keys, found }) => {
    if (!sameKeys(ownKeys(place), keys)) return false;
    for (let i = 0; i < keys.length; i++) {
      const now = getOwnPropertyDescriptor(place, keys[i]);
      for (let j = 0; j < parts.length; j++) {
        const part = parts[j];
        if (hasOwn(now, part) !== hasOwn(found[i], part) || !is(now[part], found[i][part])) return false;
      }
    }
    return true;
  };
  let before = null;
  return () => {
    if (before === null) {
      before = take();
      return false;
    }
    if (timers() > before.timers || !sameKeys(ownKeys(globalThis), before.globals)) return true;
    for (let i = 0; i < before.places.length; i++) if (!samePlace(before.places[i])) return true;
    return false;
  };
};

function placesOf() {
  const builtins = BUILTINS.map((name) => globalThis[name]).flatMap((value) => [value, value.prototype]);
  const modules = MODULES.map((name) => require(`node:${name}`));
  const strict = require("node:assert").strict;
  const iterators = [[].values(), new Map().values(), new Set().values(), ""[Symbol.iterator]()].map(
    Object.getPrototypeOf,
  );
  return [...builtins, ...modules, strict, ...iterators].filter((place) => place !== undefined && place !== null);
}
