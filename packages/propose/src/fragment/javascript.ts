import { basename, dirname, extname, join } from "node:path";
import { UsageError } from "@pawl/core";
import { ancestors, isFunction, isLoop, patternName, type Node, type NodeOf } from "../syntax/javascript/ast.ts";
import { instrumentLines } from "../syntax/javascript/instrument.ts";
import { SourceFile } from "../syntax/javascript/source-file.ts";
import { missingBrackets } from "./brackets.ts";
import type { Completion, Fragment, FragmentLanguage, FragmentProgram, Surroundings } from "./fragment.ts";
import { findDefinitions, type Definitions } from "./javascript-definitions.ts";
import { applyDeclaredTypes } from "./javascript-types.ts";
import { JavaScriptShapes } from "./javascript-shapes.ts";
import { settleCollections } from "./settle-collections.ts";
import { JAVASCRIPT_WRITER } from "./javascript-writer.ts";
import { EMPTY } from "./predictor.ts";
import type { ShapeNode } from "./shape-graph.ts";
import type { MissingName } from "./shape.ts";

/** JavaScript and TypeScript whose types can be taken out. */
export const javascriptFragments: FragmentLanguage = {
  id: "javascript",
  writer: JAVASCRIPT_WRITER,
  async complete(fragment, surroundings) {
    if (/\.[jt]sx$/.test(fragment.path))
      throw new UsageError({
        what: "fragments with JSX cannot be run",
        where: fragment.path,
        todo: "Name a fragment of a .js or .ts file.",
      });
    return new JavaScriptCompletion(fragment, surroundings);
  },
};

/** Ways in which lines can be part of a program, tried in this order. */
const WRAPPINGS: readonly (readonly [before: string, after: string])[] = [
  ["async function __fragment() {", "}"],
  ["async function __fragment() { for (const __once of [1]) {", "} }"],
  ["async function* __generate() {", "} async function __fragment() { for await (const __each of __generate()) ; }"],
  ["async function __fragment() { const __value = (", "); }"],
  ["class __Members {", "} async function __fragment() { await __use(__Members); }"],
  ["const __members = {", "}; async function __fragment() { await __useAll(__members); }"],
  ["async function __fragment() { switch (__subject) {", "} }"],
];
/** What may stand before a closing bracket that has lost its opening one. */
const OPENINGS: Readonly<Record<string, readonly string[]>> = {
  "}": ["if (true) {", "try {", "{"],
  ")": ["("],
  "]": ["["],
};

class JavaScriptCompletion implements Completion {
  readonly missing: readonly MissingName[];
  readonly defined: readonly string[];
  readonly #fragment: Fragment;
  readonly #definitions: Definitions;
  readonly #before: string;
  readonly #body: string;
  readonly #after: string;
  readonly #imports: readonly string[];

  constructor(fragment: Fragment, surroundings: Surroundings) {
    this.#fragment = fragment;
    const text = fragment.text
      .split("\n")
      .slice(fragment.from - 1, fragment.to)
      .join("\n");
    const { body, imports } = withoutModuleSyntax(text, fragment.path);
    const { before, after, file } = wrapped(body, fragment);
    this.#body = body;
    const inside = (node: Node): boolean => node.start >= before.length && node.end <= before.length + body.length;
    const shapes = new JavaScriptShapes(file, inside, surroundings.missingModules);
    const missing = new Map<string, ShapeNode>();
    const calls = callsOf(file, inside, shapes, missing);
    this.#before = before;
    const tail =
      calls.length > 0 && after.trimStart().startsWith("}") ? calls.map((call) => `; ${call.text}`).join("") : "";
    this.#after = `\n${tail}${after}`;
    const { definitions, used } = findDefinitions(fragment, [...shapes.roots.keys()], surroundings);
    this.#definitions = definitions;
    this.defined = used;
    const kept = imports.filter(({ module }) => !surroundings.missingModules.has(module));
    this.#imports = kept.map(({ text: line }) => line);
    const known = new Set([...used, ...kept.flatMap(({ names }) => names)]);
    for (const [name, shape] of shapes.roots) if (!known.has(name)) missing.set(name, shape);
    for (const name of surroundings.missingNames)
      if (!missing.has(name) && !known.has(name)) missing.set(name, shapes.root(name));
    const typed = applyDeclaredTypes(fragment, missing);
    for (const shape of missing.values()) settleCollections(shape);
    const shift = fragment.from - 1 - (before.split("\n").length - 1);
    this.missing = [...missing].map(([name, shape]) => ({
      name,
      shape: shape.freeze() ?? EMPTY,
      lines: [...shape.allLines()].map((line) => line + shift).sort((a, b) => a - b),
      typed: typed.has(name),
    }));
  }

  program(values: ReadonlyMap<string, string>): FragmentProgram {
    const { path } = this.#fragment;
    const head: string[] = ['import { createRequire as __createRequire } from "node:module";'];
    head.push(...this.#imports, ...this.#definitions.imports);
    const modules = [...values].flatMap(([name, value]) => {
      const module = /^require\((.*)\)$/.exec(name)?.[1];
      return module === undefined ? [] : [`${module}: ${value}`];
    });
    head.push(`const __modules = { ${modules.join(", ")} };`);
    head.push("const __require = __createRequire(import.meta.url);");
    head.push("const require = (name) => (Object.hasOwn(__modules, name) ? __modules[name] : __require(name));");
    head.push(
      "const module = { exports: {} }; const exports = module.exports; const __dirname = import.meta.dirname; const __filename = import.meta.filename;",
    );
    head.push(HELPERS);
    const given = [...values].filter(
      ([name]) => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && name !== "this",
    );
    for (const [name, value] of given) head.push(`let ${name} = ${value};`);
    for (const [name, value] of values)
      if (name.includes("(") && !name.startsWith("require(")) head.push(`const ${argumentName(name)} = ${value};`);
    head.push(...this.#definitions.statements);
    const start = `${head.join("\n")}\n${this.#before}`;
    const text = `${start}${this.#body}${this.#after}\nawait __run(() => __fragment.call(${values.get("this") ?? "undefined"}));\n`;
    const typescript = /\.[cm]?ts$/.test(path);
    const place = join(dirname(path), `.${basename(path, extname(path))}.pawl-fragment.${typescript ? "mts" : "mjs"}`);
    const offset = start.split("\n").length - this.#fragment.from;
    const counted = instrumentLines(text, place);
    if (counted === null) throw new Error(`the completed fragment does not parse:\n${text}`);
    const { from, to } = this.#fragment;
    const lines = counted.lines.map((line) => line - offset).filter((line) => line >= from && line <= to);
    return { path: place, text: counted.code, lines, offset };
  }
}

const HELPERS =
  "const __subject = 1; const __run = async (work) => { try { await work(); } catch (error) { globalThis.__pawlError?.(error); } };" +
  "const __useAll = async (object) => { for (const value of Object.values(object)) if (typeof value === 'function') await __run(() => value.call(object)); };" +
  "const __use = async (type) => { const object = new type(); for (const name of Object.getOwnPropertyNames(type.prototype)) if (name !== 'constructor') await __run(() => object[name]()); };";

/** Imports go to the top of the program, and `export` goes away; every line keeps its number. */
function withoutModuleSyntax(
  text: string,
  path: string,
): { readonly body: string; readonly imports: readonly Import[] } {
  const file = SourceFile.parse(text, path);
  if (file === null) return { body: text, imports: [] };
  let body = text;
  const blank = (start: number, end: number): void => {
    body = body.slice(0, start) + body.slice(start, end).replaceAll(/[^\n]/g, " ") + body.slice(end);
  };
  const imports: Import[] = [];
  for (const node of file.program.body as readonly Node[]) {
    if (node.type === "ImportDeclaration") {
      imports.push(importOf(node, file));
      blank(node.start, node.end);
    } else if (node.type === "ExportNamedDeclaration" && node.declaration !== null)
      blank(node.start, node.declaration.start);
    else if (node.type === "ExportNamedDeclaration" || node.type === "ExportAllDeclaration")
      blank(node.start, node.end);
    else if (node.type === "ExportDefaultDeclaration") {
      const named = "id" in node.declaration && node.declaration.id !== null;
      if (named) blank(node.start, node.declaration.start);
      else body = `${body.slice(0, node.start)}var __default = ${body.slice(node.start + "export default ".length)}`;
    }
  }
  return { body, imports };
}

export interface Import {
  readonly module: string;
  readonly names: readonly string[];
  readonly text: string;
}

export function importOf(node: NodeOf<"ImportDeclaration">, file: SourceFile): Import {
  const text = file.text(node).replaceAll("\n", " ");
  return { module: node.source.value, names: node.specifiers.map(({ local }) => local.name), text };
}

/** The first way of reading the lines that parses. */
function wrapped(
  body: string,
  { path, from, to }: Fragment,
): { readonly before: string; readonly after: string; readonly file: SourceFile } {
  const brackets = missingBrackets(body);
  const closers = [...brackets.before].map((letter) => OPENINGS[letter] ?? [""]);
  const choices = closers.reduce<readonly string[]>(
    (all, each) => all.flatMap((text) => each.map((one) => `${one} ${text}`)),
    [""],
  );
  for (const [before, after] of WRAPPINGS) {
    for (const opening of choices.slice(0, 30)) {
      for (const tail of brackets.after === "}" || brackets.after === "" ? ["", " catch {}", " while (false)"] : [""]) {
        const start = `${before} ${opening}`;
        const end = `\n${brackets.after}${tail}${after}`;
        const file = SourceFile.parse(
          `${start}${body}${end}`,
          path.replace(/\.c?ts$/, ".mts").replace(/\.c?js$/, ".mjs"),
        );
        if (file !== null && jumpsAreInside(file)) return { before: start, after: end, file };
      }
    }
  }
  throw new UsageError({
    what: "the lines cannot be read as a part of a program",
    where: `${path}:${from}-${to}`,
    todo: "Take whole statements, or the inside of one block.",
  });
}

/** The parser lets a `break` or `continue` pass that has no loop around it. */
function jumpsAreInside(file: SourceFile): boolean {
  return file.nodes.every((node) => {
    if (node.type !== "BreakStatement" && node.type !== "ContinueStatement") return true;
    const around = [...ancestors(node)];
    const inner = around.slice(0, around.findIndex(isFunction));
    if (node.label)
      return inner.some((each) => each.type === "LabeledStatement" && each.label.name === node.label?.name);
    return inner.some((each) => isLoop(each) || (node.type === "BreakStatement" && each.type === "SwitchStatement"));
  });
}

/** Calls of the functions and classes that the fragment declares and does not use, with values to be found for their parameters. */
function callsOf(
  file: SourceFile,
  inside: (node: Node) => boolean,
  shapes: JavaScriptShapes,
  missing: Map<string, ShapeNode>,
): readonly { readonly text: string }[] {
  const calls: { text: string }[] = [];
  const give = (owner: string, of: Node): string => {
    const names = isFunction(of)
      ? of.params.map((parameter, i) => `${owner}(${patternName(parameter as Node) ?? `#${i + 1}`})`)
      : [];
    for (const [i, shape] of shapes.parameters(of).entries()) missing.set(names[i] as string, shape);
    return isFunction(of)
      ? of.params
          .map((parameter, i) => `${parameter.type === "RestElement" ? "..." : ""}${argumentName(names[i] as string)}`)
          .join(", ")
      : "";
  };
  for (const { identifier, role, declaration, references } of file.scopes.bindings) {
    if (!inside(declaration) || [...ancestors(declaration)].filter(isFunction).length > 1) continue;
    const { name } = identifier;
    const outer = references.filter(
      (reference) => reference.start < declaration.start || reference.end > declaration.end,
    );
    if (outer.some((reference) => inside(reference) && !isExported(reference))) continue;
    if (role === "parameter" || role === "import" || role === "catch") continue;
    const value = declaration.type === "VariableDeclarator" ? declaration.init : declaration;
    if (value === null || value === undefined) continue;
    if (isFunction(value)) {
      calls.push({
        text: `await __run(async () => { const result = await ${name}(${give(name, value)}); if (result !== null && typeof result === "object" && Symbol.iterator in result && typeof result.next === "function") for (const each of result) void each; });`,
      });
    } else if (role === "class" && (value.type === "ClassDeclaration" || value.type === "ClassExpression")) {
      const methods = (value.body.body as readonly Node[]).filter(
        (member): member is NodeOf<"MethodDefinition"> => member.type === "MethodDefinition",
      );
      const maker = methods.find((method) => method.kind === "constructor");
      const lines = methods
        .filter((method) => method.kind === "method" && !method.computed && method.key.type === "Identifier")
        .map((method) => {
          const key = method.key.type === "Identifier" ? method.key.name : "";
          return `await __run(async () => await ${method.static ? name : "__made"}.${key}(${give(`${name}.${key}`, method.value as Node)}));`;
        });
      calls.push({
        text: `await __run(async () => { const __made = new ${name}(${maker === undefined ? "" : give(name, maker.value as Node)}); ${lines.join(" ")} });`,
      });
    }
  }
  return calls;
}

/** `module.exports = { name }` is no use of it. */
function isExported(reference: Node): boolean {
  return [...ancestors(reference)].some(
    (node) =>
      node.type === "AssignmentExpression" &&
      node.left.type === "MemberExpression" &&
      /^(?:module|exports)$/.test(rootName(node.left as Node)),
  );
}

function rootName(node: Node): string {
  if (node.type === "MemberExpression") return rootName(node.object as Node);
  return node.type === "Identifier" ? node.name : "";
}

function argumentName(missing: string): string {
  return `__${missing.replaceAll(/\W/g, "_")}`;
}
