import { mkdirSync, writeFileSync } from "node:fs";
import { meanOf, permutationTest, Rng } from "@pawl/core";
import { Languages } from "@pawl/propose";
import { openSandbox } from "@pawl/verify";
import { lessonRanks, type RankLine } from "./lesson-ranks.ts";

/**
 * Claim: with a memory of the lessons of earlier tasks, the reference repair of a fault of the `train` half stands nearer to the top of the edits
 * that would be tried than without one, and than with as many lessons drawn blindly (the dull control). Paired permutation tests on the logarithm of
 * the rank. `pawl fix` asks lessons by default only if both differences are significant at 5 %. Set on 2026-11-26, before the first run.
 */
const ALPHA = 0.05;
const RESULTS = new URL("../../docs/data/lessons.json", import.meta.url);
const ARMS = ["none", "lessons", "shuffled"] as const;

export async function claimLessons(quick: boolean): Promise<void> {
  const lines = await lessonRanks(await openSandbox({ unsafe: true }), await Languages.load(), quick);
  if (!quick) {
    mkdirSync(new URL(".", RESULTS), { recursive: true });
    writeFileSync(RESULTS, `${JSON.stringify(lines, null, 1)}\n`);
  }
  report(lines);
}

function report(lines: readonly RankLine[]): void {
  const logs = (arm: (typeof ARMS)[number]): number[] => lines.map((line) => Math.log(line[arm]));
  for (const arm of ARMS)
    process.stdout.write(
      `${arm}: geometric mean rank ${Math.exp(meanOf(logs(arm))).toFixed(1)} over ${lines.length} faults\n`,
    );
  let reached = true;
  for (const arm of ["none", "shuffled"] as const) {
    const test = { rng: Rng.of(1, "lessons", arm), paired: true, alternative: "less" } as const;
    const { pValue, difference } = permutationTest(logs("lessons"), logs(arm), test);
    reached &&= pValue <= ALPHA;
    process.stdout.write(
      `lessons against ${arm}: rank times ${Math.exp(difference).toFixed(3)}, p = ${pValue.toFixed(4)}\n`,
    );
  }
  process.stdout.write(reached ? "reached\n" : "not reached: lessons stay off by default\n");
}
