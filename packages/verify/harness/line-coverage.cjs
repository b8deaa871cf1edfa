"use strict";
// Which source lines ran since the last look, from V8's precise block coverage in this thread. A hint for the proposer, never
// part of a verdict: the code under test shares the process and could forge it.
const { readFileSync } = require("node:fs");
const inspector = require("node:inspector");
const { SourceMap } = require("node:module");
const { dirname, resolve } = require("node:path");
const { fileURLToPath } = require("node:url");

// What module systems put before the first character of a file's own text (vitest; jest).
const WRAPPER = /^(?:'use strict';)?async \([^)]*\)=>\{\{|^\(\{"Object\.<anonymous>":function\([^)]*\)\{/;

// Characters that carry code. Brackets and separators between blocks are mapped, or counted, with the block before them.
const TOKEN = /[\p{L}\p{N}_$"'`]/u;

/**
 * Starts coverage; call it before the files are loaded.
 * @param {string[]} files absolute paths of the source files to follow
 * @param {(path: string) => string | undefined} [findMap] source map (JSON) of a loaded file where the script does not name it
 * @returns {{ take(): Record<string, number[]>, stop(): void }} `take` gives the 1-based lines executed since the last call, by file
 */
exports.startLineCoverage = function startLineCoverage(files, findMap = () => undefined) {
  const wanted = new Set(files);
  const scripts = new Map();
  const session = new inspector.Session();
  const post = (method, parameters) => {
    let answer;
    session.post(method, parameters, (error, result) => {
      if (error) throw error;
      answer = result;
    });
    return answer;
  };
  const parsed = new Map();
  session.connect();
  session.on("Debugger.scriptParsed", ({ params }) => {
    if (params.url !== "" && !params.url.startsWith("node:")) parsed.set(params.scriptId, params);
  });
  post("Debugger.enable");
  post("Profiler.enable");
  post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });

  const positions = (scriptId) => {
    if (!scripts.has(scriptId)) {
      const script = parsed.get(scriptId);
      const path = script && pathOf(script.url);
      const map = path && loadMap(script, path, findMap);
      const relevant = map ? map.sources.some((source) => wanted.has(source)) : wanted.has(path);
      scripts.set(
        scriptId,
        relevant ? sourcePositions(post("Debugger.getScriptSource", { scriptId }).scriptSource, path, map) : null,
      );
    }
    return scripts.get(scriptId);
  };

  return {
    take() {
      const hits = new Map();
      for (const script of post("Profiler.takePreciseCoverage").result) {
        const where = positions(script.scriptId);
        if (where) mark(script.functions, where, wanted, hits);
      }
      return Object.fromEntries([...hits].map(([path, lines]) => [path, [...lines].sort((a, b) => a - b)]));
    },
    stop() {
      post("Profiler.stopPreciseCoverage");
      session.disconnect();
    },
  };
};

/** Union of what `take` returned twice. */
exports.mergeHits = function mergeHits(a, b) {
  const merged = { ...a };
  for (const [path, lines] of Object.entries(b)) {
    merged[path] = path in merged ? [...new Set([...merged[path], ...lines])].sort((x, y) => x - y) : lines;
  }
  return merged;
};

/** Paints the block counts over the script, outer functions first, and collects the lines under the painted characters. */
function mark(functions, where, wanted, hits) {
  const painted = new Uint8Array(where.lines.length);
  const size = ({ ranges: [all] }) => all.endOffset - all.startOffset;
  for (const { ranges } of [...functions].sort((a, b) => size(b) - size(a))) {
    for (const range of ranges) painted.fill(range.count > 0 ? 1 : 0, range.startOffset, range.endOffset);
  }
  for (let i = 0; i < painted.length; i++) {
    if (painted[i] === 0 || where.lines[i] === 0) continue;
    const path = where.paths[where.sources[i]];
    if (!wanted.has(path)) continue;
    let lines = hits.get(path);
    if (lines === undefined) hits.set(path, (lines = new Set()));
    lines.add(where.lines[i]);
  }
}

/** For each character of a script its source line (0 for spaces, punctuation, comment lines and generated code) and source file. */
function sourcePositions(text, path, map) {
  const lines = new Int32Array(text.length);
  const sources = new Uint16Array(text.length);
  const wrapper = WRAPPER.exec(text)?.[0].length ?? 0;
  let offset = 0;
  for (const [row, line] of text.split("\n").entries()) {
    const comment = /^\s*(\/\/|\/\*|\*)/.test(line);
    for (let column = comment ? line.length : 0; column < line.length; column++) {
      if (!TOKEN.test(line[column])) continue;
      const own = row === 0 ? column - wrapper : column;
      if (own < 0) continue;
      if (map === undefined) lines[offset + column] = row + 1;
      else {
        const entry = map.findEntry(row, own);
        if (entry.originalSource === undefined) continue;
        lines[offset + column] = entry.originalLine + 1;
        sources[offset + column] = map.indexOf(entry.originalSource);
      }
    }
    offset += line.length + 1;
  }
  return { lines, sources, paths: map?.sources ?? [path] };
}

function loadMap(script, path, findMap) {
  let payload;
  let base = path;
  try {
    const url = script.sourceMapURL;
    const inline = /^data:application\/json[^,]*?(;base64)?,(.*)$/s.exec(url ?? "");
    if (inline) payload = inline[1] ? Buffer.from(inline[2], "base64").toString() : decodeURIComponent(inline[2]);
    else if (url) payload = readFileSync((base = resolve(dirname(path), url)), "utf8");
    payload ??= findMap(path);
    if (payload === undefined) return undefined;
    const parsed = JSON.parse(payload);
    const map = new SourceMap(parsed);
    const names = parsed.sources.map((source) => source ?? "");
    return {
      sources: names.map((name) =>
        name.startsWith("file:") ? pathOf(name) : resolve(dirname(base), parsed.sourceRoot ?? "", name),
      ),
      findEntry: (row, column) => map.findEntry(row, column),
      indexOf: (name) => Math.max(0, names.indexOf(name)),
    };
  } catch {
    // A map that is missing or broken: take the lines of the script as they are.
    return undefined;
  }
}

function pathOf(url) {
  return (url.startsWith("file://") ? fileURLToPath(url.replace(/[?#].*$/, "")) : url).replace(/\?.*$/, "");
}
