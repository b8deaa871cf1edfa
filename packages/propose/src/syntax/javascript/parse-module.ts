import { spawnSync } from "node:child_process";
import { type Comment, parseSync, type Program } from "oxc-parser";
import { sha256 } from "@pawl/core";
import { mayNestDeeperThan } from "./nesting.ts";

/** What the parser makes of a text. With a fault the tree is no use. */
export interface ParsedModule {
  /** The first syntax error; null when there is none. */
  readonly fault: { readonly message: string; readonly offset: number } | null;
  /** Made when it is first asked for. */
  readonly program: Program;
  readonly comments: readonly Comment[];
}

/** Of what may nest, a text can have this much open without being looked at closer: a quarter of what overflows the parser's stack. */
const PLAIN_NESTING = 1000;
/** Levels of a syntax tree, for texts that were looked at closer: whatever walks trees by recursion can do with these. */
const MOST_LEVELS = 1500;
const TRIAL_MS = 20_000;
const MOST_REMEMBERED = 1000;

/**
 * The only way to the parser. It is native code without a bound on its recursion: text that nests too deeply would end this process, and
 * candidates, models and agents may write any text. So such text has a syntax error instead.
 */
export function parseModule(path: string, source: string, preserveParens = false): ParsedModule {
  const deep = mayNestDeeperThan(PLAIN_NESTING, source, path.endsWith("x"));
  const tooDeep = deep !== null && !passesTrial(path, source);
  const result = parseSync(path, tooDeep ? "" : source, { preserveParens });
  const error = result.errors.find(({ severity }) => severity === "Error");
  return {
    fault: tooDeep
      ? { message: "The text is nested too deeply.", offset: deep }
      : error === undefined
        ? null
        : { message: error.message, offset: error.labels[0]?.start ?? 0 },
    get program() {
      return result.program;
    },
    comments: result.comments,
  };
}

/** Parses in a process of its own, which may end as it likes. Exit code 0: it parsed, and the tree is not too high. */
const TRIAL = `
const { parseSync } = await import(process.argv[1]);
const { readFileSync } = await import("node:fs");
const [, , path, most] = process.argv;
let level = [parseSync(path, readFileSync(0, "utf8"), { preserveParens: true }).program];
for (let levels = 0; level.length > 0; levels++) {
  if (levels > Number(most)) process.exit(1);
  const next = [];
  for (const value of level)
    for (const child of Array.isArray(value) ? value : Object.values(value))
      if (typeof child === "object" && child !== null) next.push(child);
  level = next;
}
`;

const trials = new Map<string, boolean>();

function passesTrial(path: string, source: string): boolean {
  const name = `a${/(?:\.d)?\.\w{1,4}$/.exec(path)?.[0] ?? ""}`; // the rest of a path does not count, and may be anything
  const key = sha256(`${name}\n${source}`);
  const known = trials.get(key);
  if (known !== undefined) return known;
  // Half the usual stack: what passes here has room to spare in this process.
  const argv = ["-c", 'ulimit -s 4096; exec "$0" "$@"', process.execPath, "--input-type=module", "-e", TRIAL];
  const { status } = spawnSync(
    "/bin/sh",
    [...argv, import.meta.resolve("oxc-parser"), name, String(2 * MOST_LEVELS)], // lists count as levels too
    { input: source, stdio: ["pipe", "ignore", "ignore"], timeout: TRIAL_MS, killSignal: "SIGKILL", env: {} },
  );
  if (trials.size >= MOST_REMEMBERED) trials.clear();
  trials.set(key, status === 0);
  return status === 0;
}
