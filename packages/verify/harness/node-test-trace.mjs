// Lines executed per test, from V8's precise coverage in this process. A hint for proposers, never part of a verdict.
import { readFileSync } from "node:fs";
import { Session } from "node:inspector";
import { ownPath } from "./node-test-loader.mjs";

/**
 * Starts counting for the given absolute paths. Tests nest: start() and stop() pair up, stop() returns path → 1-based lines.
 * What ran before the first test (module code) counts for every test of the file; what a subtest runs counts for the test around it.
 */
export function startTracing(root, paths) {
  const texts = new Map(paths.map((path) => [path, readFileSync(path, "utf8")]));
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  const loaded = newHits(paths);
  const open = [loaded];

  function flush() {
    const into = open.at(-1);
    session.post("Profiler.takePreciseCoverage", (_error, { result }) => {
      for (const { url, functions } of result) {
        const path = ownPath(url, root);
        if (path !== null && texts.has(path)) addLines(into.get(path), texts.get(path), functions);
      }
    });
  }

  return {
    start() {
      flush();
      open.push(newHits(paths));
    },
    stop() {
      flush();
      const hits = open.pop();
      const outer = open.at(-1);
      const lines = {};
      for (const [path, own] of hits) {
        if (outer !== loaded) for (const line of own) outer.get(path).add(line);
        const all = [...new Set([...own, ...loaded.get(path)])].sort((a, b) => a - b);
        if (all.length > 0) lines[path] = all;
      }
      return lines;
    },
    end() {
      session.post("Profiler.stopPreciseCoverage");
      session.disconnect();
    },
  };
}

function newHits(paths) {
  return new Map(paths.map((path) => [path, new Set()]));
}

/** Ranges nest and the innermost one counts, so they are painted outermost first. */
function addLines(lines, text, functions) {
  const painted = new Uint8Array(text.length);
  const ranges = functions
    .flatMap((each) => each.ranges)
    .sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  for (const { startOffset, endOffset, count } of ranges) painted.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  let line = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) line++;
    else if (painted[at] === 1 && code > 32) lines.add(line);
  }
}
