/** Something in an issue's text that may name a place in the code. */
export interface IssueHint {
  readonly text: string;
  /** `frame` of a stack trace, `path` of a file, `code` span or block, bare `identifier`, `quoted` string. */
  readonly kind: "frame" | "path" | "code" | "identifier" | "quoted";
  /** How much it is worth: its kind's weight, more in the title. */
  readonly weight: number;
  /** 1-based, of frames that name one. */
  readonly line?: number;
}

/** What a machine or a person took from the code on purpose counts more than what only looks like a name. */
const WEIGHTS = { frame: 4, path: 3, code: 3, identifier: 2, quoted: 1 } as const;
const IN_TITLE = 1.5;
/** Identifiers in a block of code are its user's as often as the project's. */
const IN_BLOCK = 0.5;

const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/u;
/** Names that only a program has: camelCase, PascalCase of two words, snake_case, `call()`, `a.b`. */
const PROGRAM_NAME =
  /(?<![\p{L}\p{N}_$/.-])(?:[\p{L}_$][\p{L}\p{N}_$]+(?:\.[\p{L}_$][\p{L}\p{N}_$]+)+(?:\(\))?|[\p{L}_$][\p{L}\p{N}_$]*\(\)?|\p{Ll}[\p{Ll}\p{N}]*\p{Lu}[\p{L}\p{N}]*|\p{Lu}\p{Ll}[\p{Ll}\p{N}]*(?:\p{Lu}[\p{Ll}\p{N}]*)+|[\p{L}\p{N}]+(?:_[\p{L}\p{N}]+)+|_\p{L}[\p{L}\p{N}_]*)/gu;
const PATH = /(?<![\p{L}\p{N}])(?:[\w@.-]+\/)*[\w@-][\w@.-]*\.(?:[cm]?[jt]sx?|py)(?![\p{L}\p{N}])/gu;
/** Not the apostrophes of "don't". */
const QUOTED = /(?<![\p{L}\p{N}])(["'])((?:(?!\1)[^\n]){3,60})\1(?![\p{L}\p{N}])/gu;
const FRAMES = [
  // File "src/shop/cart.py", line 12, in total
  /File "(?<path>[^"\n]+)", line (?<line>\d+)(?:, in (?<name>[\p{L}\p{N}_$.<>]+))?/gu,
  // at Cart.total (file:///src/cart.js:12:7), at src/cart.js:12:7
  /\bat (?:async )?(?:new )?(?:(?<name>[\p{L}\p{N}_$.#<>]+) (?:\[as [^\]]+\] )?\()?(?:file:\/\/)?(?<path>[^\s():]+):(?<line>\d+)(?::\d+)?\)?/gu,
  // src/shop/cart.py:12: TypeError
  /(?<![\p{L}\p{N}(])(?<path>[\w@./-]+\.(?:[cm]?[jt]sx?|py)):(?<line>\d+)/gu,
];

/**
 * Frames of stack traces, paths, code spans, identifiers and quoted strings of an issue, each text once with its highest weight, in that order
 * of weight. The first line, or the first heading, is the title.
 */
export function issueHints(issue: string): readonly IssueHint[] {
  const best = new Map<string, IssueHint>();
  const add = (kind: IssueHint["kind"], text: string, factor: number, line?: number): void => {
    const clean = text.replace(/\(\)?$/, "").replace(/^[.$]+/, "");
    if (clean.length < 2) return;
    const hint = { text: clean, kind, weight: WEIGHTS[kind] * factor, ...(line === undefined ? {} : { line }) };
    const key = `${clean}:${line ?? ""}`;
    if ((best.get(key)?.weight ?? 0) < hint.weight) best.set(key, hint);
  };
  let rest = issue;
  for (const frames of FRAMES)
    rest = rest.replace(frames, (found: string, ...parts: unknown[]) => {
      const { path, line, name } = parts.at(-1) as { path: string; line: string; name?: string };
      add("frame", path, 1, Number(line));
      if (name !== undefined && NAME.test(name) && !name.startsWith("<")) add("frame", name, 1);
      return " ".repeat(found.length);
    });
  const title = (rest.split("\n").find((line) => line.trim() !== "") ?? "").trim();
  const factorOf = (text: string): number => (title !== "" && title.includes(text) ? IN_TITLE : 1);
  rest = rest.replace(/```[^\n]*\n([\s\S]*?)(?:```|$)/g, (_, block: string) => {
    for (const [name] of block.matchAll(new RegExp(NAME.source, "gu")))
      if (name.length > 3) add("identifier", name, IN_BLOCK);
    return " ";
  });
  for (const [path] of rest.matchAll(PATH)) add("path", path, factorOf(path));
  for (const [, span = ""] of rest.matchAll(/`([^`\n]+)`/g)) {
    const names = span.match(/[\p{L}_$][\p{L}\p{N}_$.]*/gu) ?? [];
    if (/^[\p{L}\p{N}_$.()#]+$/u.test(span)) add("code", span, factorOf(span));
    else for (const name of names) if (name.length > 2) add("code", name, IN_BLOCK * factorOf(name));
  }
  for (const [name] of rest.replaceAll(/`[^`\n]+`/g, " ").matchAll(PROGRAM_NAME))
    add("identifier", name, factorOf(name));
  for (const [, , quoted = ""] of rest.matchAll(QUOTED)) add("quoted", quoted, factorOf(quoted));
  return [...best.values()].sort((a, b) => b.weight - a.weight || (a.text < b.text ? -1 : 1));
}
