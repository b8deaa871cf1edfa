import type { Model } from "../model/model.ts";
import { textForms } from "../prompts/forms.ts";
import { buildPrompt } from "../prompts/prompt.ts";
import type { PromptTemplates } from "../prompts/templates.ts";
import type { LineExplanation } from "./explain-lines.ts";

const MOST_OUTPUT = 1200;

/** A model's own explanation of a source, line by line. It is not told whether the code is right. Lines the code does not have are left out. */
export async function explainWithModel(
  model: Model,
  templates: PromptTemplates,
  source: string,
  signal: AbortSignal,
): Promise<LineExplanation[]> {
  const lines = source.split("\n");
  const numbered = lines.map((line, i) => `${i + 1}: ${line}`).join("\n");
  const forms = textForms(numbered, (code) => templates.render("explain-code", { code }));
  const { messages } = buildPrompt([{ name: "code", priority: 1, required: true, forms }], {
    contextTokens: model.contextTokens,
    maxOutputTokens: MOST_OUTPUT,
    countTokens: (text) => model.countTokens(text),
  });
  const answer = await model.generate({ messages, maxOutputTokens: MOST_OUTPUT, temperature: 0 }, signal);
  return readExplanations(answer.text, lines.length);
}

/** The lines of the form `number: explanation`, each number once. */
export function readExplanations(text: string, count: number): LineExplanation[] {
  const found = new Map<number, string>();
  for (const line of text.split("\n")) {
    const [, number, said] = /^\s*(?:[-*]\s*)?(?:line\s*)?`?(\d+)`?\s*[:.)]\s*(.+?)\s*$/i.exec(line) ?? [];
    const at = Number(number);
    if (said !== undefined && at >= 1 && at <= count && !found.has(at)) found.set(at, said);
  }
  return [...found].toSorted(([a], [b]) => a - b).map(([line, said]) => ({ line, text: said }));
}
