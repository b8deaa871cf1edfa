import type { Screen } from "../screen.ts";

/** Keeps tabs; shows other control characters, so that a patch cannot steer the terminal. */
const CONTROL = /(?!\t)\p{Cc}/gu;

/** A unified diff with colours. The text without colours is the diff itself, so that it can be piped into `git apply`. */
export function colourDiff(patch: string, colors: Screen["colors"]): string {
  if (!colors.isColorSupported) return patch;
  return patch
    .split("\n")
    .map((line) => {
      const shown = line.replaceAll(CONTROL, (letter) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, "0")}`);
      if (/^(---|\+\+\+|diff |index )/.test(line)) return colors.bold(shown);
      if (line.startsWith("@@")) return colors.cyan(shown);
      if (line.startsWith("+")) return colors.green(shown);
      if (line.startsWith("-")) return colors.red(shown);
      return shown;
    })
    .join("\n");
}
