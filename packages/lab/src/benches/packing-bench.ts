import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Target, type Candidate, type Check, type Submission, type Verdict } from "@pawl/core";
import { below, codeTree, Languages, nodesBetween, splitBlocks } from "@pawl/propose";
import { openSandbox, removeSnapshot, ScoreCheck, scoreOf, takeSnapshot, type ProjectSnapshot } from "@pawl/verify";
import { EVOLVE_PROBLEMS } from "@pawl/worlds";

/** The two numbers of a program: minus the mean excess over the volume bound in percent, and the syntax nodes of its blocks. */
export const SCORE = "score";
export const SIZE = "size";

const FILE = "heuristic.js";
/** Items of an instance that are packed: enough to tell rules apart, few enough for a judgement in some milliseconds. */
const ITEMS = { train: 400, "held-out": 1000 } as const;
const INSTANCES = { train: 5, "held-out": 5 } as const;

/** Packs every instance by the priorities of heuristic.js, which sees copies of the free spaces alone. */
const SCORE_MODULE = `import { priority } from "./heuristic.js";
import data from "./train.json" with { type: "json" };
import heldOut from "./held-out.json" with { type: "json" };

export const score = () => ({ score: mean(data) });
export const fresh = () => ({ score: mean(heldOut) });

function mean({ capacity, instances }) {
  let excess = 0;
  for (const items of instances) {
    const bound = Math.ceil(items.reduce((sum, item) => sum + item, 0) / capacity);
    excess += (bins(items, capacity) - bound) / bound / instances.length;
  }
  return -100 * excess;
}

function bins(items, capacity) {
  const spaces = [capacity];
  let opened = 0;
  for (const item of items) {
    const fitting = [];
    for (let i = 0; i < spaces.length; i++) if (spaces[i] >= item) fitting.push(i);
    const priorities = priority(item, fitting.map((i) => spaces[i]));
    if (!Array.isArray(priorities) || priorities.length !== fitting.length)
      throw new Error("priority must return one number per bin");
    let best = 0;
    for (let k = 0; k < priorities.length; k++) {
      if (!Number.isFinite(priorities[k])) throw new Error("priority returned " + priorities[k]);
      if (priorities[k] > priorities[best]) best = k;
    }
    const chosen = fitting[best];
    if (chosen === spaces.length - 1) {
      opened++;
      spaces.push(capacity);
    }
    spaces[chosen] -= item;
    if (spaces[chosen] === 0) spaces.splice(chosen, 1);
  }
  return opened;
}
`;

const FIRST_FIT = "export const priority = (item, bins) => bins.map(() => 0);\n";
const WORST_SIZE = 1.25;

/** The start: five terms of a priority, a block each, which is the rule of the world's start with two more that do not help. */
function seedProgram(capacity: number): string {
  const block = (name: string, ...lines: readonly string[]): string =>
    [
      `// pawl:block ${name}`,
      `function ${name}(left, item, space) {`,
      ...lines.map((line) => `  ${line}`),
      "}",
      "// pawl:end",
    ].join("\n");
  const blocks = [
    block("tight", "if (left < 10) return 100 - left;", "return 0;"),
    block("opening", `if (space >= ${capacity}) return -100;`, "return 0;"),
    block("slack", "const weight = 1;", "return -weight * left;"),
    block("large", `if (item > ${capacity / 2}) return 5 - left;`, "return 0;"),
    block("leftover", "if (left > 20) return left / 2;", "return 0;"),
  ];
  const sum = ["tight", "opening", "slack", "large", "leftover"].map((name) => `${name}(space - item, item, space)`);
  return `${blocks.join("\n\n")}\n\nexport function priority(item, bins) {\n  return bins.map((space) => ${sum.join(" + ")});\n}\n`;
}

/** Online bin packing as a program of marked blocks with two objectives. */
export interface PackingBench {
  readonly id: string;
  readonly target: Target;
  readonly sources: Readonly<Record<string, string>>;
  readonly languages: Languages;
  /** Judges by the training instances; its verdicts have both numbers. */
  readonly check: Check;
  /** The start's verdict. */
  readonly base: Verdict;
  /** Below this no program is worth anything: the score of first fit, on the training instances and on the fresh ones; and a quarter more syntax nodes than the start has. */
  readonly worst: { readonly train: number; readonly fresh: number; readonly size: number };
  /** Score on instances that no search sees; null when it gives none. */
  freshScore(candidate: Candidate, signal: AbortSignal): Promise<number | null>;
  close(): Promise<void>;
}

/** To be given back, as far as it was opened. */
interface Held {
  readonly root: string;
  readonly checks: ScoreCheck[];
  snapshot?: ProjectSnapshot;
}

/** Opens one of the world's bin-packing problems: `bin-packing-weibull` or `bin-packing-uniform`. */
export async function openPackingBench(id: string, signal: AbortSignal): Promise<PackingBench> {
  const held: Held = { root: mkdtempSync(join(tmpdir(), "pawl-packing-")), checks: [] };
  try {
    return await openIn(held, id, signal);
  } catch (error) {
    await giveBack(held);
    throw error;
  }
}

async function openIn(held: Held, id: string, signal: AbortSignal): Promise<PackingBench> {
  const { root } = held;
  const problem = EVOLVE_PROBLEMS.find((each) => each.id === id);
  if (problem === undefined) throw new RangeError(`there is no problem '${id}'`);
  let capacity = 0;
  for (const split of ["train", "held-out"] as const) {
    const data = JSON.parse(readFileSync(new URL(`${split}.json`, problem.directory), "utf8")) as {
      readonly capacity: number;
      readonly instances: readonly (readonly number[])[];
    };
    capacity = data.capacity;
    const instances = data.instances.slice(0, INSTANCES[split]).map((items) => items.slice(0, ITEMS[split]));
    writeFileSync(join(root, `${split}.json`), JSON.stringify({ capacity, instances }));
  }
  const sources = { [FILE]: seedProgram(capacity) };
  writeFileSync(join(root, FILE), sources[FILE] as string);
  writeFileSync(join(root, "package.json"), '{"type":"module"}');
  writeFileSync(join(root, "score.js"), SCORE_MODULE);
  const snapshot = (held.snapshot = await takeSnapshot(root));
  const sandbox = await openSandbox();
  const languages = await Languages.load();
  const target = new Target(sources, snapshot.hash);
  const scoreBy = (name: string): ScoreCheck => {
    const made = new ScoreCheck({ sandbox, snapshot, score: { module: "score.js", export: name }, timeoutMs: 4000 });
    held.checks.push(made);
    return made;
  };
  const [train, fresh] = [scoreBy("score"), scoreBy("fresh")];
  const check = withSize(train, languages, sources);
  const base = await check.screen({ candidate: target.base, files: {} }, signal);
  const firstFit = { candidate: target.base, files: { [FILE]: FIRST_FIT } };
  const worst = [await train.confirm(firstFit, signal), await fresh.confirm(firstFit, signal)].map((verdict) =>
    scoreOf(verdict, SCORE),
  );
  const size = scoreOf(base, SIZE);
  if (size === null || worst[0] === null || worst[1] === null)
    throw new Error(`the start of '${id}' has no score here`);
  return {
    id,
    target,
    sources,
    languages,
    check,
    base,
    worst: { train: worst[0] as number, fresh: worst[1] as number, size: WORST_SIZE * size },
    async freshScore(candidate, of) {
      const verdict = await fresh.screen({ candidate, files: target.filesOf(candidate) }, of);
      return scoreOf(verdict, SCORE);
    },
    close: () => giveBack(held),
  };
}

async function giveBack({ root, snapshot, checks }: Held): Promise<void> {
  for (const check of checks) await check.close();
  if (snapshot !== undefined) await removeSnapshot(snapshot);
  rmSync(root, { recursive: true, force: true });
}

/** The size is counted here and not by the candidate's process. */
function withSize(check: ScoreCheck, languages: Languages, sources: Readonly<Record<string, string>>): Check {
  const sized = async ({ files }: Submission, judged: Promise<Verdict>): Promise<Verdict> => {
    const verdict = await judged;
    const size = sizeOf(files[FILE] ?? (sources[FILE] as string), languages);
    return verdict.status === "passed" ? { ...verdict, scores: { ...verdict.scores, [SIZE]: [size] } } : verdict;
  };
  return {
    id: check.id,
    deterministic: check.deterministic,
    screen: (submission, signal) => sized(submission, check.screen(submission, signal)),
    confirm: (submission, signal) => sized(submission, check.confirm(submission, signal)),
    close: () => check.close(),
  };
}

/** Syntax nodes of all blocks: comments, names and layout do not count. */
function sizeOf(text: string, languages: Languages): number {
  const root = codeTree(languages, text, FILE);
  if (root === null) return Number.POSITIVE_INFINITY;
  return splitBlocks(text, FILE)
    .blocks.flatMap(({ start, end }) => nodesBetween(root, start, end))
    .reduce((sum, node) => sum + [...below(node)].length, 0);
}
