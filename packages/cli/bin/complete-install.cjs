"use strict";
/**
 * `node complete-install.cjs <package> …`: puts in the native parts that npm left out. npm skips an optional dependency whose `engines` do
 * not like the Node that npm itself runs on, although Pawl runs on a newer one (see pawl.cjs). What is missing is fetched with the same npm,
 * in the version the package asks for, and compared with the lock file where there is one.
 * After every installation; does nothing when nothing is missing. A failure does not break the installation: Pawl names this command then.
 */
var fs = require("fs");
var os = require("os");
var path = require("path");
var spawnSync = require("child_process").spawnSync;

process.argv.slice(2).forEach(function (name) {
  try {
    complete(name);
  } catch (error) {
    process.stderr.write("pawl: the native part of " + name + " could not be installed: " + error.message + "\n");
    process.exitCode = isInstallScript() ? 0 : 3;
  }
});

function complete(name) {
  var folder = installed(name, __dirname);
  if (folder === null) return; // an installation without development dependencies
  var wanted = require(path.join(folder, "package.json")).optionalDependencies || {};
  var part = Object.keys(wanted).find(isForThisMachine);
  if (part === undefined || installed(part, folder) !== null) return;
  // Below the package that asks for it: at the place npm meant for it, npm would still delete it after the scripts have run.
  fetchPackage(part, wanted[part], path.join(folder, "node_modules", part), folder.slice(0, -name.length - 1));
  process.stdout.write("pawl: installed " + part + ", which npm had left out\n");
}

/** Folder of a package as Node finds it from `from`; null when it is not there. Not by `require.resolve`, which `exports` may forbid. */
function installed(name, from) {
  for (var folder = from; ; folder = path.dirname(folder)) {
    var place = path.join(folder, "node_modules", name);
    if (fs.existsSync(path.join(place, "package.json"))) return place;
    if (folder === path.dirname(folder)) return null;
  }
}

/** Names end in `linux-x64-gnu`, `linux-arm64-musl`, `darwin-arm64`, … */
function isForThisMachine(name) {
  var machine = process.platform + "-" + process.arch;
  if (process.platform === "linux") machine += isGlibc() ? "-gnu" : "-musl";
  return name.endsWith("-" + machine);
}

function isGlibc() {
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime !== undefined;
}

function fetchPackage(name, version, destination, modules) {
  var temporary = fs.mkdtempSync(path.join(os.tmpdir(), "pawl-install-"));
  try {
    var project = path.dirname(modules); // whose .npmrc says where packages come from
    var packed = JSON.parse(npm(["pack", name + "@" + version, "--json", "--pack-destination", temporary], project))[0];
    var expected = lockedIntegrity(name, version, project);
    if (expected !== null && packed.integrity !== expected)
      throw new Error(name + "@" + version + " is " + packed.integrity + ", the lock file says " + expected);
    // npm before version 9 says another file name than it writes when the package has a scope.
    var tarball = fs.readdirSync(temporary).find(function (file) {
      return file.endsWith(".tgz");
    });
    fs.mkdirSync(destination, { recursive: true });
    run("tar", ["-xzf", path.join(temporary, tarball), "-C", destination, "--strip-components=1"], project);
  } finally {
    fs.rmSync(temporary, { recursive: true, force: true });
  }
}

/** Of a lock file that has the very version; null without. */
function lockedIntegrity(name, version, project) {
  var lock = path.join(project, "package-lock.json");
  if (!fs.existsSync(lock)) return null;
  var entry = (JSON.parse(fs.readFileSync(lock, "utf8")).packages || {})["node_modules/" + name];
  return entry !== undefined && entry.version === version ? entry.integrity || null : null;
}

/** The npm that installs, run by the Node it runs on: a distribution's npm finds its parts with the distribution's Node only. */
function npm(args, cwd) {
  var script = process.env.npm_execpath;
  if (script !== undefined && script.endsWith("npm-cli.js"))
    return run(process.env.npm_node_execpath || process.execPath, [script].concat(args), cwd);
  return run("npm", args, cwd);
}

function run(program, args, cwd) {
  var done = spawnSync(program, args, { cwd: cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  if (done.error !== undefined) throw done.error;
  if (done.status !== 0) throw new Error(program + " " + args.join(" ") + ": " + done.stderr.trim());
  return done.stdout;
}

function isInstallScript() {
  return process.env.npm_lifecycle_event === "postinstall";
}
