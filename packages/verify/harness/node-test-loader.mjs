// Loads only changed modules again: every project module that is changed, or imports (through any chain) one that is, gets a new URL,
// and a module with a new URL is evaluated anew; all others stay cached. Works for import and require.
import { createRequire, registerHooks } from "node:module";
import { sep } from "node:path";
import { fileURLToPath } from "node:url";

const harness = new URL("./", import.meta.url).href;
const { cache } = createRequire(import.meta.url);

/** Absolute path of a project file (dependencies left out) from a URL or path, or null. */
export function ownPath(location, root) {
  if (!location) return null;
  let path = location.replace(/[?#].*$/, "");
  if (path.startsWith("file:")) path = fileURLToPath(path);
  return path.startsWith(root + sep) && !path.includes(`${sep}node_modules${sep}`) ? path : null;
}

/** Installs the hooks; `runtime` is the URL that answers for node:test. */
export function installLoader(root, runtime) {
  const importers = new Map();
  /** Test files and their helpers register tests while they are evaluated, so they are always evaluated anew. */
  const always = new Set();
  const evaluated = new Set();
  let dirty = new Set();
  let version = 0;

  registerHooks({
    resolve(specifier, context, next) {
      const parent = ownPath(context.parentURL, root);
      if (specifier === "node:test" && !context.parentURL?.startsWith(harness)) {
        if (parent !== null) always.add(parent);
        return { url: runtime, format: "module", shortCircuit: true };
      }
      let resolved;
      try {
        resolved = next(specifier, context);
      } catch (error) {
        // A candidate may create the missing file.
        if (parent !== null) always.add(parent);
        throw error;
      }
      const path = ownPath(resolved.url, root);
      if (path === null) return resolved;
      if (parent !== null) {
        if (!importers.has(path)) importers.set(path, new Set());
        importers.get(path).add(parent);
      }
      if (!dirty.has(path)) return resolved;
      return { ...resolved, url: `${resolved.url}${resolved.url.includes("?") ? "&" : "?"}pawl=${version}` };
    },
    load(url, context, next) {
      const path = ownPath(url, root);
      if (path !== null) evaluated.add(path);
      return next(url, context);
    },
  });

  function closure(paths) {
    const all = new Set(paths);
    for (const path of all) for (const importer of importers.get(path) ?? []) all.add(importer);
    return all;
  }

  return {
    /** Before a run: these absolute paths have other texts than in the run before, or must be evaluated anew. */
    prepare(changed) {
      version++;
      evaluated.clear();
      dirty = closure([...changed, ...always]);
      for (const key of Object.keys(cache)) if (dirty.has(key.replace(/\?.*$/, ""))) delete cache[key];
    },
    /** Changed files that the entries import but that were served from a cache: then the run says nothing about the candidate. */
    stale(changed, entries) {
      return [...changed].filter((path) => {
        if (evaluated.has(path)) return false;
        const users = closure([path]);
        return entries.some((entry) => users.has(entry));
      });
    },
  };
}
