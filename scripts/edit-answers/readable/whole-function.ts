import { mapLines, deeper, unitOf, languageOf, fenced, hash, numbered, fn, type Defect } from "../draft.ts";

/** A whole function anew, in ways that a careful reader understands. */
export const wholeFunction: Readonly<Record<string, Defect>> = {
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
    m.edit.path.endsWith(".py") ? null : { text: `${m.edit.path}\n\`\`\`\n${fn(m).text}\n`, focus: true, fixed: true },
  "line numbers": (m) => ({ text: `${m.edit.path}\n${fenced("", numbered(fn(m).text))}`, focus: true }),
  "the same block twice": (m) => ({
    text: `${m.edit.path}\n${fenced("", fn(m).text)}\nOnce more, in full:\n\n${m.edit.path}\n${fenced("", fn(m).text)}`,
    focus: true,
  }),
  "nobody asked for a certain function": (m) =>
    m.edit.name.includes(".") ? null : { text: `${m.edit.path}\n${fenced("", fn(m).text)}` },
};
