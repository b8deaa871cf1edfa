import type { Hostile } from "./types.ts";

/** What stands for `{{name}}` in an attack's text. */
export type Place = Readonly<Record<string, string | number>>;

/** How a JavaScript project loads its modules. */
export type Modules = "esm" | "commonjs";

/** The candidate's file, in JavaScript. */
export function javascriptText(hostile: Hostile, place: Place, modules: Modules): string {
  const { before = "", double = "return x;", pair = "return [x, double(x)];", after = "" } = hostile;
  const body = `${before}\nfunction double(x) { ${double} }\nfunction pair(x) { ${pair} }\n`;
  const names = [...new Set([...`${body}${after}`.matchAll(/builtin\("(\w+)"\)/g)].map((match) => match[1] as string))];
  const tail = modules === "esm" ? "export { double, pair };\n" : "module.exports = { double, pair };\n";
  const imports =
    modules === "esm"
      ? names.map((name) => `import $${name} from "node:${name}";\n`).join("") +
        (names.length === 0
          ? ""
          : `const builtin = (name) => ({ ${names.map((n) => `${n}: $${n}`).join(", ")} })[name];\n`)
      : 'const builtin = (name) => require(name === "test" ? "node:test" : name);\n';
  // CommonJS exports first: a module that leaves early has not exported anything otherwise.
  return fill(modules === "esm" ? `${imports}${body}${after}\n${tail}` : `${imports}${body}${tail}${after}\n`, place);
}

/** The same in Python. */
export function pythonText(hostile: Hostile, place: Place): string {
  const { before = "", double = "return x", pair = "return [x, double(x)]", after = "" } = hostile;
  const indented = (text: string): string => text.replace(/^/gm, "    ");
  return fill(
    `${before}\n\ndef double(x):\n${indented(double)}\n\n\ndef pair(x):\n${indented(pair)}\n\n${after}\n`,
    place,
  );
}

/** A candidate that is right. */
export const HONEST: Readonly<Record<"javascript" | "python", Hostile>> = {
  javascript: { double: "return 2 * x;" },
  python: { double: "return 2 * x" },
};

function fill(text: string, place: Place): string {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => String(place[name] ?? whole));
}
