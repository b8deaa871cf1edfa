import { Rng } from "@pawl/core";
import { estree } from "@pawl/propose";
import type { FunctionCase, Sandbox, WireValue } from "@pawl/verify";
import { Bench } from "../../packages/improve/src/self-agent/bench.ts";
import type { Program } from "../../packages/improve/src/self-agent/programs.ts";
import { baseAgent, partsLibrary } from "../../packages/improve/src/self-agent/workspace.ts";

/** Code in which every operator of an agent finds something to edit. */
const SAMPLE = `export function total(items, limit = 10) {
  let sum = 0;
  const seen = [];
  for (let i = 0; i < items.length; i++) {
    if (items[i] === null || seen.includes(items[i])) continue;
    if (sum + items[i].size >= limit && !seen.length) break;
    sum += items[i].size * 2 - 1;
    seen.push(items[i]);
    total(seen, limit);
  }
  let best = -1;
  while (best > sum) best = Math.max(best, sum % 3);
  return seen.length > 0 ? sum : best;
}
`;

/** Calls of the tools' functions; what they should give comes from the tools as they are. */
const TOOL_CALLS: Readonly<Record<string, readonly Call[]>> = {
  "tools/edits.js": [
    ["applyEdits", ["abcdef", [{ start: 1, end: 3, text: "XYZ" }]]],
    [
      "applyEdits",
      [
        "abcdef",
        [
          { start: 4, end: 5, text: "" },
          { start: 0, end: 1, text: "-" },
        ],
      ],
    ],
    [
      "applyEdits",
      [
        "abcdef",
        [
          { start: 1, end: 4, text: "x" },
          { start: 3, end: 5, text: "y" },
        ],
      ],
    ],
    [
      "applyEdits",
      [
        "abcdef",
        [
          { start: 2, end: 2, text: "+" },
          { start: 2, end: 3, text: "c" },
        ],
      ],
    ],
    ["applyEdits", ["", []]],
    ["lineOf", ["a\nb\nc", 0]],
    ["lineOf", ["a\nb\nc", 2]],
    ["lineOf", ["a\nb\nc", 3]],
    ["lineOf", ["a\n\n\nc", 4]],
    [
      "changedFiles",
      [
        { a: "1", b: "2" },
        { a: "1", b: "3" },
      ],
    ],
    ["changedFiles", [{ a: "1" }, { a: "1", c: "" }]],
    ["changedFiles", [{ a: "1", b: "2" }, { a: "1" }]],
  ],
  "tools/choose.js": [
    ["chooseAt", [[1, 1, 2], 0]],
    ["chooseAt", [[1, 1, 2], 0.26]],
    ["chooseAt", [[1, 1, 2], 0.5]],
    ["chooseAt", [[1, 0, 3], 0.99]],
    ["chooseAt", [[0, 0], 0.5]],
    ["chooseAt", [[], 0.5]],
    ["chooseAt", [[0, -1, 2, 0], 0.1]],
    ["chooseAt", [[0.5, 0.5, 0], 0.999]],
  ],
};

type Call = readonly [name: string, args: readonly WireValue[]];

const VISIBLE = 4;
const MOST_CASES = 14;
/** Whole functions as arguments would make the cases large and tell nothing more. */
const LONGEST_NODE = 3000;

/**
 * Modules of agents as programs to repair, with cases made by running them as they are: those of the base agent to train on, those of the library's
 * operators to be tested on.
 */
export async function selfRepairPrograms(
  sandbox: Sandbox,
  signal: AbortSignal,
): Promise<{ readonly training: readonly Program[]; readonly fresh: readonly Program[] }> {
  const base = Object.entries(baseAgent()).map(([path, text]) => ({ path, text }));
  const drafts = [...base, ...partsLibrary()].flatMap(({ path, text }) => {
    const calls = path.startsWith("operators/") ? operatorCalls() : TOOL_CALLS[path];
    return calls === undefined ? [] : [draft(path, text, calls)];
  });
  const bench = await Bench.open(sandbox, drafts, 1);
  try {
    const programs: Program[] = [];
    for (const each of drafts) {
      const { outcomes } = await bench.outcomes(each.id, each.files, signal);
      programs.push(
        withCases(
          each,
          outcomes.map(({ returns }) => returns),
        ),
      );
    }
    const isBase = ({ module }: Program): boolean => base.some(({ path }) => path === module);
    return { training: programs.filter(isBase), fresh: programs.filter((program) => !isBase(program)) };
  } finally {
    await bench.close();
  }
}

function draft(path: string, text: string, calls: readonly Call[]): Program {
  const id = `agent-${path.replace(/^.*\//, "").replace(".js", "")}`;
  const cases = calls.map(([call, args], i): FunctionCase => ({ name: `${call} ${i + 1}`, call, args }));
  return { id, module: path, files: { [path]: text }, visible: cases, hidden: [] };
}

/** One call for each node of the sample. */
function operatorCalls(): readonly Call[] {
  const tree = JSON.parse(JSON.stringify(estree(SAMPLE, "sample.js"))) as Node;
  const names = ["items", "limit", "sum", "seen", "i", "best"];
  const small = walk(tree, null, null).filter(({ node }) => JSON.stringify(node).length < LONGEST_NODE);
  return small.map(({ node, parent, field }): Call => {
    const around = parent === null ? null : { type: parent.type, computed: parent["computed"] === true };
    return ["edits", [node as WireValue, { source: SAMPLE, names, parent: around, field }]];
  });
}

/** Cases that give something come first, a few that give nothing after them; a third of all is visible. */
function withCases(program: Program, results: readonly (WireValue | undefined)[]): Program {
  const rng = Rng.of("self-repair", program.id);
  const cases = program.visible.flatMap((item, i) => {
    const returns = results[i];
    return returns === undefined ? [] : [{ ...item, returns }];
  });
  const isTelling = ({ returns }: FunctionCase): boolean => !(Array.isArray(returns) && returns.length === 0);
  const telling = rng.shuffle(cases.filter(isTelling));
  const silent = rng.shuffle(cases.filter((item) => !isTelling(item)));
  const chosen = [...telling.slice(0, MOST_CASES - 3), ...silent.slice(0, 3)];
  const visible = Math.min(VISIBLE, Math.ceil(chosen.length / 3));
  return { ...program, visible: chosen.slice(0, visible), hidden: chosen.slice(visible) };
}

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

function walk(
  node: Node,
  parent: Node | null,
  field: string | null,
): readonly { readonly node: Node; readonly parent: Node | null; readonly field: string | null }[] {
  const children = Object.entries(node).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((item: unknown) => (isNode(item) ? walk(item, node, name) : [])),
  );
  return [{ node, parent, field }, ...children];
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
}
