import type { Languages } from "../syntax/languages.ts";
import type { Reading } from "./answer.ts";
import { definitionsOf, type Definition } from "./definitions.ts";
import type { Draft } from "./draft.ts";
import { elidedLine } from "./elision.ts";
import { indentOf } from "./indentation.ts";

/** A function as an answer writes it: its own text, without indentation, and what stands beside it. */
interface Written {
  readonly source: string;
  readonly definitions: readonly Definition[];
}

/**
 * Puts the functions of a piece of code in the place of those of the same name; `wanted` is the only one that may be meant, when given.
 * New helpers go before the first replaced function, new imports behind the imports.
 */
export function replaceFunctions(
  reading: Reading,
  languages: Languages,
  draft: Draft,
  code: readonly string[],
  wanted: string | null,
): void {
  const { path } = draft;
  const refuse = (reason: string): void => reading.problem(path, reason);
  const elided = elidedLine(code, draft.lines);
  if (elided !== null)
    return refuse(`'${elided.trim()}' stands for lines that were left out; write the whole function`);
  const written = readWritten(languages, path, code);
  if (written === null) {
    const error = languages.of(path)?.syntaxError(dedent(code).join("\n"), path);
    if (languages.of(path) === null)
      return refuse(`functions of ${path} cannot be told apart; write the change in another form`);
    return refuse(`the function does not parse: line ${error?.line ?? "?"}: ${error?.message ?? "syntax error"}`);
  }
  const present = definitionsOf(languages, draft.body, path);
  if (present === null)
    return refuse(`${path} does not parse, so its functions cannot be told apart; write the change in another form`);
  const functions = written.definitions.filter(
    ({ kind }) => kind === "function" || kind === "method" || kind === "class" || kind === "value",
  );
  if (functions.length === 0) return refuse("the block holds no function");
  const known = functions.map((each) => ({ each, targets: targetsOf(each, present, wanted) }));
  const ambiguous = known.find(({ targets }) => targets.length > 1);
  if (ambiguous !== undefined) {
    const lines = ambiguous.targets.map(({ bare }) => lineAt(draft.body, bare)).join(", ");
    return refuse(
      `${path} has ${ambiguous.targets.length} functions called ${lastName(ambiguous.each)}, at lines ${lines}; name it as Class.method`,
    );
  }
  const replaced = known.filter(({ each, targets }) => targets.length === 1 && each.kind !== "value");
  if (replaced.length === 0) {
    const names = present.filter(({ kind }) => kind === "function" || kind === "method").map(({ name }) => name);
    return refuse(
      `${path} has no function ${functions.map(({ name }) => name).join(", ")}; it has: ${names.join(", ")}`,
    );
  }
  insert(reading, languages, draft, written, known);
}

function insert(
  reading: Reading,
  languages: Languages,
  draft: Draft,
  written: Written,
  known: readonly { readonly each: Definition; readonly targets: readonly Definition[] }[],
): void {
  const body = draft.body;
  const changes: { start: number; end: number; text: string }[] = [];
  const present = definitionsOf(languages, body, draft.path) ?? [];
  const textOf = (each: Definition): string => written.source.slice(each.start, each.end);
  const first = known.flatMap(({ targets }) => targets).toSorted((a, b) => a.start - b.start)[0];
  for (const { each, targets } of known) {
    const [target] = targets;
    if (target === undefined) {
      if (first === undefined) continue;
      const top = present.findLast((one) => one.kind !== "method" && one.start <= first.start) ?? first;
      changes.push({
        start: top.start,
        end: top.start,
        text: `${textOf(each)}\n\n${draft.path.endsWith(".py") ? "\n" : ""}`,
      });
      reading.note(`${each.name} is new and was put before ${top.name}`);
      continue;
    }
    // The comment above and `export` stay when the answer does not write its own.
    const ownComment = each.bare > each.start;
    const ownExport = each.inner > each.bare;
    const from = ownComment ? target.start : target.bare;
    const keepExport = target.inner > target.bare && !ownExport;
    const start = keepExport ? target.inner : from;
    if (keepExport) reading.note(`${each.name} stays exported`);
    const text = keepExport ? written.source.slice(each.inner, each.end) : textOf(each);
    const indent = indentOf(lineOfOffset(body, target.bare));
    changes.push({ start, end: target.end, text: reindent(text, indent, written.source, each.start) });
  }
  const imports = written.definitions.filter(({ kind }) => kind === "import");
  const fresh = imports.filter(
    (one) => !present.some((other) => other.kind === "import" && sameText(other.name, one.name)),
  );
  if (fresh.length > 0) {
    const last = present.findLast(({ kind }) => kind === "import");
    const at = last?.end ?? present.find(({ kind }) => kind !== "other")?.start ?? 0;
    const text = fresh.map(({ name }) => name).join("\n");
    changes.push({ start: at, end: at, text: last === undefined ? `${text}\n\n` : `\n${text}` });
    reading.note(`added: ${fresh.map(({ name }) => name).join("; ")}`);
  }
  for (const other of written.definitions.filter(({ kind }) => kind === "other"))
    reading.note(`left out, because it is no function: ${other.name.split("\n")[0]}`);
  const before = draft.lines;
  for (const change of changes.toSorted((a, b) => b.start - a.start || b.end - a.end))
    draft.replaceRange(change.start, change.end, change.text);
  if (draft.lines.join("\n") === before.join("\n"))
    reading.problem(draft.path, `the function is the one that ${draft.path} has; nothing would change`);
}

/** The definitions of a block: as it is, without its indentation, or as members of a class. */
function readWritten(languages: Languages, path: string, code: readonly string[]): Written | null {
  const flat = dedent(code);
  const source = flat.join("\n");
  const definitions = definitionsOf(languages, source, path);
  const isJavaScript = languages.of(path) !== null && languages.of(path)?.id !== "python";
  if (definitions !== null) {
    const isOnly = definitions.every(({ kind }) => kind === "method" || kind === "class" || kind === "import");
    // A class of which some methods are written stands for these methods, unless it is written in full: decided by the caller's file.
    return { source, definitions: isOnly ? definitions : definitions.filter(({ kind }) => kind !== "method") };
  }
  if (!isJavaScript) return null;
  const head = "class Members {\n";
  const members = definitionsOf(languages, `${head}${source}\n}`, path)?.filter(({ kind }) => kind === "method");
  if (members === undefined || members.length === 0) return null;
  const shift = head.length;
  return {
    source,
    definitions: members.map((each) => ({
      ...each,
      name: each.name.replace(/^Members\./, ""),
      start: each.start - shift,
      end: each.end - shift,
      inner: each.inner - shift,
      bare: each.bare - shift,
    })),
  };
}

/** The definitions of the file that a written one may replace. */
function targetsOf(each: Definition, present: readonly Definition[], wanted: string | null): Definition[] {
  if (each.kind === "class") {
    const classes = present.filter(({ kind, name }) => kind === "class" && name === each.name);
    return classes;
  }
  const exact = present.filter(({ name, kind }) => name === each.name && kind !== "import" && kind !== "other");
  if (exact.length > 0) return exact;
  const last = lastName(each);
  const named = present.filter((one) => (one.kind === "method" || one.kind === "function") && lastName(one) === last);
  const asked = named.filter(({ name }) => name === wanted);
  return asked.length === 1 ? asked : named;
}

function lastName({ name }: Definition): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function dedent(lines: readonly string[]): string[] {
  const solid = lines.filter((line) => line.trim() !== "");
  const common = solid.reduce((least, line) => Math.min(least, indentOf(line).length), Number.POSITIVE_INFINITY);
  return lines.map((line) => (line.trim() === "" ? "" : line.slice(Number.isFinite(common) ? common : 0)));
}

/** The text with the indentation of its place instead of its own, on every line but the first. */
function reindent(text: string, indent: string, source: string, start: number): string {
  const own = indentOf(lineOfOffset(source, start));
  return text
    .split("\n")
    .map((line, i) =>
      i === 0 || line.trim() === ""
        ? line
        : indent + (line.startsWith(own) ? line.slice(own.length) : line.trimStart()),
    )
    .join("\n");
}

function lineOfOffset(text: string, offset: number): string {
  return text.slice(text.lastIndexOf("\n", offset - 1) + 1).split("\n", 1)[0] as string;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

function sameText(a: string, b: string): boolean {
  const bare = (text: string): string => text.replaceAll(/[\s;'"]/g, "");
  return bare(a) === bare(b);
}
