"use strict";
// Lets a warm process load the project's modules again for every request, while dependencies stay loaded.
const { sep } = require("node:path");
const { registerHooks } = require("node:module");
const { pathToFileURL } = require("node:url");
const { isModuleNamespaceObject } = require("node:util").types;

const SUFFIX = /([?&])pawl=\d+/;

/**
 * CommonJS modules are taken out of the cache. ES modules cannot be: their URLs get a version, so that old ones are never met again
 * (their memory is not freed; the engine replaces the process after a while).
 * @param {string} root
 */
exports.freshModules = function freshModules(root) {
  const inside = (path) => path.startsWith(root + sep) && !path.includes(`${sep}node_modules${sep}`);
  const prefix = pathToFileURL(root + sep).href;
  let version = 0;
  registerHooks?.({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      const own = resolved.url.startsWith(prefix) && !resolved.url.includes("/node_modules/");
      if (version === 0 || !own || !context.conditions.includes("import") || SUFFIX.test(resolved.url)) return resolved;
      return { ...resolved, url: `${resolved.url}${resolved.url.includes("?") ? "&" : "?"}pawl=${version}` };
    },
  });
  return {
    /** False on a Node without `module.registerHooks`. */
    canRefreshModules: registerHooks !== undefined,
    /** Forgets every module of the project. */
    forget() {
      version++;
      for (const path of Object.keys(require.cache)) if (inside(path)) delete require.cache[path];
    },
    /** True for a file that was loaded as an ES module, or not at all. */
    isModule(path) {
      const entry = require.cache[path];
      return entry === undefined || isModuleNamespaceObject(entry.exports);
    },
    /** Project files that CommonJS code required as ES modules, which no version reaches. */
    requiredModules: () =>
      Object.keys(require.cache).filter((path) => inside(path) && isModuleNamespaceObject(require.cache[path].exports)),
  };
};
