import { FAULT_CLASSES } from "@pawl/core";
import * as z from "zod";

export const LANGUAGES = ["javascript", "typescript", "python"] as const;
export type RepairLanguage = (typeof LANGUAGES)[number];

export const SPLITS = ["train", "test"] as const;
export type RepairSplit = (typeof SPLITS)[number];

/**
 * A value as it stands in `task.json`: JSON, with tags for what JSON cannot
 * write, such as `{"$": "NaN"}` or `{"$": "Map", "v": [[key, value]]}`.
 */
export type TaggedValue =
  | null
  | boolean
  | number
  | string
  | readonly TaggedValue[]
  | { readonly [name: string]: TaggedValue };

const BARE_TAGS = ["undefined", "NaN", "Infinity", "-Infinity", "-0"] as const;
const TEXT_TAGS = ["bigint", "Date"] as const;
const LIST_TAGS = ["Set", "tuple", "set"] as const;
const PAIR_TAGS = ["Map", "dict"] as const;

const text = z.string().min(1, "is empty");

const NO_VALUE = `is no value: JSON, where {"$": …} is one of ${[...BARE_TAGS, ...TEXT_TAGS, ...LIST_TAGS, ...PAIR_TAGS].join(", ")}`;

const value: z.ZodType<TaggedValue> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(value), tagged, untagged], NO_VALUE),
);
const tagged = z.discriminatedUnion("$", [
  z.strictObject({ $: z.enum(BARE_TAGS) }),
  z.strictObject({ $: z.enum(TEXT_TAGS), v: z.string() }),
  z.strictObject({ $: z.enum(LIST_TAGS), v: z.array(value) }),
  z.strictObject({ $: z.enum(PAIR_TAGS), v: z.array(z.tuple([value, value])) }),
]);
const untagged = z.record(z.string(), value).refine((record) => !("$" in record), NO_VALUE);

/** One call of an exported function with what it has to give. Async functions are awaited. */
const functionCase = z
  .strictObject({
    name: text.exactOptional(),
    call: text,
    args: z.array(value),
    /** The value it returns. */
    returns: value.exactOptional(),
    /** The name of the error it throws, such as "RangeError". */
    throws: text.exactOptional(),
    /** The arguments after the call, to see whether they were changed. */
    argsAfter: z.array(value).exactOptional(),
    /** How far numbers in the result may be off; 0 when left out. */
    tolerance: z.number().nonnegative().exactOptional(),
  })
  .refine(({ returns, throws }) => (returns === undefined) !== (throws === undefined), {
    error: 'needs either "returns" or "throws"',
  });

/** One fault: a snippet of the buggy code and what it is in the fixed code. */
const fault = z
  .strictObject({
    class: z.enum(FAULT_CLASSES),
    /** The file it is in, relative to `buggy/`. */
    file: text,
    /** Occurs exactly once in the buggy file. */
    before: text,
    after: z.string(),
    /** What is wrong, or the rule that is broken, in a phrase. */
    note: text,
  })
  .refine(({ before, after }) => before !== after, { error: 'has the same text as "before" and "after"' });

/** What a `task.json` holds. */
export const TASK_FORMAT = z.strictObject({
  id: z.string().regex(/^[a-z]+(-[a-z0-9]+)+$/, 'is not made of lower-case words joined by "-"'),
  title: text,
  language: z.enum(LANGUAGES),
  split: z.enum(SPLITS),
  /** The file whose functions the cases call. */
  module: text,
  /** One fault, or two or three in a compound task. */
  faults: z.array(fault).min(1, "holds none: give one, two or three").max(3, "holds too many: give one, two or three"),
  /** The cases a repair may look at. */
  visible: z.array(functionCase),
  /** The cases a repair is judged by, not shown to it. */
  hidden: z.array(functionCase),
});

export type FunctionCase = z.infer<typeof functionCase>;
export type RepairFault = z.infer<typeof fault>;

export interface RepairTask extends Readonly<z.infer<typeof TASK_FORMAT>> {
  /** The folder of the task. */
  readonly dir: string;
  /** The code with the faults, by file name. */
  readonly buggy: Readonly<Record<string, string>>;
  /** The reference repair, by file name. */
  readonly fixed: Readonly<Record<string, string>>;
}
