import type { ExportFormat } from "./rows.ts";

/** The part of JSON Schema (draft 2020-12) that rows need. */
export interface Schema {
  readonly type: "object" | "array" | "string" | "number" | "boolean";
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly string[];
  readonly minLength?: number;
}

export type Shape = "conversational" | "standard";

const TEXT: Schema = { type: "string", minLength: 1 };
const STRING: Schema = { type: "string" };
const STRINGS: Schema = { type: "array", items: STRING };

/**
 * What a row of a format looks like. The columns in front are those that the trainers of TRL read
 * (https://huggingface.co/docs/trl/dataset_formats): `messages` or `prompt` and `completion` for SFT; `prompt`, `chosen`, `rejected` for DPO;
 * `prompt`, `completion`, `label` for KTO; `prompt` for GRPO, which hands all other columns to the reward functions.
 */
export function schemaOf(format: ExportFormat, shape: Shape): Schema {
  const standard = shape === "standard";
  const one = (role: string): Schema => (standard ? TEXT : messages(1, 1, [role]));
  const dialogue = (turns: number): Readonly<Record<string, Schema>> =>
    standard ? { prompt: TEXT, completion: TEXT } : { messages: messages(turns, turns, ["user", "assistant"]) };
  const columns: Readonly<Record<ExportFormat, Readonly<Record<string, Schema>>>> = {
    sft: dialogue(2),
    dpo: { prompt: one("user"), chosen: one("assistant"), rejected: one("assistant") },
    kto: { prompt: one("user"), completion: one("assistant"), label: { type: "boolean" } },
    grpo: {
      prompt: one("user"),
      completions: { type: "array", items: TEXT, minItems: 2 },
      rewards: { type: "array", items: { type: "number" }, minItems: 2 },
      verify: object({
        kind: { type: "string", enum: ["tests", "score"] },
        command: STRING,
        tests: STRINGS,
        objective: STRING,
        direction: STRING,
        tree: TEXT,
      }),
    },
    critique: { ...dialogue(2), label: { type: "boolean" } },
    corrections: dialogue(4),
  };
  return object({ ...columns[format], pawl: PROVENANCE });
}

const PROVENANCE: Schema = object({
  task: TEXT,
  run: TEXT,
  candidates: { ...STRINGS, minItems: 1 },
  verdicts: { type: "array", items: { type: "string", enum: ["confirmed", "screened"] }, minItems: 1 },
  proposers: { ...STRINGS, minItems: 1 },
  answers: STRINGS,
  logProbabilities: { type: "array", items: { type: "number" } },
  licence: TEXT,
});

function messages(least: number, most: number, roles: readonly string[]): Schema {
  const message = object({ role: { type: "string", enum: roles }, content: TEXT });
  return { type: "array", items: message, minItems: least, maxItems: most };
}

function object(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

const INDENT = "  ";

/** The columns as `datasets` wants them in the head of a README, so that an empty list or a whole number is not taken for another type. */
export function featureLines(schema: Schema, indent = ""): readonly string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, column]) => [
    `${indent}- name: ${name}`,
    ...kindLines(column, indent + INDENT),
  ]);
}

function kindLines(schema: Schema, indent: string): readonly string[] {
  if (schema.type === "object") return [`${indent}struct:`, ...featureLines(schema, indent)];
  if (schema.type !== "array") return [`${indent}dtype: ${dtype(schema)}`];
  const items = schema.items as Schema;
  if (items.type === "object") return [`${indent}list:`, ...featureLines(items, indent)];
  return [`${indent}list: ${dtype(items)}`];
}

function dtype({ type }: Schema): string {
  return type === "number" ? "float64" : type === "boolean" ? "bool" : "string";
}
