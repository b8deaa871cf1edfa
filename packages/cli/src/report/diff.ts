import type { Screen } from "../screen.ts";

/** Not tabs, but letters that cannot be seen too: some of them turn the order of others around. */
const CONTROL = /(?!\t)[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** With control characters written out, so that no text can steer the terminal or look like another. */
export function withoutControls(line: string): string {
  return line.replaceAll(CONTROL, (letter) => {
    const code = (letter.codePointAt(0) as number).toString(16);
    return code.length > 2 ? `\\u{${code}}` : `\\x${code.padStart(2, "0")}`;
  });
}

/** A unified diff for people. Where there are neither colours nor a terminal it is the diff itself, so that it can be piped into `git apply`. */
export function colourDiff(patch: string, colors: Screen["colors"]): string {
  if (!colors.isColorSupported && process.stdout.isTTY !== true) return patch;
  return patch
    .split("\n")
    .map((line) => {
      const shown = withoutControls(line);
      if (/^(---|\+\+\+|diff |index )/.test(line)) return colors.bold(shown);
      if (line.startsWith("@@")) return colors.cyan(shown);
      if (line.startsWith("+")) return colors.green(shown);
      if (line.startsWith("-")) return colors.red(shown);
      return shown;
    })
    .join("\n");
}
