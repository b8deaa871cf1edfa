import type { Complete } from "../command.ts";
import { completionWords } from "./words.ts";

/** Completion script for bash 3.2 and newer. */
export function bashCompletion(): string {
  const commands = completionWords();
  const cases = commands.map(({ name, flags, argument }) => {
    const values = flags
      .filter(({ value }) => value !== null)
      .map(({ flag, value }) => `        ${flag}) ${offer(value as Complete)}; return ;;`);
    const switchOrValue = flags.map(({ flag }) => flag).join(" ");
    return [
      `    ${name})`,
      ...(values.length === 0 ? [] : ['      case "$previous" in', ...values, "      esac"]),
      `      if [[ "$current" == -* ]]; then COMPREPLY=($(compgen -W "${switchOrValue}" -- "$current")); else ${offer(argument)}; fi`,
      "      ;;",
    ].join("\n");
  });
  return `# bash completion for pawl; load it with: eval "$(pawl completion bash)"
_pawl() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(" ")} --help --version" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join("\n")}
  esac
}
complete -o filenames -F _pawl pawl
`;
}

function offer(complete: Complete): string {
  if (complete === "file") return 'COMPREPLY=($(compgen -f -- "$current"))';
  if (complete === "folder") return 'COMPREPLY=($(compgen -d -- "$current"))';
  if (complete === "nothing") return "COMPREPLY=()";
  return `COMPREPLY=($(compgen -W "${complete.join(" ")}" -- "$current"))`;
}
