import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fix, showRun } from "@pawl/improve";
import { FEEDBACK_LEVELS, type FeedbackLevel } from "@pawl/propose";
import { CONTEXT_TOKENS } from "./real-fix.ts";
import { fetchModel } from "./real-model.ts";

const DATA = new URL("../../docs/data/small-model.json", import.meta.url);
/** For one function: some eight questions with their corrections. */
const TOKENS = 6000;

interface SmallFunction {
  readonly name: string;
  readonly broken: string;
  /** Calls and what they have to give. */
  readonly cases: readonly (readonly [call: string, expected: string])[];
}

/** One wrong token each, and nothing else in the file. */
const FUNCTIONS: readonly SmallFunction[] = [
  {
    name: "add",
    broken: "(a, b) => a - b",
    cases: [
      ["add(2, 3)", "5"],
      ["add(0, 1)", "1"],
    ],
  },
  {
    name: "larger",
    broken: "(a, b) => (a < b ? a : b)",
    cases: [
      ["larger(2, 3)", "3"],
      ["larger(5, 1)", "5"],
    ],
  },
  {
    name: "isEven",
    broken: "(n) => n % 2 === 1",
    cases: [
      ["isEven(4)", "true"],
      ["isEven(7)", "false"],
    ],
  },
  {
    name: "last",
    broken: "(list) => list[list.length]",
    cases: [
      ["last([1, 2])", "2"],
      ["last([7])", "7"],
    ],
  },
  {
    name: "square",
    broken: "(n) => n * 2",
    cases: [
      ["square(3)", "9"],
      ["square(5)", "25"],
    ],
  },
  {
    name: "isEmpty",
    broken: "(text) => text.length > 0",
    cases: [
      ['isEmpty("")', "true"],
      ['isEmpty("a")', "false"],
    ],
  },
];

/** What docs/models.md shows. */
export interface SmallModelLine {
  readonly feedback: FeedbackLevel;
  readonly functions: number;
  readonly solved: number;
  readonly answers: number;
  readonly candidates: number;
  readonly tokens: number;
}

/**
 * Reported only: how often the real small model repairs a function of one line, told as much as each level of feedback tells. Where it solves nothing at
 * the default level, the others are not tried.
 */
export async function claimSmallModel(quick: boolean): Promise<void> {
  let model: string;
  try {
    model = fetchModel();
  } catch (error) {
    console.log(`skipped: the model or node-llama-cpp cannot be had here: ${(error as Error).message.split("\n")[0]}`);
    return;
  }
  const functions = quick ? FUNCTIONS.slice(0, 1) : FUNCTIONS;
  const lines = [await measure("tests", functions, model)];
  if ((lines[0]?.solved ?? 0) > 0)
    for (const feedback of FEEDBACK_LEVELS)
      if (feedback !== "tests") lines.push(await measure(feedback, functions, model));
  if (!quick) writeFileSync(DATA, `${JSON.stringify(lines, null, 2)}\n`);
}

async function measure(
  feedback: FeedbackLevel,
  functions: readonly SmallFunction[],
  model: string,
): Promise<SmallModelLine> {
  const sum = { solved: 0, answers: 0, candidates: 0, tokens: 0 };
  for (const { name, broken, cases } of functions) {
    const root = mkdtempSync(join(tmpdir(), "pawl-small-"));
    try {
      const tests = cases.map(
        ([call, expected]) => `test("${call.replaceAll('"', "'")}", () => assert.equal(${call}, ${expected}));\n`,
      );
      writeFileSync(join(root, "package.json"), '{"type":"module","scripts":{"test":"node --test"}}');
      writeFileSync(join(root, `${name}.js`), `export const ${name} = ${broken};\n`);
      writeFileSync(
        join(root, `${name}.test.js`),
        `import { test } from "node:test";\nimport assert from "node:assert";\nimport { ${name} } from "./${name}.js";\n${tests.join("")}`,
      );
      const result = await fix({
        root,
        proposer: "model:small",
        models: { small: { id: model, contextTokens: CONTEXT_TOKENS, concurrency: 1 } },
        feedback,
        budget: { evaluations: 12, tokens: TOKENS },
        seed: 1,
      });
      const { attempts } = showRun(join(root, ".pawl"), result.run);
      sum.solved += Number(result.status === "fixed");
      sum.answers += result.answers?.answers ?? 0;
      sum.tokens += result.answers?.tokens ?? 0;
      sum.candidates += attempts.length;
      console.log(
        `${feedback}: ${name}: ${result.status}, ${attempts.length} candidates: ${attempts.map(({ status }) => status).join(" ")}`,
      );
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }
  console.log(`${feedback}: ${sum.solved} of ${functions.length} repaired (reported only)`);
  return { feedback, functions: functions.length, ...sum };
}
