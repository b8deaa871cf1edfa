import type { Action } from "../command.ts";
import { bashCompletion } from "../completion/bash.ts";
import { fishCompletion } from "../completion/fish.ts";
import { zshCompletion } from "../completion/zsh.ts";

const SCRIPTS: Readonly<Record<string, () => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

export const run: Action = async ({ positional, screen }) => {
  const script = SCRIPTS[positional[0] as string] as () => string;
  screen.print(script().trimEnd());
  return 0;
};
