import type { Complete } from "../command.ts";
import { completionWords, quoted } from "./words.ts";

/** Completion script for fish. */
export function fishCompletion(): string {
  const commands = completionWords();
  const lines = commands.flatMap(({ name, summary, flags, argument }) => {
    const seen = `-n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
    const own = `complete -c pawl -f -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`;
    const argumentLines = argument === "nothing" ? [] : [`complete -c pawl ${seen} ${offer(argument)}`];
    const flagLines = flags.map(({ flag, text, value }) => {
      const taken = value === null ? "-f" : `-r ${offer(value)}`;
      return `complete -c pawl ${seen} -l ${flag.slice(2)} ${taken} -d ${quoted(text)}`;
    });
    return [own].concat(argumentLines, flagLines);
  });
  return `# fish completion for pawl; store it as ~/.config/fish/completions/pawl.fish\n${lines.join("\n")}\n`;
}

function offer(complete: Complete): string {
  if (complete === "file") return "-F";
  if (complete === "folder") return "-f -a '(__fish_complete_directories)'";
  return complete === "nothing" ? "-f" : `-f -a ${quoted(complete.join(" "))}`;
}
