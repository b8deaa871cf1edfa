"use strict";
// Finds out whether a candidate left marks on what it shares with the next one in a warm Node process: changed builtins or core modules,
// new or lost globals, running timers. The engine then replaces the process. Modules of the project are loaded anew in any case, and
// survivors are confirmed in a process of their own: this only keeps one candidate from spoiling the screening of others.
const MODULES = "assert buffer child_process events fs fs/promises http https os path timers url util".split(" ");
const BUILTINS = (
  "Array ArrayBuffer BigInt Boolean Date Error Function Map Number Object Promise RegExp Set String Symbol WeakMap WeakSet JSON Math " +
  "Reflect Intl console URL Buffer"
).split(" ");
/** A suite that marks its process every time does so by itself: replacing the process would only be slow. */
const HABIT = 3;

/**
 * @returns {() => boolean} call it after each request: true when that request left marks. The first may: loading a suite does.
 */
exports.watchMarks = function watchMarks() {
  const places = placesOf();
  // Taken now, since a candidate may replace them.
  const { getOwnPropertyDescriptor, is } = Object;
  const { ownKeys } = Reflect;
  const resources = process.getActiveResourcesInfo.bind(process);
  const take = () => ({
    values: places.map((place) =>
      ownKeys(place).map((key) => {
        const { value, get, set } = getOwnPropertyDescriptor(place, key);
        return [key, value, get, set];
      }),
    ),
    globals: ownKeys(globalThis),
    timers: resources().filter((kind) => kind === "Timeout").length,
  });
  const isSame = (before, after) =>
    after.timers <= before.timers &&
    after.globals.length === before.globals.length &&
    after.globals.every((key, index) => key === before.globals[index]) &&
    after.values.every(
      (entries, place) =>
        entries.length === before.values[place].length &&
        entries.every((entry, index) => entry.every((part, at) => is(part, before.values[place][index][at]))),
    );
  let before = null;
  let inARow = 0;
  return () => {
    if (inARow >= HABIT) return false;
    const after = take();
    const marked = before !== null && !isSame(before, after);
    before = after;
    inARow = marked ? inARow + 1 : 0;
    return marked;
  };
};

function placesOf() {
  const builtins = BUILTINS.map((name) => globalThis[name]).flatMap((value) => [value, value.prototype]);
  const modules = MODULES.map((name) => require(`node:${name}`));
  return [...builtins, ...modules].filter((place) => place !== undefined && place !== null);
}
