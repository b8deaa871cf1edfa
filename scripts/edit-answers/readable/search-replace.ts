import {
  block,
  mapLines,
  deeper,
  flatter,
  wider,
  tabbed,
  unitOf,
  languageOf,
  fenced,
  hash,
  numbered,
  other,
  type Defect,
} from "../draft.ts";
import { functionText } from "../programs.ts";

/** Blocks of a text to find and its replacement, in ways that a careful reader understands. */
export const searchReplace: Readonly<Record<string, Defect>> = {
  none: ({ edit }) => ({ text: block(edit.path, edit.old, edit.next) }),
  "in a fence": ({ edit }) => ({
    text: `${edit.path}\n${fenced(languageOf(edit.path), block("", edit.old, edit.next))}`,
  }),
  "path in the fence": ({ edit }) => ({
    text: fenced(`${languageOf(edit.path)} ${edit.path}`, block("", edit.old, edit.next)),
  }),
  "bold path": ({ edit }) => ({ text: block(`**${edit.path}**`, edit.old, edit.next) }),
  "path with a label": ({ edit }) => ({ text: block(`### File: \`${edit.path}\``, edit.old, edit.next) }),
  "path with ./": ({ edit }) => ({ text: block(`./${edit.path}`, edit.old, edit.next) }),
  "path with a/": ({ edit }) => ({ text: block(`a/${edit.path}`, edit.old, edit.next) }),
  "absolute path": ({ edit }) => ({ text: block(`/home/me/project/${edit.path}`, edit.old, edit.next) }),
  "last part of the path": ({ edit }) => ({
    text: block(edit.path.split("/").at(-1) as string, edit.old, edit.next),
  }),
  "path behind the mark": ({ edit }) => ({
    text: block("", edit.old, edit.next).replace("SEARCH", `SEARCH ${edit.path}`),
  }),
  "no path": ({ edit }) => ({ text: block("", edit.old, edit.next) }),
  "deeper indentation": ({ edit }) => ({ text: block(edit.path, deeper(edit.old), deeper(edit.next)) }),
  "flatter indentation": ({ edit }) => ({ text: block(edit.path, flatter(edit.old), flatter(edit.next)) }),
  "twice the indentation": ({ edit }) => ({ text: block(edit.path, wider(edit.old), wider(edit.next)) }),
  tabs: ({ edit }) => ({
    text: block(edit.path, tabbed(unitOf(edit.path))(edit.old), tabbed(unitOf(edit.path))(edit.next)),
  }),
  "blanks at the ends": ({ edit }) => ({
    text: block(
      edit.path,
      mapLines(edit.old, (line) => `${line}  `),
      edit.next,
    ),
  }),
  "short marks": ({ edit }) => ({
    text: block(edit.path, edit.old, edit.next)
      .replace("<<<<<<<", "<<<<<<")
      .replace("=======", "======")
      .replace(">>>>>>>", ">>>>>>"),
  }),
  "other words at the marks": ({ edit }) => ({
    text: block(edit.path, edit.old, edit.next).replace("SEARCH", "ORIGINAL").replace("REPLACE", "UPDATED"),
  }),
  "marks without words": ({ edit }) => ({
    text: block(edit.path, edit.old, edit.next).replace(" SEARCH", "").replace(" REPLACE", ""),
  }),
  "parts in fences": ({ edit }) => ({
    text: block(edit.path, fenced(languageOf(edit.path), edit.old).trimEnd(), fenced("", edit.next).trimEnd()),
  }),
  "line numbers": ({ edit }) =>
    edit.old.includes("\n") ? { text: block(edit.path, numbered(edit.old), numbered(edit.next)) } : null,
  "part of a line": ({ edit }) => ({
    text: block(
      edit.path,
      edit.old
        .split("\n")
        .filter((line) => !edit.next.includes(line))
        .join("\n")
        .trim(),
      edit.next
        .split("\n")
        .filter((line) => !edit.old.includes(line))
        .join("\n")
        .trim(),
    ),
    ...(edit.name === "wrap" ? { refuse: "quote|empty|is not in" } : {}),
  }),
  "file with Windows line breaks": ({ edit, source, after }) => ({
    text: block(edit.path, edit.old, edit.next),
    files: { [edit.path]: source.replaceAll("\n", "\r\n") },
    result: { [edit.path]: after.replaceAll("\n", "\r\n") },
  }),
  "the same block twice": ({ edit }) => ({
    text: `${block(edit.path, edit.old, edit.next)}\n${block(edit.path, edit.old, edit.next)}`,
  }),
  "a second block builds on the first": ({ edit, after }) => {
    const last = edit.next.split("\n").find((line) => !edit.old.includes(line)) as string;
    const more = `${last} ${hash(edit.path)} checked`;
    return {
      text: `${block(edit.path, edit.old, edit.next)}\n${block(edit.path, last, more)}`,
      result: { [edit.path]: after.replace(last, () => more) },
    };
  },
  "two files": (material) => {
    const second = other(material);
    const { edit, after } = material;
    return second === null
      ? null
      : {
          text: `${block(edit.path, edit.old, edit.next)}\n${block(second.path, second.old, second.next)}`,
          result: { [edit.path]: after, [second.path]: second.source.replace(second.old, () => second.next) },
        };
  },
  "words instead of marks": ({ edit }) => ({
    text: `${edit.path}\n\nSEARCH:\n${fenced(languageOf(edit.path), edit.old)}\nREPLACE:\n${fenced(languageOf(edit.path), edit.next)}`,
  }),
  "doubled blanks": ({ edit }) => ({
    text: block(
      edit.path,
      mapLines(edit.old, (line) => line.replace(/(\S) (\S)/, "$1  $2")),
      edit.next,
    ),
  }),
  "blank lines left out": ({ edit, source, after }) => {
    const body = functionText(source, edit.name);
    if (!/\n\n/.test(body) || edit.name === "words") return null;
    const thin = (text: string): string => text.replaceAll(/\n\n+/g, "\n");
    return { text: block(edit.path, thin(body), thin(functionText(after, edit.name))) };
  },
  "fence closes before the last mark": ({ edit }) => ({
    text: `${edit.path}\n\`\`\`\n<<<<<<< SEARCH\n${edit.old}\n=======\n${edit.next}\n\`\`\`\n>>>>>>> REPLACE\n`,
  }),
  "fence closes instead of the last mark": ({ edit }) => ({
    text: `${edit.path}\n\`\`\`\n<<<<<<< SEARCH\n${edit.old}\n=======\n${edit.next}\n\`\`\`\n`,
  }),
};
