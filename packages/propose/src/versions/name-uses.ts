/** A place where a file uses a name of a module. */
export interface NameUse {
  readonly name: string;
  /** What is replaced: UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  /** 1-based. */
  readonly line: number;
  /** The place with another name of the same module. */
  renamed(name: string): string;
  /** The place with the first of two names that the module has; null where there is no room for a choice. */
  choice(names: readonly [string, string]): string | null;
}

const WORD = String.raw`[A-Za-z_$][\w$]*`;

/**
 * Finds `module.name` by the name the module is imported under, and names that are imported one by one. Works on the text, so a comment or a
 * local variable of the same name is found as well; a wrong place costs an evaluation.
 */
export function uses(path: string, text: string, module: string): readonly NameUse[] {
  const python = path.endsWith(".py");
  const quoted = module.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
  const whole = python ? pythonNames(text, quoted) : javascriptNames(text, quoted);
  return [...members(text, whole, python), ...imported(text, quoted, python)].sort((a, b) => a.start - b.start);
}

function javascriptNames(text: string, module: string): readonly string[] {
  const from = String.raw`\s+from\s+["']${module}["']`;
  const patterns = [
    String.raw`import\s+(${WORD})(?:\s*,\s*\{[^}]*\})?${from}`,
    String.raw`import\s+(?:${WORD}\s*,\s*)?\*\s*as\s+(${WORD})${from}`,
    String.raw`(${WORD})\s*=\s*(?:await\s+import|require)\(\s*["']${module}["']\s*\)`,
  ];
  return patterns.flatMap((pattern) => [...text.matchAll(new RegExp(pattern, "g"))].map((match) => match[1] as string));
}

function pythonNames(text: string, module: string): readonly string[] {
  const found = text.matchAll(new RegExp(String.raw`^\s*import\s+(?:${module})(?:\s+as\s+(\w+))?\s*(?:$|,|#)`, "gm"));
  return [...found].map((match) => match[1] ?? module.replaceAll("\\", ""));
}

function members(text: string, owners: readonly string[], python: boolean): readonly NameUse[] {
  return [...new Set(owners)].flatMap((owner) => {
    const pattern = new RegExp(String.raw`(?<![\w$.])${owner.replaceAll("$", String.raw`\$`)}\.(${WORD})`, "g");
    return [...text.matchAll(pattern)].map((match): NameUse => {
      const of = (name: string): string => `${owner}.${name}`;
      return {
        ...place(text, match.index, match[0].length),
        name: match[1] as string,
        renamed: of,
        choice: ([first, second]) =>
          python
            ? `(${of(first)} if hasattr(${owner}, "${first}") else ${of(second)})`
            : `(${of(first)} ?? ${of(second)})`,
      };
    });
  });
}

/** `{ a, b as c }` and `from m import a, b as c`: only a rename is possible, since a missing name is an error before anything runs. */
function imported(text: string, module: string, python: boolean): readonly NameUse[] {
  const statement = python
    ? new RegExp(String.raw`^\s*from\s+${module}\s+import\s+\(?([^\n#)]*)`, "gm")
    : new RegExp(String.raw`import\s+(?:${WORD}\s*,\s*)?\{([^}]*)\}\s+from\s+["']${module}["']`, "g");
  return [...text.matchAll(statement)].flatMap((match) => {
    const list = match[1] as string;
    const start = match.index + match[0].indexOf(list);
    return [...list.matchAll(new RegExp(String.raw`(${WORD})(?:\s+as\s+(${WORD}))?`, "g"))].map((entry): NameUse => {
      const own = entry[1] as string;
      const local = entry[2] ?? own;
      return {
        ...place(text, start + entry.index, entry[0].length),
        name: own,
        renamed: (name) => `${name} as ${local}`,
        choice: () => null,
      };
    });
  });
}

function place(text: string, start: number, length: number): Pick<NameUse, "start" | "end" | "line"> {
  return { start, end: start + length, line: text.slice(0, start).split("\n").length };
}
