import { createTwoFilesPatch } from "diff";
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
  fn,
  diffOf,
  type Format,
  type Defect,
  other,
} from "./draft.ts";
import { functionText, PROGRAMS } from "./programs.ts";

/** Ways of answering that a careful reader understands, format by format. */
export const READABLE: Readonly<Record<Format, Readonly<Record<string, Defect>>>> = {
  "search-replace": {
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
  },
  "whole-file": {
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
  },
  "whole-function": {
    none: (m) => ({ text: `${m.edit.path}\n${fenced(languageOf(m.edit.path), fn(m).text)}`, focus: true }),
    "no path": (m) => ({ text: fenced(languageOf(m.edit.path), fn(m).text), focus: true }),
    "wrong language": (m) => ({ text: `${m.edit.path}\n${fenced("text", fn(m).text)}`, focus: true }),
    "no fence": (m) =>
      m.edit.name.includes(".") ? null : { text: `${m.edit.path}\n${fn(m).text}\n`, focus: true, fixed: true },
    "without export": (m) =>
      fn(m).text.startsWith("export ")
        ? { text: `${m.edit.path}\n${fenced("js", fn(m).text.replace("export ", ""))}`, focus: true }
        : null,
    "deeper indentation": (m) => ({ text: `${m.edit.path}\n${fenced("", deeper(fn(m).text))}`, focus: true }),
    "method without indentation": (m) => {
      const unit = unitOf(m.edit.path);
      return m.edit.name.includes(".")
        ? {
            text: `${m.edit.path}\n${fenced(
              "",
              mapLines(fn(m).text, (line) => line.slice(unit)),
            )}`,
            focus: true,
          }
        : null;
    },
    "with an example of its use": (m) =>
      m.edit.name.includes(".")
        ? null
        : {
            text: `${m.edit.path}\n${fenced("", `${fn(m).text}\n\n${m.edit.path.endsWith(".py") ? "print" : "console.log"}(${m.edit.name}([]))`)}`,
            focus: true,
          },
    "with an import that is there": (m) => {
      const first = m.source.split("\n")[0] as string;
      return m.edit.name.includes(".") || !first.startsWith("import ")
        ? null
        : { text: `${m.edit.path}\n${fenced("", `${first}\n\n${fn(m).text}`)}`, focus: true };
    },
    "with its own comment": (m) => {
      if (m.edit.name !== "cheapest" && m.edit.name !== "most_common") return null;
      const comment = `${hash(m.edit.path)} Repaired.`;
      return {
        text: `${m.edit.path}\n${fenced("", `${comment}\n${fn(m).text}`)}`,
        focus: true,
        result: { [m.edit.path]: m.after.replace(fn(m).text, () => `${comment}\n${fn(m).text}`) },
      };
    },
    "file with Windows line breaks": (m) => ({
      text: `${m.edit.path}\n${fenced("", fn(m).text)}`,
      focus: true,
      files: { [m.edit.path]: m.source.replaceAll("\n", "\r\n") },
      result: { [m.edit.path]: m.after.replaceAll("\n", "\r\n") },
    }),
    "path in the fence": (m) => ({
      text: fenced(`${languageOf(m.edit.path)} ${m.edit.path}`, fn(m).text),
      focus: true,
    }),
    "fence not closed": (m) =>
      m.edit.path.endsWith(".py")
        ? null
        : { text: `${m.edit.path}\n\`\`\`\n${fn(m).text}\n`, focus: true, fixed: true },
    "line numbers": (m) => ({ text: `${m.edit.path}\n${fenced("", numbered(fn(m).text))}`, focus: true }),
    "the same block twice": (m) => ({
      text: `${m.edit.path}\n${fenced("", fn(m).text)}\nOnce more, in full:\n\n${m.edit.path}\n${fenced("", fn(m).text)}`,
      focus: true,
    }),
    "nobody asked for a certain function": (m) =>
      m.edit.name.includes(".") ? null : { text: `${m.edit.path}\n${fenced("", fn(m).text)}` },
  },
  "unified-diff": {
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
  },
  "tool-calls": {
    replace_text: ({ edit }) => ({
      text: "",
      toolCalls: [{ name: "replace_text", arguments: { path: edit.path, old: edit.old, new: edit.next } }],
    }),
    write_file: ({ edit, after }) => ({
      text: "I write the file.",
      toolCalls: [{ name: "write_file", arguments: { path: edit.path, text: after } }],
    }),
    replace_function: (m) => ({
      text: "",
      focus: true,
      toolCalls: [{ name: "replace_function", arguments: { path: m.edit.path, name: m.edit.name, code: fn(m).text } }],
    }),
    "arguments as text": ({ edit }) => ({
      text: "",
      toolCalls: [
        { name: "replace_text", arguments: JSON.stringify({ path: edit.path, old: edit.old, new: edit.next }) },
      ],
    }),
    "arguments twice encoded": ({ edit }) => ({
      text: "",
      toolCalls: [
        {
          name: "replace_text",
          arguments: JSON.stringify(JSON.stringify({ path: edit.path, old: edit.old, new: edit.next })),
        },
      ],
    }),
    "other names of arguments": ({ edit }) => ({
      text: "",
      toolCalls: [
        { name: "replace_text", arguments: { file_path: edit.path, old_string: edit.old, new_string: edit.next } },
      ],
    }),
    "lists of lines": ({ edit }) => ({
      text: "",
      toolCalls: [
        { name: "replace_text", arguments: { path: edit.path, old: edit.old.split("\n"), new: edit.next.split("\n") } },
      ],
    }),
    "written as text": ({ edit }) => ({
      text: fenced(
        "json",
        JSON.stringify(
          { name: "replace_text", arguments: { path: edit.path, old: edit.old, new: edit.next } },
          null,
          2,
        ),
      ),
    }),
    "written between tags": ({ edit }) => ({
      text: `<tool_call>\n${JSON.stringify({ name: "replace_text", arguments: { path: edit.path, old: edit.old, new: edit.next } })}\n</tool_call>`,
    }),
    "raw line breaks in JSON": ({ edit }) => ({
      text: "",
      toolCalls: [
        {
          name: "replace_text",
          arguments: JSON.stringify({ path: edit.path, old: edit.old, new: edit.next }).replaceAll("\\n", "\n"),
        },
      ],
    }),
    "a comma too many": ({ edit }) => ({
      text: "",
      toolCalls: [
        {
          name: "replace_text",
          arguments: JSON.stringify({ path: edit.path, old: edit.old, new: edit.next }).replace(/\}$/, ",}"),
        },
      ],
    }),
    "the same call twice": ({ edit }) => ({
      text: "",
      toolCalls: [1, 2].map(() => ({
        name: "replace_text",
        arguments: { path: edit.path, old: edit.old, new: edit.next },
      })),
    }),
    "fence in the text": ({ edit, after }) => ({
      text: "",
      toolCalls: [{ name: "write_file", arguments: { path: edit.path, text: fenced(languageOf(edit.path), after) } }],
    }),
    "no path": ({ edit }) =>
      edit.program === "stock"
        ? null
        : { text: "", toolCalls: [{ name: "replace_text", arguments: { old: edit.old, new: edit.next } }] },
    "path with ./": ({ edit }) => ({
      text: "",
      toolCalls: [{ name: "replace_text", arguments: { path: `./${edit.path}`, old: edit.old, new: edit.next } }],
    }),
    "deeper indentation": ({ edit }) => ({
      text: "",
      toolCalls: [
        { name: "replace_text", arguments: { path: edit.path, old: deeper(edit.old), new: deeper(edit.next) } },
      ],
    }),
    "two calls": (m) => {
      const second = other(m);
      const { edit, after } = m;
      return second === null
        ? null
        : {
            text: "",
            toolCalls: [
              { name: "replace_text", arguments: { path: edit.path, old: edit.old, new: edit.next } },
              { name: "replace_text", arguments: { path: second.path, old: second.old, new: second.next } },
            ],
            result: { [edit.path]: after, [second.path]: second.source.replace(second.old, () => second.next) },
          };
    },
  },
};
