// Prints what a request costs that asks for one edit, or for two, of a whole repository. Run: node packages/propose/src/syntax/edit-list.bench.ts
import { Rng, type EditWeights } from "@pawl/core";
import { EditList } from "./edit-list.ts";
import type { SyntaxEdit } from "./types.ts";

const SIZES = [1000, 10_000, 30_000];
const REQUESTS = 40;
const OPERATORS = Array.from({ length: 40 }, (_, i) => `operator-${i}`);
const WEIGHTS: Readonly<Record<string, EditWeights | undefined>> = {
  "no weights": undefined,
  "empty weights": {},
  "weights of operators": { byOperator: { "operator-3": 1, "operator-7": -1 } },
  "weights of lines": { byLine: { "file-3.js:4": 2 } },
};

function listOf(size: number): EditList {
  const rng = Rng.of(size, "bench");
  const edits = Array.from({ length: size }, (_, i) => {
    const edit = {
      operator: rng.pick(OPERATORS),
      faultClass: "other",
      line: 1 + Math.floor(i / 50),
      replacements: [{ start: 3 * i, end: 3 * i + 1, text: "" }],
    };
    return { path: `file-${i % 17}.js`, edit: edit as unknown as SyntaxEdit, suspiciousness: 1 };
  });
  return new EditList(
    edits,
    edits.map(() => 10 * rng.uniform()),
  );
}

/** Milliseconds until the first answer, mean of many requests. */
function milliseconds(first: (rng: Rng) => Iterator<unknown>): number {
  const started = performance.now();
  for (let i = 0; i < REQUESTS; i++) first(Rng.of(i, "request")).next();
  return (performance.now() - started) / REQUESTS;
}

for (const size of SIZES)
  for (const [name, weights] of Object.entries(WEIGHTS)) {
    const list = listOf(size);
    const bend = weights === undefined ? {} : { weights };
    const costs = [0, 0.5].flatMap((temperature) => [
      milliseconds((rng) => list.singles(temperature, rng, weights)),
      milliseconds((rng) => list.combinations(2, { temperature, rng, ...bend })),
    ]);
    const [single, pair, drawnSingle, drawnPair] = costs.map((cost) => cost.toFixed(2));
    console.log(
      `${size} edits, ${name}: ${single} ms one edit, ${pair} two; drawn at 0.5: ${drawnSingle} one, ${drawnPair} two`,
    );
  }
