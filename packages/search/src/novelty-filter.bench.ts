// Prints what a query of the novelty filter costs with 300 to 30,000 texts in it. Run: node packages/search/src/novelty-filter.bench.ts
import { Rng } from "@pawl/core";
import { NoveltyFilter } from "./novelty-filter.ts";

const QUERIES = 2000;
const WORDS = Array.from({ length: 60 }, (_, i) => `name${i}`);

/** Lines of a program that was edited at random: many are alike, as in an archive of candidates. */
function textOf(n: number): string {
  const rng = Rng.of(n, "text");
  const common = Array.from({ length: 30 }, (_, i) => WORDS[(i * 7) % WORDS.length] as string);
  for (let edit = 0; edit < 1 + (n % 4); edit++) common[rng.int(common.length)] = rng.pick(WORDS);
  return common.join(" + ");
}

export interface NoveltyFigures {
  readonly texts: number;
  /** Microseconds of a query. */
  readonly microseconds: number;
  /** Signatures compared in a query, and the most there can be. */
  readonly compared: number;
}

export function measureNovelty(sizes: readonly number[]): readonly NoveltyFigures[] {
  const filter = new NoveltyFilter();
  return sizes.map((texts) => {
    while (filter.size < texts) filter.add(String(filter.size), textOf(filter.size));
    const queries = Array.from({ length: QUERIES }, (_, i) => textOf(1_000_000 + i));
    for (const query of queries.slice(0, 200)) filter.nearest(query); // warm up
    const warm = filter.compared;
    const started = performance.now();
    for (const query of queries) filter.nearest(query);
    const microseconds = ((performance.now() - started) * 1000) / QUERIES;
    return { texts, microseconds, compared: (filter.compared - warm) / QUERIES };
  });
}

if (import.meta.main)
  for (const { texts, microseconds, compared } of measureNovelty([300, 1000, 3000, 10_000, 30_000]))
    console.log(`${texts} texts: ${microseconds.toFixed(0)} µs a query, ${compared.toFixed(1)} signatures compared`);
