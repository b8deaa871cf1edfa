// Loads a candidate's modules into a realm of their own, without waiting: ES modules, TypeScript (types stripped), CommonJS, JSON.
import { existsSync, readFileSync, statSync } from "node:fs";
import { builtinModules, createRequire, stripTypeScriptTypes } from "node:module";
import { dirname, extname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import vm from "node:vm";

const BUILTIN = new Set(builtinModules);
const MOST_REMEMBERED = 500;
/** Texts on disk belong to the frozen snapshot, so they are read once; null: no such file. */
const onDisk = new Map();
const stripped = new Map();
const packageTypes = new Map();

export class Modules {
  /**
   * @param {object} context the realm
   * @param {string} root project root
   * @param {Record<string, string>} files the candidate's texts, by path relative to the root
   * @param {(text: string) => unknown} parseJson of the realm
   */
  constructor(context, root, files, parseJson) {
    this.context = context;
    this.root = root;
    this.files = new Map(Object.entries(files).map(([path, text]) => [join(root, path), text]));
    this.parseJson = parseJson;
    this.modules = new Map();
    this.commonJs = new Map();
    /** Built-in modules can finish things later; without them only timers can. */
    this.usesBuiltins = false;
  }

  /** A module that is linked and ready to be evaluated. */
  load(path) {
    const module = this.build(path);
    if (module.status === "unlinked" || module.status === "linking") module.instantiate();
    return module;
  }

  build(path) {
    const known = this.modules.get(path);
    if (known !== undefined) return known;
    const format = this.formatOf(path);
    if (format === "commonjs") return this.synthetic(path, this.requireFile(path));
    if (format === "json") return this.synthetic(path, { default: this.parseJson(this.read(path)) });
    const module = new vm.SourceTextModule(this.source(path), {
      context: this.context,
      identifier: pathToFileURL(path).href,
      initializeImportMeta: (meta) =>
        Object.assign(meta, { url: pathToFileURL(path).href, filename: path, dirname: dirname(path) }),
      importModuleDynamically: (specifier) => this.importLater(specifier, path),
    });
    this.modules.set(path, module);
    module.linkRequests(module.moduleRequests.map(({ specifier }) => this.request(specifier, path)));
    return module;
  }

  /** The module a specifier stands for. */
  request(specifier, from) {
    const path = this.resolve(specifier, from);
    if (path !== null) return this.build(path);
    this.usesBuiltins = true;
    return this.modules.get(specifier) ?? this.synthetic(specifier, this.outside(specifier, from));
  }

  async importLater(specifier, from) {
    const module = this.request(specifier, from);
    if (module.status === "unlinked" || module.status === "linking") module.instantiate();
    await module.evaluate();
    return module;
  }

  /** Path inside the project, or null for what comes from Node or a dependency. */
  resolve(specifier, from) {
    if (specifier.startsWith("node:") || BUILTIN.has(specifier)) return null;
    if (specifier.startsWith("file:")) return fileURLToPath(specifier);
    if (/^\.{0,2}\//.test(specifier)) return resolve(dirname(from), specifier);
    const path = createRequire(from).resolve(specifier);
    const isOwn = path.startsWith(`${this.root}/`) && !path.includes("/node_modules/");
    return isOwn ? path : null;
  }

  outside(specifier, from) {
    const exports =
      specifier.startsWith("node:") || BUILTIN.has(specifier)
        ? process.getBuiltinModule(specifier)
        : createRequire(from)(specifier);
    const names = exports !== null && typeof exports === "object" ? Object.keys(exports) : [];
    return {
      ...Object.fromEntries(names.map((name) => [name, exports[name]])),
      default: exports?.[Symbol.toStringTag] === "Module" ? exports.default : exports,
    };
  }

  synthetic(key, exports) {
    const isModule = Object.hasOwn(exports ?? {}, "default");
    const all = isModule ? exports : { ...(typeof exports === "object" ? exports : {}), default: exports };
    const module = new vm.SyntheticModule(
      Object.keys(all),
      function evaluate() {
        for (const [name, value] of Object.entries(all)) this.setExport(name, value);
      },
      { context: this.context, identifier: key },
    );
    this.modules.set(key, module);
    return module;
  }

  requireFile(path) {
    const known = this.commonJs.get(path);
    if (known !== undefined) return known.exports;
    const format = this.formatOf(path);
    if (format === "json") return this.parseJson(this.read(path));
    if (format === "module") {
      const loaded = this.load(path);
      void loaded.evaluate();
      if (loaded.status === "errored") throw loaded.error;
      return loaded.namespace;
    }
    const module = { exports: vm.runInContext("({})", this.context), id: path, filename: path };
    this.commonJs.set(path, module);
    const names = ["exports", "require", "module", "__filename", "__dirname"];
    const options = {
      parsingContext: this.context,
      filename: pathToFileURL(path).href,
      importModuleDynamically: (specifier) => this.importLater(specifier, path),
    };
    const run = vm.compileFunction(this.source(path), names, options);
    run.call(
      module.exports,
      module.exports,
      (specifier) => this.requireFrom(specifier, path),
      module,
      path,
      dirname(path),
    );
    return module.exports;
  }

  requireFrom(specifier, from) {
    const path = this.resolve(specifier, from);
    if (path === null) {
      this.usesBuiltins = true;
      return createRequire(from)(specifier);
    }
    const found = ["", ".js", ".json", ".cjs", "/index.js"]
      .map((end) => path + end)
      .find((file) => this.textOf(file) !== null);
    return this.requireFile(found ?? path);
  }

  formatOf(path) {
    const extension = extname(path);
    if (extension === ".json") return "json";
    if (extension === ".mjs" || extension === ".mts") return "module";
    if (extension === ".cjs" || extension === ".cts") return "commonjs";
    const type = packageType(dirname(path));
    if (type !== undefined) return type === "module" ? "module" : "commonjs";
    return /^\s*(import|export)\b|\bimport\.meta\b/m.test(this.read(path)) ? "module" : "commonjs";
  }

  source(path) {
    const text = this.read(path);
    return isTypeScript(path) ? withoutTypes(text) : text;
  }

  read(path) {
    const text = this.textOf(path);
    if (text !== null) return text;
    const error = new Error(`Cannot find module '${path}'`);
    error.code = "ERR_MODULE_NOT_FOUND";
    throw error;
  }

  textOf(path) {
    const own = this.files.get(path);
    if (own !== undefined) return own;
    let text = onDisk.get(path);
    if (text === undefined)
      onDisk.set(
        path,
        (text = statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, "utf8") : null),
      );
    return text;
  }
}

export function isTypeScript(path) {
  return /\.[mc]?ts$/.test(path);
}

/**
 * Node loads what strips types, a WebAssembly module, when it is first used. A time limit that falls into that, or into the stripping itself, breaks
 * it for the rest of the process: so it is loaded when the process starts, and a candidate's own texts are stripped before its time begins.
 */
export function withoutTypes(text) {
  let plain = stripped.get(text);
  if (plain === undefined) {
    if (stripped.size >= MOST_REMEMBERED) stripped.clear();
    stripped.set(text, (plain = stripTypeScriptTypes(text)));
  }
  return plain;
}

/** `type` of the nearest package.json; undefined without one. */
function packageType(folder) {
  if (packageTypes.has(folder)) return packageTypes.get(folder);
  const file = join(folder, "package.json");
  let type;
  if (existsSync(file)) type = JSON.parse(readFileSync(file, "utf8")).type;
  else if (folder !== dirname(folder)) type = packageType(dirname(folder));
  packageTypes.set(folder, type);
  return type;
}
