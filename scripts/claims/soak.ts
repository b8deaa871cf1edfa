import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Submission } from "@pawl/core";
import { FunctionCheck, openSandbox, removeSnapshot, takeSnapshot } from "@pawl/verify";

const DATA = new URL("../../docs/data/soak.json", import.meta.url);
const AT_ONCE = 32;
const MB = 2 ** 20;
/** What may be added between the first mark and the last, MB: measuring noise, no growth with the number of candidates. */
const FLAT_HEAP_MB = 8;
const FLAT_RSS_MB = 40;

/** What docs/reliability.md shows: memory of the engine after so many candidates, in MB, garbage collected. */
export interface SoakFigures {
  readonly marks: readonly { readonly candidates: number; readonly heapMb: number; readonly rssMb: number }[];
  readonly wrongVerdicts: number;
}

/** Claim: screening many candidates in one engine takes no more memory than screening some. */
export async function claimSoak(quick: boolean): Promise<void> {
  const marks = (quick ? [200, 500, 1000] : [2000, 10_000, 20_000]).values();
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const root = mkdtempSync(join(tmpdir(), "pawl-soak-"));
  writeFileSync(join(root, "double.mjs"), "export const double = (x) => x;\n");
  const sandbox = await openSandbox();
  const snapshot = await takeSnapshot(root);
  const cases = [
    { call: "double", args: [2], returns: 4 },
    { call: "double", args: [-3], returns: -6 },
  ];
  const check = new FunctionCheck({ sandbox, snapshot, judge: { module: "double.mjs", cases } });
  const signal = new AbortController().signal;
  const figures: { marks: SoakFigures["marks"][number][]; wrongVerdicts: number } = { marks: [], wrongVerdicts: 0 };
  let done = 0;
  try {
    for (const candidates of marks) {
      let next = done;
      const worker = async (): Promise<void> => {
        while (next < candidates) {
          const n = next++;
          const wanted = n % 50 === 0 ? "passed" : n % 333 === 1 ? "error" : "failed";
          const { status } = await check.screen(candidateOf(n, wanted), signal);
          if (status !== wanted) figures.wrongVerdicts += 1;
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      done = candidates;
      collect();
      const { heapUsed, rss } = process.memoryUsage();
      const mark = { candidates, heapMb: round(heapUsed / MB), rssMb: round(rss / MB) };
      figures.marks.push(mark);
      console.log(`${candidates} candidates: heap ${mark.heapMb} MB, resident ${mark.rssMb} MB`);
    }
  } finally {
    await check.close();
    await removeSnapshot(snapshot);
    rmSync(root, { recursive: true, force: true });
  }
  if (!quick) writeFileSync(DATA, `${JSON.stringify(figures, null, 2)}\n`);
  const [first, last] = [figures.marks[0], figures.marks.at(-1)];
  const grown = { heap: (last?.heapMb ?? 0) - (first?.heapMb ?? 0), rss: (last?.rssMb ?? 0) - (first?.rssMb ?? 0) };
  const holds = grown.heap <= FLAT_HEAP_MB && grown.rss <= FLAT_RSS_MB && figures.wrongVerdicts === 0;
  console.log(
    `${holds ? "HOLDS" : "DOES NOT HOLD"}: ${done} candidates in one engine: heap ${round(grown.heap)} MB more at the end than at the first mark, resident ${round(grown.rss)} MB, ${figures.wrongVerdicts} wrong verdicts`,
  );
  if (!holds) process.exitCode = 1;
}

function candidateOf(n: number, wanted: string): Submission {
  const body = wanted === "passed" ? `2 * x` : `x + ${n} + 0.5`;
  const text =
    wanted === "error" ? `export const double = (x => ${n};` : `export const double = (x) => ${body}; // ${n}\n`;
  return {
    candidate: { id: String(n), changes: [], parents: [], origin: { proposer: "", summary: "" } },
    files: { "double.mjs": text },
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
