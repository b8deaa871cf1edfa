import { deeper, languageOf, fenced, fn, other, type Defect } from "../draft.ts";

/** Calls of editing tools, in ways that a careful reader understands. */
export const toolCalls: Readonly<Record<string, Defect>> = {
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
      JSON.stringify({ name: "replace_text", arguments: { path: edit.path, old: edit.old, new: edit.next } }, null, 2),
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
};
