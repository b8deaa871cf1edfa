/** One simple command of a shell line. */
export interface SimpleCommand {
  /** Words after quotes are removed; without leading `NAME=value` assignments and without redirections. */
  readonly words: readonly string[];
  /** The leading assignments. */
  readonly env: Readonly<Record<string, string>>;
  /** UTF-16 offsets of the command in the line. */
  readonly start: number;
  readonly end: number;
}

const ASSIGNMENT = /^([A-Za-z_]\w*)=(.*)$/s;
const REDIRECTION = /^\d*(?:>>?|<)(.*)$/s;

/**
 * Splits a shell line into its simple commands (at `&&`, `||`, `;`, `|`, `&`, parentheses and line ends), quotes removed.
 * Enough to recognise which test runner a line starts; it does not expand variables or globs.
 */
export function parseShellLine(line: string): SimpleCommand[] {
  const commands: SimpleCommand[] = [];
  let words: string[] = [];
  let word: string | null = null;
  let quote = "";
  let start = -1;
  let end = 0;
  const endWord = () => {
    if (word !== null) words.push(word);
    word = null;
  };
  const endCommand = () => {
    endWord();
    if (words.length > 0) commands.push({ ...splitAssignments(withoutRedirections(words)), start, end });
    words = [];
    start = -1;
  };
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
    const isDuplicate = char === "&" && /\d?[<>]$/.test(word ?? "");
    if (quote !== "") {
      if (char === quote) quote = "";
      else if (char === "\\" && quote === '"') word += line.charAt(++at);
      else word += char;
    } else if (";&|()\n".includes(char) && !isDuplicate) {
      endCommand();
      continue;
    } else if (/\s/.test(char)) {
      endWord();
      continue;
    } else if (char === "'" || char === '"') {
      quote = char;
      word ??= "";
    } else {
      word = (word ?? "") + (char === "\\" ? line.charAt(++at) : char);
    }
    if (start === -1) start = at;
    end = at + 1;
  }
  endCommand();
  return commands;
}

function withoutRedirections(words: readonly string[]): string[] {
  return words.filter((word, index) => {
    const target = REDIRECTION.exec(words[index - 1] ?? "")?.[1];
    return !REDIRECTION.test(word) && target !== "";
  });
}

function splitAssignments(words: readonly string[]): { words: readonly string[]; env: Record<string, string> } {
  const env: Record<string, string> = {};
  let first = 0;
  for (; first < words.length; first++) {
    const match = ASSIGNMENT.exec(words[first] as string);
    if (match === null) break;
    env[match[1] as string] = match[2] as string;
  }
  return { words: words.slice(first), env };
}

/** Programs that only start another one. */
const WRAPPERS: readonly (readonly string[])[] = [
  ["npx"],
  ["bunx"],
  ["npm", "exec"],
  ["pnpm", "exec"],
  ["pnpm", "dlx"],
  ["yarn", "exec"],
  ["uv", "run"],
  ["poetry", "run"],
  ["pipenv", "run"],
  ["pdm", "run"],
  ["hatch", "run"],
  ["cross-env"],
  ["cross-env-shell"],
  ["dotenv"],
  ["env"],
  ["time"],
  ["c8"],
  ["nyc"],
  ["coverage", "run", "-m"],
];
const RUNS_TESTS = /^(?:.*\/)?(?:node|tsx|vitest|jest|_?mocha|pytest|py\.test|python[\d.]*)$/;

/** The command without wrappers (`npx`, `cross-env A=b`, `c8 --all`, `uv run` …): the words of the program they start, and its variables. */
export function unwrap({ words, env }: Pick<SimpleCommand, "words" | "env">): Pick<SimpleCommand, "words" | "env"> {
  const wrapper = WRAPPERS.find((names) => names.every((name, index) => words[index] === name));
  if (wrapper === undefined) return { words, env };
  const rest = words.slice(wrapper.length);
  // A wrapper's flags may take values, so look for the program rather than for the end of the flags.
  const program = rest.findIndex((word) => RUNS_TESTS.test(word));
  if (program === -1) return { words: rest, env };
  const own = Object.fromEntries(
    rest.slice(0, program).flatMap((word) => {
      const match = ASSIGNMENT.exec(word);
      return match === null ? [] : [[match[1] as string, match[2] as string]];
    }),
  );
  return unwrap({ words: rest.slice(program), env: { ...env, ...own } });
}
