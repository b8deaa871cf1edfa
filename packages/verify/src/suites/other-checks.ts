import { parseShellLine, unwrap, type SimpleCommand } from "./shell-line.ts";

/** Programs that judge style, coverage or dependencies, not behaviour. */
const CHECKERS = new Set(
  (
    "eslint evalmd eclint standard semistandard xo tslint jshint oxlint biome stylelint prettier oxfmt dprint markdownlint markdownlint-cli2 remark " +
    "ls-lint cspell publint attw knip depcheck dependency-cruiser depcruise aud audit-ci size-limit commitlint flake8 ruff black " +
    "isort pylint codecov coveralls"
  ).split(" "),
);
const AUDIT = /^(?:audit|outdated)$/;

/**
 * A test command without its linters, formatters and audits: they need the network or tools that are not there, judge what nobody asked
 * to have repaired, and, standing before `&&`, keep the tests from running. Only whole members of an `&&` chain are left out, and
 * nothing when nothing else would be left.
 */
export function withoutOtherChecks(line: string): { readonly line: string; readonly left: readonly string[] } {
  const commands = parseShellLine(line);
  const left: string[] = [];
  const kept: string[] = [];
  // What stands between two commands goes with the one before it.
  let from = 0;
  for (const [index, command] of commands.entries()) {
    const before = line.slice(commands[index - 1]?.end ?? 0, command.start);
    const after = line.slice(command.end, commands[index + 1]?.start ?? line.length);
    const isMember = isJoint(before, index === 0) && isJoint(after, index === commands.length - 1);
    if (!isMember || !isOtherCheck(command)) continue;
    kept.push(line.slice(from, command.start));
    left.push(line.slice(command.start, command.end).trim());
    from = command.end;
  }
  kept.push(line.slice(from));
  if (left.length === 0 || left.length === commands.length) return { line, left: [] };
  const joined = kept.map((part) => part.replace(/^\s*&&\s*|\s*&&\s*$/g, "").trim()).filter((part) => part !== "");
  return { line: joined.join(" && "), left };
}

function isJoint(text: string, isEdge: boolean): boolean {
  return isEdge ? text.trim() === "" : text.trim() === "&&";
}

function isOtherCheck(command: SimpleCommand): boolean {
  const words = unwrap(command).words.filter((word) => !word.startsWith("-"));
  const program = (words[0] ?? "").replace(/^.*\//, "");
  if (CHECKERS.has(program)) return true;
  const isManager = /^(?:npm|pnpm|yarn|npx)(?:@.*)?$/.test(program);
  // `npx npm@10 audit` names the manager a second time.
  return isManager && words.slice(1, 3).some((word) => AUDIT.test(word));
}
