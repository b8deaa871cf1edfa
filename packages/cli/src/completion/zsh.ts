import type { Complete } from "../command.ts";
import { completionWords, quoted } from "./words.ts";

/** Completion script for zsh, to be stored as `_pawl` in a folder of `fpath`. */
export function zshCompletion(): string {
  const commands = completionWords();
  const list = commands.map(({ name, summary }) => `    ${quoted(`${name}:${escape(summary)}`)}`);
  const cases = commands.map(({ name, flags, argument }) => {
    const lines = flags.map(({ flag, text, value }) => {
      const taken = value === null ? "" : `:value:${offer(value)}`;
      return `        ${quoted(`${flag}[${escape(text)}]${taken}`)}`;
    });
    return [
      `      ${name})`,
      "        _arguments \\",
      ...lines.map((line) => `${line} \\`),
      `        ${quoted(`*:argument:${offer(argument)}`)}`,
      "        ;;",
    ].join("\n");
  });
  return `#compdef pawl
# zsh completion for pawl; store it as _pawl in a folder of fpath: pawl completion zsh > ~/.zfunc/_pawl
_pawl() {
  local -a commands
  commands=(
${list.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local name="\${words[2]}"
  shift words
  (( CURRENT-- ))
  case "$name" in
${cases.join("\n")}
  esac
}
compdef _pawl pawl
`;
}

function offer(complete: Complete): string {
  if (complete === "file") return "_files";
  if (complete === "folder") return "_files -/";
  return complete === "nothing" ? " " : `(${complete.join(" ")})`;
}

/** Brackets and colons mean something to `_arguments`. */
function escape(text: string): string {
  return text.replaceAll(/[[\]:\\]/g, "\\$&");
}
