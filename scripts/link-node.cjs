"use strict";
/**
 * After `npm ci`: makes sure that npm scripts find the Node 24 of the packages. npm 9 and older delete `.bin/node` again when they give up the
 * packages for other machines, which offer a command of the same name.
 */
var fs = require("fs");
var path = require("path");

var modules = path.join(__dirname, "..", "node_modules");
var link = path.join(modules, ".bin", "node");
var names = Object.keys(require("../package.json").optionalDependencies).filter(function (name) {
  return fs.existsSync(path.join(modules, name, "bin", "node"));
});
if (!fs.existsSync(link) && names.length > 0) {
  fs.rmSync(link, { force: true });
  fs.symlinkSync(path.join("..", names[0], "bin", "node"), link);
}
