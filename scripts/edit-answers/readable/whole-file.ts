import { mapLines, languageOf, fenced, hash, other, type Defect } from "../draft.ts";
import { PROGRAMS } from "../programs.ts";

/** The whole file anew, in ways that a careful reader understands. */
export const wholeFile: Readonly<Record<string, Defect>> = {
  none: ({ edit, after }) => ({ text: `${edit.path}\n${fenced("", after)}` }),
  "wrong language": ({ edit, after }) => ({ text: `${edit.path}\n${fenced("ruby", after)}` }),
  "path in the fence": ({ edit, after }) => ({
    text: fenced(`${languageOf(edit.path)} title="${edit.path}"`, after),
  }),
  "path as the fence's language": ({ edit, after }) => ({ text: fenced(edit.path, after) }),
  "path in a heading": ({ edit, after }) => ({
    text: `## Updated \`${edit.path}\`\n\n${fenced(languageOf(edit.path), after)}`,
  }),
  "path in a comment": ({ edit, after }) => ({
    text: fenced(languageOf(edit.path), `${hash(edit.path)} ${edit.path}\n${after}`),
  }),
  "path in a sentence": ({ edit, after }) => ({
    text: `Here is the whole of ${edit.path}, repaired:\n\n${fenced(languageOf(edit.path), after)}`,
  }),
  "no path": ({ edit, after }) => (edit.program === "stock" ? null : { text: fenced(languageOf(edit.path), after) }),
  "no fence": ({ edit, after }) => ({ text: `${edit.path}\n${after}`, fixed: true }),
  "fence not closed": ({ edit, after }) => ({
    text: `${edit.path}\n\`\`\`${languageOf(edit.path)}\n${after}`,
    fixed: true,
  }),
  "tilde fence": ({ edit, after }) => ({ text: `${edit.path}\n~~~\n${after}~~~\n` }),
  "long fence": ({ edit, after }) => ({ text: `${edit.path}\n\`\`\`\`\`\n${after}\`\`\`\`\`\n` }),
  "blank lines at the ends": ({ edit, after }) => ({ text: `${edit.path}\n${fenced("", `\n${after}\n\n`)}` }),
  "in a list, indented": ({ edit, after }) => ({
    text: `1. ${edit.path}\n\n${mapLines(fenced("", after), (line) => `   ${line}`)}`,
  }),
  "line numbers": ({ edit, after }) => ({
    text: `${edit.path}\n${fenced(
      "",
      after
        .trimEnd()
        .split("\n")
        .map((line, i) => `${i + 1}: ${line}`)
        .join("\n"),
    )}`,
  }),
  "no line break at the end": ({ edit, after }) => ({ text: `${edit.path}\n\`\`\`\n${after.trimEnd()}\n\`\`\`` }),
  "file with Windows line breaks": ({ edit, source, after }) => ({
    text: `${edit.path}\n${fenced("", after)}`,
    files: { [edit.path]: source.replaceAll("\n", "\r\n") },
    result: { [edit.path]: after.replaceAll("\n", "\r\n") },
  }),
  "two files": (material) => {
    const second = other(material);
    const { edit, after } = material;
    if (second === null) return null;
    const next = second.source.replace(second.old, () => second.next);
    return {
      text: `${edit.path}\n${fenced("js", after)}\n${second.path}\n${fenced("js", next)}`,
      result: { [edit.path]: after, [second.path]: next },
    };
  },
  "another file as it is": ({ edit, after }) =>
    edit.path === "src/stock.js"
      ? {
          text: `${edit.path}\n${fenced("js", after)}\nsrc/money.js\n${fenced("js", PROGRAMS["stock"]?.["src/money.js"] as string)}`,
        }
      : null,
  "an example behind it": ({ edit, after }) => ({
    text: `${edit.path}\n${fenced("", after)}\nTo run it:\n\n${fenced("sh", "make check")}`,
  }),
  "absolute path": ({ edit, after }) => ({ text: `/workspace/${edit.path}\n${fenced("", after)}` }),
};
