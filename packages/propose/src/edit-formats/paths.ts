import type { EditContext } from "./edit-format.ts";

export type ResolvedPath =
  | { readonly path: string; readonly note?: string }
  /** `unknown` has the form of a path, but no file of the context goes by it. */
  | { readonly unknown: string };

/** The file that a path in an answer means: with a/ or b/ before it, with ./, absolute, or by its last part where only one file has it. */
export function resolvePath(written: string, context: EditContext): ResolvedPath {
  const bare = written.trim().replaceAll("\\", "/");
  const known = new Set([...Object.keys(context.files), ...context.editable]);
  const absolute = bare.startsWith("/") || /^[A-Za-z]:\//.test(bare) || bare.startsWith("file://");
  const normal = normalise(bare);
  if (normal === null) return { unknown: bare };
  if (!absolute && known.has(normal)) return { path: normal };
  const without = normalise(bare.replace(/^(?:\.\/)?[ab]\//, ""));
  if (without !== null && without !== normal && known.has(without)) return { path: without };
  if (absolute) {
    const ends = [...known].filter((path) => `/${normal}`.endsWith(`/${path}`));
    const longest = ends.toSorted((a, b) => b.length - a.length)[0];
    if (longest !== undefined) return { path: longest, note: `'${bare}' was read as ${longest}` };
  }
  const sameLetters = [...known].filter((path) => path.toLowerCase() === normal.toLowerCase());
  const named = normal.includes("/") ? [] : [...known].filter((path) => path.endsWith(`/${normal}`));
  const [only, ...others] = sameLetters.length > 0 ? sameLetters : named;
  if (only !== undefined && others.length === 0) return { path: only, note: `'${bare}' was read as ${only}` };
  return { unknown: bare };
}

/** Without `.`, `..` and doubled slashes; null when it leads out of the project. */
function normalise(path: string): string | null {
  const parts: string[] = [];
  for (const part of path.replace(/^file:\/\//, "").split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.length === 0 ? null : parts.join("/");
}

const LABEL =
  /^(?:(?:new |updated |modified |the )*(?:file|filename|file name|path|filepath|source)\s*[:=]?\s+|(?:file|path|filename)[:=])/i;
const PATH = /^(?:[A-Za-z]:|file:\/\/)?[\w@$.+\-/\\()[\] ]*\.[A-Za-z][A-Za-z0-9]{0,9}$/;

/** The path that a line names as a heading: alone, decorated, behind "File:", in back quotes, or a known path in a sentence. */
export function pathInHeading(line: string, context: EditContext): string | null {
  let text = line
    .trim()
    .replace(/^(?:[#>*\-+]+|\d+[.)]|\/\/|\/\*|<!--|--|;+)\s*/, "")
    .replace(/\s*(?:\*\/|-->)$/, "");
  text = text.replace(/^[*_`'"([<]+|[*_`'")\]>:,]+$/g, "").trim();
  text = text.replace(LABEL, "").replace(/^[*_`'"([<:\s]+|[*_`'")\]>:,\s]+$/g, "");
  if (isPath(text) && !/\s/.test(text)) return text;
  const quoted = [...line.matchAll(/[`'"*]([^`'"*\s]+)[`'"*]/g)].map((match) => match[1] as string).find(isPath);
  if (quoted !== undefined) return quoted;
  const words = line.split(/[\s`'"*(),:]+/).map((word) => word.replace(/[.;]+$/, ""));
  return words.find((word) => Object.hasOwn(context.files, word) || context.editable.includes(word)) ?? null;
}

function isPath(text: string): boolean {
  return text.length < 300 && PATH.test(text) && !/^\d+(?:\.\d+)*$/.test(text);
}
