import type { Languages } from "../syntax/languages.ts";
import type { ModelTool, ModelToolCall } from "../model/model.ts";
import { Reading, answerLines } from "./answer.ts";
import type { EditFormat } from "./edit-format.ts";
import { replaceFunctions } from "./function-edit.ts";
import { callsInText, parseLoosely } from "./loose-json.ts";
import { replace } from "./search-replace.ts";
import { writeFile } from "./whole-file.ts";

const text = (description: string): Record<string, unknown> => ({ type: "string", description });

const TOOLS: readonly ModelTool[] = [
  {
    name: "replace_text",
    description:
      "Replaces some lines of a file that may be changed. The old text has to stand at one place of the file only.",
    parameters: {
      type: "object",
      properties: {
        path: text("path of the file"),
        old: text("lines as they are, copied exactly"),
        new: text("lines as they shall be"),
      },
      required: ["path", "old", "new"],
      additionalProperties: false,
    },
  },
  {
    name: "replace_function",
    description: "Replaces one function or method of a file by a new one of the same name.",
    parameters: {
      type: "object",
      properties: {
        path: text("path of the file"),
        name: text("f, or Class.method"),
        code: text("the whole function"),
      },
      required: ["path", "name", "code"],
      additionalProperties: false,
    },
  },
  {
    name: "write_file",
    description: "Replaces the whole text of a file that may be changed.",
    parameters: {
      type: "object",
      properties: { path: text("path of the file"), text: text("its whole new text") },
      required: ["path", "text"],
      additionalProperties: false,
    },
  },
];

/** What models call the same arguments. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  path: ["path", "file", "file_path", "filepath", "filename"],
  old: ["old", "old_text", "old_string", "old_str", "search", "find"],
  new: ["new", "new_text", "new_string", "new_str", "replace", "replacement"],
  name: ["name", "function", "function_name"],
  code: ["code", "function_code", "text", "content", "body"],
  text: ["text", "content", "contents", "file_text", "code"],
};

/** Calls of tools that edit; written as JSON in the text where a model cannot call. */
export function toolCalls(languages: Languages): EditFormat {
  return {
    id: "tool-calls",
    instructions:
      "Make each change by calling one of the tools replace_text, replace_function and write_file. Leave nothing out of the texts you give them: no '...' and no 'rest unchanged'.",
    tools: TOOLS,
    parse(answer, context) {
      const reading = new Reading(answer, context);
      const lines = answerLines(answer.text, reading);
      const written =
        answer.toolCalls.length === 0
          ? callsInText(lines.join("\n"))
          : { calls: [], rest: lines.join("\n"), broken: 0 };
      reading.explain([written.rest]);
      if (written.calls.length > 0) reading.note("the calls were written as text");
      if (written.broken > 0)
        reading.problem(
          null,
          reading.cut ? "a call breaks off; make it again, shorter" : "a call is no complete JSON; make it again",
        );
      const seen = new Set<string>();
      [...answer.toolCalls, ...written.calls].forEach((call, i, all) => {
        const key = JSON.stringify([call.name, call.arguments]);
        if (seen.has(key)) reading.note(`call ${i + 1} repeats an earlier one`);
        else apply(reading, languages, call, all.length === 1 ? call.name : `${call.name} (call ${i + 1})`);
        seen.add(key);
      });
      return reading.finish();
    },
  };
}

function apply(reading: Reading, languages: Languages, call: ModelToolCall, name: string): void {
  reading.attempted = true;
  const tool = TOOLS.find((each) => each.name === call.name.replace(/^functions\./, ""));
  if (tool === undefined)
    return reading.problem(
      null,
      `there is no tool '${call.name}'; there are: ${TOOLS.map((each) => each.name).join(", ")}`,
    );
  const given = typeof call.arguments === "string" ? parseLoosely(call.arguments) : call.arguments;
  if (typeof given !== "object" || given === null || Array.isArray(given))
    return reading.problem(
      null,
      reading.cut
        ? `the arguments of ${name} break off; make the call again, shorter`
        : `the arguments of ${name} are no JSON object; make the call again`,
    );
  const values: Record<string, string> = {};
  for (const argument of tool.parameters["required"] as string[]) {
    const key = NAMES[argument]?.find((each) => Object.hasOwn(given, each));
    const value = key === undefined ? undefined : (given as Record<string, unknown>)[key];
    const isMissingPath = argument === "path" && value === undefined && reading.onlyPath !== null;
    if (isMissingPath) {
      reading.note(`${name} comes without a path and was taken for ${reading.onlyPath}`);
      values["path"] = reading.onlyPath as string;
    } else if (typeof value === "string") values[argument] = value;
    else if (Array.isArray(value) && value.every((line) => typeof line === "string"))
      values[argument] = value.join("\n");
    else
      return reading.problem(
        null,
        `${name} has no text '${argument}'; give ${(tool.parameters["required"] as string[]).join(", ")}`,
      );
  }
  const { path = "", old = "", new: next = "", name: wanted = null, code = "", text: whole = "" } = values;
  const draft = reading.open(path);
  if (draft === null) return;
  const linesOf = (value: string): string[] => {
    const plain = value.replaceAll(/\r\n?/g, "\n").replace(/\n$/, "");
    const lines = plain.split("\n");
    const fenced = /^\s*```/.test(lines[0] ?? "") && /^\s*```\s*$/.test(lines.at(-1) ?? "") && lines.length > 1;
    return value === "" ? [] : fenced ? lines.slice(1, -1) : lines;
  };
  if (tool.name === "replace_text") replace(reading, draft, linesOf(old), linesOf(next), `the old text of ${name}`);
  else if (tool.name === "replace_function") replaceFunctions(reading, languages, draft, linesOf(code), wanted);
  else writeFile(reading, languages, draft, { path, lines: linesOf(whole), closed: true });
}
