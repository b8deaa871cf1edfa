import { extname } from "node:path";

/** What a candidate's process says about one of its modules. Data from the candidate: to be written as data, never as code. */
export interface DescribedModule {
  readonly exports?: unknown;
  /** Why it does not load. */
  readonly load?: unknown;
}

export type ModuleLanguage = "javascript" | "python";

/** The language of a file that can be replaced by a stand-in; null for data and for languages without one. */
export function moduleLanguage(path: string): ModuleLanguage | null {
  if (path.endsWith(".py")) return "python";
  return /\.[cm]?[jt]s$/.test(path) ? "javascript" : null;
}

/**
 * Text that stands in for a changed module in the process of the tests: it exports what the module exports, and passes every call on.
 * `base` is the module's own text before the change, which tells the module system; `harness` the folder of the client.
 */
export function standInText(path: string, base: string, described: DescribedModule, harness: string): string {
  const reason = described.load === undefined ? "" : String(described.load).slice(0, 2000);
  const python = moduleLanguage(path) === "python";
  if (described.load !== undefined)
    return python ? `raise RuntimeError(${asciiJson(reason)})\n` : `throw new Error(${asciiJson(reason)});\n`;
  const list = (Array.isArray(described.exports) ? described.exports : []).map(Object);
  const items = list.filter(
    ({ name }) =>
      typeof name === "string" && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && name !== "__esModule",
  );
  return python ? pythonText(path, items, harness) : javascriptText(path, base, items, harness);
}

interface Item {
  readonly name: string;
  readonly kind?: unknown;
}

function javascriptText(path: string, base: string, items: readonly Item[], harness: string): string {
  const made = `standIn(${asciiJson(path)}, JSON.parse(${asciiJson(JSON.stringify(items))}))`;
  if (isCommonJs(path, base)) {
    // CommonJS: what is exported as a whole is `default` for whoever imports it.
    const whole = items.find(({ name, kind }) => name === "default" && kind === "function");
    const names = items.filter(({ name }) => name !== "default").map(({ name }) => asciiJson(name));
    return [
      `const made = require(${asciiJson(`${harness}/separate-client.cjs`)}).${made};`,
      `module.exports = ${whole === undefined ? "{}" : "made.default"};`,
      `for (const name of [${names.join(", ")}]) module.exports[name] = made[name];`,
      "",
    ].join("\n");
  }
  return [
    'import { createRequire } from "node:module";',
    `const { standIn } = createRequire(${asciiJson(`${harness}/`)})("./separate-client.cjs");`,
    `const made = ${made};`,
    ...items.map(({ name }, index) => `const $${index} = made[${asciiJson(name)}];\nexport { $${index} as ${name} };`),
    "",
  ].join("\n");
}

function isCommonJs(path: string, base: string): boolean {
  const extension = extname(path);
  if (/^\.c[jt]s$/.test(extension)) return true;
  return !/^\.m[jt]s$/.test(extension) && !/^\s*(?:import|export)\b/m.test(base);
}

function pythonText(path: string, items: readonly Item[], harness: string): string {
  return [
    "import json, sys",
    `sys.path.insert(0, ${asciiJson(harness)})`,
    "import separate_client",
    `sys.path.remove(${asciiJson(harness)})`,
    `separate_client.stand_in(${asciiJson(path)}, json.loads(${asciiJson(JSON.stringify(items))}), globals())`,
    "",
  ].join("\n");
}

/** A string literal of JavaScript and of Python alike. */
function asciiJson(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
