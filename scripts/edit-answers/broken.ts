import { block, fenced, hash, frozenOf, twice, fn, diffOf, callOf, type Format, type Defect } from "./draft.ts";

/** Answers that cannot be applied, with what the reason has to say. */
export const BROKEN: Readonly<Record<Format, Readonly<Record<string, Defect>>>> = {
  "search-replace": {
    "two places": ({ edit }) => ({
      text: block(...(twice[edit.program] as [string, string, string])),
      refuse: "\\d places .*lines? \\d",
    }),
    "left out in the replacement": ({ edit }) => ({
      text: block(edit.path, edit.old, `${edit.next}\n    ${hash(edit.path)} ... rest of the function unchanged`),
      refuse: "left out",
    }),
    "left out in both": ({ edit }) => ({
      text: block(edit.path, `${edit.old}\n    ...`, `${edit.next}\n    ...`),
      refuse: "left out",
    }),
    "cut in the replacement": ({ edit }) => ({
      text: block(edit.path, edit.old, edit.next).slice(0, -22),
      cut: true,
      fixed: true,
      refuse: "cut|breaks off",
    }),
    "cut in the search text": ({ edit }) => ({
      text: `${edit.path}\n<<<<<<< SEARCH\n${edit.old.slice(0, -4)}`,
      cut: true,
      fixed: true,
      refuse: "breaks off",
    }),
    "frozen file": ({ edit }) => ({
      text: block(frozenOf(edit)[0], frozenOf(edit)[1].trimEnd(), "// gone"),
      refuse: "may not be changed",
    }),
    "unknown file": ({ edit }) => ({
      text: block(edit.path.replace("/", "/other/"), edit.old, edit.next),
      refuse: "no file",
    }),
    "outside of the project": ({ edit }) => ({
      text: block(`../../${edit.path}`, edit.old, edit.next),
      refuse: "no file",
    }),
    "nothing changes": ({ edit }) => ({
      text: block(edit.path, edit.old, edit.old),
      refuse: "nothing would change|changes nothing",
    }),
    "text that is not there": ({ edit }) => ({
      text: block(edit.path, edit.old.replace(/\w+(?=\W*$)/, "somethingElse"), edit.next),
      refuse: "is not in",
    }),
    "no line between": ({ edit }) => ({
      text: block(edit.path, edit.old, edit.next).replace("=======\n", ""),
      refuse: "=======",
    }),
    "empty search text": ({ edit }) => ({ text: block(edit.path, "", edit.next), refuse: "empty" }),
    "only text": () => ({ text: "The code is right as it is; the test expects the wrong value.", refuse: "no edit" }),
    "nothing at all": () => ({ text: "", fixed: true, refuse: "no edit" }),
    "already done": ({ edit, after }) => ({
      text: block(edit.path, edit.old, edit.next),
      files: { [edit.path]: after },
      refuse: "there already|is not in",
    }),
  },
  "whole-file": {
    "left out": ({ edit, after }) => ({
      text: `${edit.path}\n${fenced("", `${after.split("\n").slice(0, 12).join("\n")}\n${hash(edit.path)} ... rest of the file unchanged\n`)}`,
      refuse: "left out",
    }),
    "left out, in words": ({ edit, after }) => ({
      text: `${edit.path}\n${fenced("", `${after.split("\n").slice(0, 3).join("\n")}\n\n${hash(edit.path)} existing code here\n`)}`,
      refuse: "left out",
    }),
    cut: ({ edit, after }) => ({
      text: `${edit.path}\n\`\`\`\n${after.slice(0, Math.floor(after.length * 0.7))}`,
      cut: true,
      fixed: true,
      refuse: "breaks off",
    }),
    "one function only": (m) => ({
      text: `${m.edit.path}\n${fenced("", m.edit.name.includes(".") ? `class Other${m.edit.path.endsWith(".py") ? ":\n    pass" : " {}"}` : fn(m).text)}`,
      refuse: "leaves out",
    }),
    "frozen file": ({ edit }) => ({
      text: `${frozenOf(edit)[0]}\n${fenced("", "// no tests\n")}`,
      refuse: "may not be changed",
    }),
    "unknown file": ({ edit, after }) => ({
      text: `src/new-file${edit.path.slice(edit.path.lastIndexOf("."))}\n${fenced("", after)}`,
      refuse: "no file",
    }),
    "nothing changes": ({ edit, source }) => ({ text: `${edit.path}\n${fenced("", source)}`, refuse: "as it is" }),
    "does not parse": ({ edit, after }) => ({
      text: `${edit.path}\n${fenced("", `${after}\n)))\n`)}`,
      refuse: "does not parse",
    }),
    "empty block": ({ edit }) => ({ text: `${edit.path}\n\`\`\`\n\`\`\`\n`, refuse: "empty" }),
    "no path, several files": ({ edit, after }) =>
      edit.program === "stock" ? { text: fenced("", after), refuse: "without the path" } : null,
    "only text": () => ({ text: "I cannot see a fault here.", refuse: "no edit" }),
  },
  "whole-function": {
    "left out": (m) => {
      const lines = fn(m).text.split("\n");
      return {
        text: `${m.edit.path}\n${fenced("", [lines[0], `    ${hash(m.edit.path)} ... existing code ...`, ...lines.slice(-1)].join("\n"))}`,
        focus: true,
        refuse: "left out",
      };
    },
    cut: (m) => ({
      text: `${m.edit.path}\n\`\`\`\n${fn(m).text.slice(0, Math.floor(fn(m).text.length * 0.6))}`,
      focus: true,
      cut: true,
      fixed: true,
      refuse: "breaks off",
    }),
    "unknown name": (m) => ({
      text: `${m.edit.path}\n${fenced("", m.edit.path.endsWith(".py") ? "def other_name(a):\n    return a\n" : "function otherName(a) {\n  return a;\n}\n")}`,
      focus: true,
      refuse: "has no function",
    }),
    "two of that name": (m) =>
      m.edit.name === "Account.deposit" || m.edit.name === "Vault.deposit" || m.edit.name === "Queue.push"
        ? { text: `${m.edit.path}\n${fenced("", fn(m).text)}`, refuse: "2 functions called \\w+, at lines \\d+, \\d+" }
        : null,
    "frozen file": (m) => ({
      text: `${frozenOf(m.edit)[0]}\n${fenced("", fn(m).text)}`,
      focus: true,
      refuse: "may not be changed",
    }),
    "nothing changes": (m) => ({
      text: `${m.edit.path}\n${fenced("", fn(m).before)}`,
      focus: true,
      refuse: "nothing would change",
    }),
    "does not parse": (m) => ({
      text: `${m.edit.path}\n${fenced("", `${fn(m).text}\n))`)}`,
      focus: true,
      refuse: "does not parse",
    }),
    "only text": () => ({ text: "The function is fine.", focus: true, refuse: "no edit" }),
  },
  "unified-diff": {
    "two places, no numbers": ({ edit }) => {
      const [path, old, next] = twice[edit.program] as [string, string, string];
      return edit.program === "text"
        ? null
        : {
            text: fenced("diff", `--- a/${path}\n+++ b/${path}\n@@ @@\n-${old}\n+${next}\n`),
            refuse: "\\d places .*lines \\d",
          };
    },
    "left out": (m) => ({
      text: fenced(
        "diff",
        diffOf(m)
          .replace(/^[+].*$/m, (line) => (line.startsWith("+++") ? line : `${line}\n+    // ... rest unchanged`))
          .replace(/\n-(?!--)/, `\n+  ${hash(m.edit.path)} ... rest unchanged\n-`),
      ),
      refuse: "left out",
    }),
    cut: (m) => {
      const diff = diffOf(m);
      const plus = diff.lastIndexOf("\n+");
      return {
        text: `\`\`\`diff\n${diff.slice(0, plus + 8)}`,
        cut: true,
        fixed: true,
        refuse: "breaks off|changes nothing",
      };
    },
    "frozen file": ({ edit }) => ({
      text: fenced(
        "diff",
        `--- a/${frozenOf(edit)[0]}\n+++ b/${frozenOf(edit)[0]}\n@@ -1 +1 @@\n-${frozenOf(edit)[1].trimEnd()}\n+// gone\n`,
      ),
      refuse: "may not be changed",
    }),
    "deletes the file": (m) => ({
      text: fenced(
        "diff",
        `--- a/${m.edit.path}\n+++ /dev/null\n@@ -1,2 +0,0 @@\n${m.source
          .split("\n")
          .slice(0, 2)
          .map((line) => `-${line}`)
          .join("\n")}\n`,
      ),
      refuse: "not deleted",
    }),
    "makes a new file": () => ({
      text: fenced("diff", "--- /dev/null\n+++ b/src/extra.js\n@@ -0,0 +1 @@\n+export const extra = 1;\n"),
      refuse: "no file",
    }),
    "changes nothing": (m) => ({
      text: fenced(
        "diff",
        diffOf(m)
          .split("\n")
          .filter((line, i) => i < 3 || !/^[-+]/.test(line))
          .join("\n"),
      ),
      refuse: "changes nothing",
    }),
    "text that is not there": (m) => ({
      text: fenced("diff", diffOf(m).replace(/^-(?!--).*$/gm, "-    entirely.different(code, here);")),
      refuse: "is not in",
      ...(m.edit.name === "wrap" ? { refuse: "is not in" } : {}),
    }),
    "new lines without a place": ({ edit }) => ({
      text: fenced("diff", `--- a/${edit.path}\n+++ b/${edit.path}\n@@ @@\n+    log(1)\n`),
      refuse: "no line of context",
    }),
    "only text": () => ({ text: "No change is needed.", refuse: "no edit" }),
  },
  "tool-calls": {
    "cut in the arguments": ({ edit }) => ({
      text: "",
      toolCalls: [
        {
          name: "replace_text",
          arguments: JSON.stringify({ path: edit.path, old: edit.old, new: edit.next }).slice(0, -14),
        },
      ],
      cut: true,
      refuse: "break off",
    }),
    "unknown tool": ({ edit }) => ({
      ...callOf("run_shell", { command: `sed -i s/a/b/ ${edit.path}` }),
      refuse: "no tool 'run_shell'",
    }),
    "an argument is missing": ({ edit }) => ({
      ...callOf("replace_text", { path: edit.path, old: edit.old }),
      refuse: "no text 'new'",
    }),
    "left out": ({ edit }) => ({
      ...callOf("replace_text", { path: edit.path, old: edit.old, new: `${edit.next}\n${hash(edit.path)} ...` }),
      refuse: "left out",
    }),
    "two places": ({ edit }) => {
      const [path, old, next] = twice[edit.program] as [string, string, string];
      return { ...callOf("replace_text", { path, old, new: next }), refuse: "\\d places .*lines? \\d" };
    },
    "frozen file": ({ edit }) => ({
      ...callOf("write_file", { path: frozenOf(edit)[0], text: "// gone\n" }),
      refuse: "may not be changed",
    }),
    "nothing changes": ({ edit }) => ({
      ...callOf("replace_text", { path: edit.path, old: edit.old, new: edit.old }),
      refuse: "nothing would change|changes nothing",
    }),
    "a part as the whole file": (m) => ({
      ...callOf("write_file", { path: m.edit.path, text: m.source.split("\n").slice(0, 4).join("\n") }),
      refuse: "leaves out|does not parse",
    }),
    "no call": () => ({ text: "I would change the sign.", refuse: "no edit" }),
    "cut in the text": ({ edit }) => ({
      text: JSON.stringify({
        name: "replace_text",
        arguments: { path: edit.path, old: edit.old, new: edit.next },
      }).slice(0, -9),
      cut: true,
      fixed: true,
      refuse: "breaks off",
    }),
  },
};
