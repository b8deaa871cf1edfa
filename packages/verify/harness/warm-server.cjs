"use strict";
// The serving loop of the warm runners of vitest, jest and mocha: one JSON request per line on stdin, records as JSON lines on file
// descriptor 3 (protocol: src/suites/warm-lane.ts). Requests: { files, entries, names, stop, trace }, see src/suites/script-runner.ts.
const { mkdirSync, readFileSync, rmSync, writeFileSync, writeSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { createInterface } = require("node:readline");
const { watchMarks } = require("./marks.cjs");

function send(message) {
  let rest = Buffer.from(`${JSON.stringify(message)}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(3, rest));
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
}

/** Tells the engine why this project cannot be kept warm, and ends. */
function refuse(reason) {
  send({ ready: false, reason });
  process.exit(0);
}

/**
 * Serves until stdin ends, then ends the process.
 * @param {string} root
 * @param {(request: object, changed: string[], write: (record: object, id?: string) => void) => Promise<boolean | void>} handle
 *   `changed`: absolute paths of the files that differ from those of the request before; true: the request left marks elsewhere than in
 *   this thread
 */
async function serve(root, handle) {
  const laid = new Map();
  const write = (record, id) => send({ id, record });
  // Taken before any candidate runs, so that it cannot be replaced.
  const exit = process.exit;
  const marks = watchMarks(root);
  send({ ready: true });
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    let marked = false;
    try {
      const changed = lay(root, request.files, laid);
      marks.start();
      marked = (await handle(request, changed, write)) === true;
    } catch (error) {
      write({ kind: "error", message: String(error?.stack ?? error) });
    }
    send({ record: { kind: "done" }, marked: marks.isMarked() || marked, nonce: request.nonce });
  }
  exit(0);
}

/** Writes the candidate's files, puts back those of the candidate before, and says which files were written. */
function lay(root, files, laid) {
  const changed = new Set();
  for (const [path, { original, text }] of laid) {
    const relative = path.slice(root.length + 1);
    if (files[relative] === text) continue;
    changed.add(path);
    laid.delete(path);
    if (original === null) rmSync(path, { force: true });
    else writeFileSync(path, original);
  }
  for (const [relative, text] of Object.entries(files)) {
    const path = join(root, relative);
    if (laid.has(path)) continue;
    let original = null;
    try {
      original = readFileSync(path);
    } catch {
      mkdirSync(dirname(path), { recursive: true });
    }
    laid.set(path, { original, text });
    writeFileSync(path, text);
    changed.add(path);
  }
  return [...changed];
}

module.exports = { refuse, serve };
