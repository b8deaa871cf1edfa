import { FAULT_CLASSES, type Critic, type FaultClass } from "@pawl/core";
import { parseLoosely } from "../edit-formats/loose-json.ts";
import type { Model } from "../model/model.ts";
import { listForms, textForms } from "../prompts/forms.ts";
import { buildPrompt } from "../prompts/prompt.ts";
import type { PromptTemplates } from "../prompts/templates.ts";

const MOST_OUTPUT = 400;

/** Asks a model what kind of fault a failed candidate has. An answer that cannot be read is no critique. */
export class ModelFaultCritic implements Critic {
  readonly id: string;
  readonly #model: Model;
  readonly #templates: PromptTemplates;

  constructor(model: Model, templates: PromptTemplates) {
    this.id = `fault-model ${model.id}`;
    this.#model = model;
    this.#templates = templates;
  }

  critique: Critic["critique"] = async ({ files }, verdict, { read, suspiciousness, signal }) => {
    if (
      verdict === null ||
      verdict.status === "passed" ||
      verdict.status === "tampered" ||
      verdict.status === "infrastructure"
    )
      return null;
    const paths = [...new Set([...Object.keys(files), ...Object.keys(suspiciousness)])];
    const code = paths.map((path) => `${path}:\n${numbered(files[path] ?? read(path))}`);
    const evidence = verdict.feedback.map(({ name = "", message, expected, actual }) =>
      `${name}: ${message}${expected === undefined ? "" : `; expected ${expected}, got ${actual}`}`.replace(/^: /, ""),
    );
    // One template with two long values: the code gives way first, then the evidence.
    const kinds = FAULT_CLASSES.join(", ");
    const [shortest = ""] = evidence;
    const fill = (shown: string, said: string): string =>
      this.#templates.render("classify-fault", { kinds, code: shown, evidence: said });
    const forms = [
      ...textForms(code.join("\n\n"), (shown) => fill(shown, evidence.join("\n"))),
      ...listForms(evidence, (said) => fill("(not shown)", said)),
      { extent: "the first failure only", text: fill("(not shown)", shortest) },
    ];
    const { messages } = buildPrompt([{ name: "code and evidence", priority: 1, required: true, forms }], {
      contextTokens: this.#model.contextTokens,
      maxOutputTokens: MOST_OUTPUT,
      countTokens: (text) => this.#model.countTokens(text),
    });
    const answer = await this.#model.generate({ messages, maxOutputTokens: MOST_OUTPUT, temperature: 0 }, signal);
    const found = readFault(answer.text);
    if (found === null) return null;
    const { kind, line, cause, confidence } = found;
    const rest = (1 - confidence) / (FAULT_CLASSES.length - 1);
    const shares = Object.fromEntries(FAULT_CLASSES.map((each) => [each, each === kind ? confidence : rest]));
    const [path] = paths;
    return {
      critic: this.id,
      text: `${cause} (${kind}${line === null ? "" : `, line ${line}`})`,
      finding: { kinds: shares, ...(line === null || path === undefined || paths.length > 1 ? {} : { path, line }) },
    };
  };
}

/** The JSON object in an answer, checked; null when there is none of that form. */
export function readFault(text: string): {
  readonly kind: FaultClass;
  readonly line: number | null;
  readonly cause: string;
  readonly confidence: number;
} | null {
  const start = text.indexOf("{");
  const end = text.lastIndexOf("}");
  const value = start === -1 || end < start ? undefined : parseLoosely(text.slice(start, end + 1));
  if (typeof value !== "object" || value === null) return null;
  const { kind, line, cause, confidence } = value as Record<string, unknown>;
  const known = FAULT_CLASSES.find((each) => each === String(kind).trim().toLowerCase().replaceAll(/[ _]/g, "-"));
  if (known === undefined) return null;
  const sure = typeof confidence === "number" && confidence >= 0 && confidence <= 1 ? confidence : 0.5;
  return {
    kind: known,
    line: Number.isInteger(line) && (line as number) > 0 ? (line as number) : null,
    cause: typeof cause === "string" ? cause.slice(0, 500) : "",
    confidence: Math.max(sure, 1 / FAULT_CLASSES.length),
  };
}

function numbered(text: string): string {
  return text
    .split("\n")
    .map((line, i) => `${i + 1}: ${line}`)
    .join("\n");
}
