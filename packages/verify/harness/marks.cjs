"use strict";
const { lstatSync, readdirSync, statfsSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
// Finds out whether a candidate left marks on what it shares with the next one in a warm Node process: changed builtins or core modules,
// new or lost globals, running timers, files left open, a full disk, files of the project other than its own. The engine then replaces the process. Modules of the project are loaded anew in any case, and
// survivors are confirmed in a process of their own: this only keeps one candidate from spoiling the screening of others.
const MODULES = "assert buffer child_process events fs fs/promises http https module os path timers url util".split(
  " ",
);
const BUILTINS = (
  "Array ArrayBuffer BigInt Boolean Date Error Function Map Number Object Promise RegExp Set String Symbol WeakMap WeakSet JSON Math " +
  "Reflect Intl console URL Buffer"
).split(" ");

/** Descriptors that a runner may open for itself in the course of a request. */
const OPEN_FILES = 16;
/** Files that are looked at before and after each request; more would take too long. */
const MOST_FILES = 2000;

/**
 * @param {string} root of the project
 * @returns {{ start(): void, isMarked(): boolean }} `start` when the candidate's files are laid and nothing of it has run; `isMarked` after
 *   each request: true when that request left marks. The first, which loads the suite of the unchanged project, sets what the others are
 *   held against.
 */
exports.watchMarks = function watchMarks(root) {
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
  const openFiles = () => {
    try {
      return readdirSync("/proc/self/fd").length;
    } catch (error) {
      // Without such a folder nothing can be said; with none to open it there are too many.
      return error.code === "ENOENT" ? 0 : Infinity;
    }
  };
  // Runners keep caches on the box's own disk, which is small and shared; what fills it takes their place.
  const temporary = tmpdir();
  const room = () => {
    const { bavail, ffree } = statfsSync(temporary);
    return { blocks: bavail, files: ffree };
  };
  const take = () => ({
    room: room(),
    openFiles: openFiles(),
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
  const paths = projectFiles(root);
  const stamps = paths.map(() => "");
  const stamp = (path) => {
    try {
      const { ino, mode, size, ctimeNs } = lstatSync(path, { bigint: true });
      // What lies in a folder may change; a file may not, and its time of change cannot be set back.
      return (mode & 0o170000n) === 0o040000n ? `${ino} ${mode}` : `${ino} ${mode} ${size} ${ctimeNs}`;
    } catch {
      return "gone";
    }
  };
  let before = null;
  const start = () => {
    for (let i = 0; i < paths.length; i++) stamps[i] = stamp(paths[i]);
  };
  const isMarked = () => {
    for (let i = 0; i < paths.length; i++) if (stamp(paths[i]) !== stamps[i]) return true;
    if (before === null) {
      before = take();
      return false;
    }
    if (openFiles() > before.openFiles + OPEN_FILES) return true;
    const { blocks, files } = room();
    if (blocks < before.room.blocks / 2 || files < before.room.files / 2) return true;
    if (timers() > before.timers || !sameKeys(ownKeys(globalThis), before.globals)) return true;
    for (let i = 0; i < before.places.length; i++) if (!samePlace(before.places[i])) return true;
    return false;
  };
  return { start, isMarked };
};

/** Absolute paths of the files and folders of the project, dependencies left out. */
function projectFiles(root) {
  const found = [root];
  for (let next = 0; next < found.length && found.length < MOST_FILES; next++) {
    let entries = [];
    try {
      entries = readdirSync(found[next], { withFileTypes: true });
    } catch {
      // a file, or gone
    }
    for (const entry of entries)
      if (entry.name !== "node_modules" && entry.name !== ".git") found.push(join(found[next], entry.name));
  }
  return found.slice(0, MOST_FILES);
}

function placesOf() {
  const builtins = BUILTINS.map((name) => globalThis[name]).flatMap((value) => [value, value.prototype]);
  const modules = MODULES.map((name) => require(`node:${name}`));
  const strict = require("node:assert").strict;
  const iterators = [[].values(), new Map().values(), new Set().values(), ""[Symbol.iterator]()].map(
    Object.getPrototypeOf,
  );
  return [...builtins, ...modules, strict, ...iterators].filter((place) => place !== undefined && place !== null);
}
