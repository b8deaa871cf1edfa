import { type SimpleCommand, parseShellLine } from "./shell-line.ts";

type Scripts = Readonly<Record<string, string>>;

const DEPTH = 8;

/**
 * Replaces `npm test`, `npm run x -- args`, `pnpm x`, `yarn x` in a shell line by the script itself (with its pre and post scripts),
 * so that the runner can be recognised and no package manager has to start for every candidate.
 */
export function expandScripts(line: string, scripts: Scripts, depth = 0): string {
  if (depth === DEPTH) return line;
  let expanded = "";
  let copied = 0;
  for (const command of parseShellLine(line)) {
    // What follows a change of folder belongs to another package.
    if (command.words[0] === "cd" || command.words[0] === "pushd") break;
    const call = scriptCall(command, scripts);
    if (call === null) continue;
    const { name, rest, env } = call;
    const variables = Object.entries(env).map(([key, value]) => `export ${key}=${quote(value)};`);
    const main = [...variables, scripts[name], ...rest.map(quote)].join(" ");
    const lines = [scripts[`pre${name}`], main, scripts[`post${name}`]].filter((each) => each !== undefined);
    const whole = lines.map((each) => expandScripts(each, scripts, depth + 1)).join(" && ");
    const alone = command.start === 0 && command.end === line.length;
    expanded += line.slice(copied, command.start) + (alone || !/[;&|\n]/.test(whole) ? whole : `(${whole})`);
    copied = command.end;
  }
  return expanded + line.slice(copied);
}

interface ScriptCall {
  readonly name: string;
  /** Arguments added to the script. */
  readonly rest: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The script that a call of a package manager runs; null for other commands, and for calls with flags of the manager's own. */
function scriptCall(command: SimpleCommand, scripts: Scripts): ScriptCall | null {
  if (/^cross-env(?:-shell)?$/.test(command.words[0] ?? "")) {
    const inner = parseShellLine(command.words.slice(1).map(quote).join(" "))[0];
    return inner === undefined ? null : scriptCall({ ...inner, env: { ...command.env, ...inner.env } }, scripts);
  }
  const [manager, first, ...others] = command.words.filter((word) => word !== "--silent" && word !== "-s");
  if (manager === undefined || !["npm", "pnpm", "yarn", "bun"].includes(manager) || first === undefined) return null;
  const isRun = first === "run" || first === "run-script";
  const name = isRun ? others[0] : first === "t" ? "test" : first;
  // `npm x` is a command of npm unless x is `test`; the others run any script by its bare name.
  if (name === undefined || scripts[name] === undefined || (manager === "npm" && !isRun && name !== "test"))
    return null;
  const added = isRun ? others.slice(1) : others;
  const end = added.indexOf("--");
  const before = end === -1 ? added : added.slice(0, end);
  if (manager === "npm" && before.some((word) => word.startsWith("-"))) return null;
  return { name, rest: [...before, ...(end === -1 ? [] : added.slice(end + 1))], env: command.env };
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
