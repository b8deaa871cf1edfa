import { createTwoFilesPatch } from "diff";
import { tabbed, unitOf, languageOf, fenced, diffOf, other, type Defect } from "../draft.ts";

/** A diff, as `diff -u` writes it, in ways that a careful reader understands. */
export const unifiedDiff: Readonly<Record<string, Defect>> = {
  none: (m) => ({ text: fenced("diff", diffOf(m)) }),
  "no fence": (m) => ({ text: diffOf(m) }),
  "wrong numbers": (m) => ({
    text: fenced(
      "diff",
      diffOf(m)
        .replaceAll(/@@ -\d+/g, "@@ -1")
        .replaceAll(/\+\d+(,\d+)? @@/g, "+1$1 @@"),
    ),
  }),
  "wrong counts": (m) => ({
    text: fenced("diff", diffOf(m).replaceAll(/@@ -(\d+),\d+ \+(\d+),\d+ @@/g, "@@ -$1,40 +$2,41 @@")),
  }),
  "no numbers": (m) => ({ text: fenced("diff", diffOf(m).replaceAll(/@@ .* @@/g, "@@ ... @@")) }),
  "bare @@": (m) => ({ text: fenced("diff", diffOf(m).replaceAll(/@@ .* @@/g, "@@")) }),
  "name of the function behind @@": (m) => ({
    text: fenced("diff", diffOf(m).replaceAll(/(@@ .* @@)/g, `$1 ${m.edit.name}`)),
  }),
  "no a/ and b/": (m) => ({ text: fenced("diff", diffOf(m).replace("--- a/", "--- ").replace("+++ b/", "+++ ")) }),
  "no headers of files": (m) => ({
    text: `${m.edit.path}\n${fenced("diff", diffOf(m).split("\n").slice(2).join("\n"))}`,
  }),
  "headers of git": (m) => ({
    text: fenced("diff", `diff --git a/${m.edit.path} b/${m.edit.path}\nindex 1234567..89abcde 100644\n${diffOf(m)}`),
  }),
  "absolute path": (m) => ({ text: fenced("diff", diffOf(m).replaceAll(/ [ab]\//g, " /work/dir/")) }),
  "no context": (m) => ({ text: fenced("diff", diffOf(m, 0)) }),
  "one line of context": (m) => ({ text: fenced("diff", diffOf(m, 1)) }),
  "the blank before context is lost": (m) => ({
    text: fenced(
      "diff",
      diffOf(m)
        .replaceAll(/^ (?=\S)/gm, "")
        .replaceAll(/^ $/gm, ""),
    ),
  }),
  "blank lines without a blank": (m) => ({ text: fenced("diff", diffOf(m).replaceAll(/^ $/gm, "")) }),
  "a line of context left out": (m) => {
    const lines = diffOf(m).split("\n");
    const change = lines.findIndex((line, i) => i > 3 && /^[-+]/.test(line));
    return change < 6 ? null : { text: fenced("diff", lines.toSpliced(change - 2, 1).join("\n")) };
  },
  "first line of context is wrong": (m) => {
    const lines = diffOf(m).split("\n");
    return lines[3]?.startsWith(" ") === true && lines.some((line, i) => i > 3 && line.startsWith("-"))
      ? { text: fenced("diff", lines.with(3, "   something.that(is, not, there);").join("\n")) }
      : null;
  },
  "deeper indentation": (m) => ({
    text: fenced(
      "diff",
      diffOf(m)
        .split("\n")
        .map((line, i) => (i > 2 && /^[-+ ]\s*\S/.test(line) ? `${line[0]}  ${line.slice(1)}` : line))
        .join("\n"),
    ),
  }),
  tabs: (m) => ({
    text: fenced(
      "diff",
      diffOf(m)
        .split("\n")
        .map((line, i) =>
          i > 2 && /^[-+ ]/.test(line) ? (line[0] as string) + tabbed(unitOf(m.edit.path))(line.slice(1)) : line,
        )
        .join("\n"),
    ),
  }),
  "file with Windows line breaks": (m) => ({
    text: fenced("diff", diffOf(m)),
    files: { [m.edit.path]: m.source.replaceAll("\n", "\r\n") },
    result: { [m.edit.path]: m.after.replaceAll("\n", "\r\n") },
  }),
  "blanks at the ends": (m) => ({ text: fenced("diff", diffOf(m).replaceAll(/^( .*\S)$/gm, "$1  ")) }),
  "two files": (m) => {
    const second = other(m);
    if (second === null) return null;
    const next = second.source.replace(second.old, () => second.next);
    const diff = createTwoFilesPatch(`a/${second.path}`, `b/${second.path}`, second.source, next, "", "").replace(
      /^=+\n/,
      "",
    );
    return { text: fenced("diff", diffOf(m) + diff), result: { [m.edit.path]: m.after, [second.path]: next } };
  },
  "wrong language": (m) => ({ text: fenced(languageOf(m.edit.path), diffOf(m)) }),
  "fence not closed": (m) => ({ text: `\`\`\`diff\n${diffOf(m)}`, fixed: true }),
};
