"use strict";
// Mocha kept warm: the user's own mocha command starts, reads its options and loads its files once; where it would run the tests it
// serves requests instead, each with the project's modules loaded again.
const { pathToFileURL } = require("node:url");
const { freshModules } = require("./fresh-modules.cjs");
const { startLineCoverage } = require("./line-coverage.cjs");
const { titlesOf } = require("./mocha-titles.cjs");
const { testIds } = require("./report-writer.cjs");
const { refuse, serve } = require("./warm-server.cjs");

/** Called while mocha's constructor loads its reporter, before any test file. */
exports.takeOver = function takeOver(Mocha, root, follow) {
  const modules = freshModules(root);
  const { run, ui } = Mocha.prototype;
  // Before version 8 the interface is no option of the constructor: it is set afterwards, and nothing remembers its name.
  let interfaceName;
  Mocha.prototype.ui = function remember(name) {
    if (typeof name === "string") interfaceName = name;
    return ui.apply(this, arguments);
  };
  Mocha.prototype.run = function serveInstead() {
    if (this.options.parallel) refuse("mocha runs in parallel mode");
    const files = this.files.map((file) => ({ file, isModule: modules.isModule(file) }));
    const stuck = modules.requiredModules().filter((path) => !this.files.includes(path));
    if (stuck.length > 0) refuse(`CommonJS code requires the ES module ${stuck[0]}, which Node cannot load again`);
    if (!modules.canRefreshModules && files.some(({ isModule }) => isModule))
      refuse("this Node cannot load ES modules again");
    const context = { Mocha, run, first: this, interfaceName, files, modules, root, follow };
    void serve(root, (request, _changed, write) => runOnce(context, request, write));
  };
};

async function runOnce(context, request, write) {
  const { Mocha, run, first, interfaceName, files, modules, root, follow } = context;
  modules.forget();
  const coverage = request.trace ? startLineCoverage(request.trace) : null;
  const ids = new Map();
  const Reporter = function Reporter(runner) {
    follow(runner, (record, test) => report(record, ids.get(test), request, write), coverage);
  };
  const mocha = new Mocha({ ...first.options, reporter: Reporter, bail: request.stop || first.options.bail });
  if (mocha.lazyLoadFiles === undefined) {
    if (interfaceName !== undefined) mocha.ui(interfaceName);
    mocha.suite.timeout(first.suite.timeout());
  }
  try {
    for (const { file, isModule } of files) {
      if (request.entries !== null && !request.entries.includes(file)) continue;
      try {
        await load(mocha, file, isModule);
      } catch (error) {
        // Mocha itself gives up on all files when one does not load.
        return void write({ kind: "error", file, message: String(error?.stack ?? error) });
      }
    }
    const number = testIds(root);
    mocha.suite.eachTest((test) => {
      ids.set(test, number(test.file ?? "", titlesOf(test)));
      if (request.tests !== null && !request.tests.includes(ids.get(test))) test.pending = true;
    });
    mocha.lazyLoadFiles?.(true);
    await new Promise((resolve) => run.call(mocha, resolve));
  } finally {
    coverage?.stop();
  }
}

/** What mocha does for each file; how Node loads it is already known from the first time. */
async function load(mocha, file, isModule) {
  mocha.suite.emit("pre-require", globalThis, file, mocha);
  const loaded = isModule ? await import(pathToFileURL(file).href) : require(file);
  mocha.suite.emit("require", loaded, file, mocha);
  mocha.suite.emit("post-require", globalThis, file, mocha);
}

function report(record, id, request, write) {
  if (record.kind === "start" || record.kind === "done") return;
  if (record.kind === "test" && request.tests !== null && !request.tests.includes(id)) return;
  write(record, id);
}
