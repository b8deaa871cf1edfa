// Prints what an ask and a tell of the tree cost with 300 and 10,000 nodes. Run: node packages/search/src/tree-search.bench.ts
import { Archive, Rng } from "@pawl/core";
import { base, noteOf, told } from "./tree/fixture-tree.ts";
import { paperTerms, publishedTerms } from "./tree/score-terms.ts";
import { fixedWidth, openWidth } from "./tree/width.ts";
import { TreeSearch } from "./tree-search.ts";

export interface TreeFigures {
  readonly configuration: string;
  readonly nodes: number;
  /** Microseconds of processor time for an ask and the tell of its answer. */
  readonly microseconds: number;
}

const MEASURED = 200;

export function measureTree(sizes: readonly number[]): readonly TreeFigures[] {
  const configurations = {
    "the paper's rule, open width": { terms: paperTerms(), width: openWidth },
    "the paper's rule, width 3": { terms: paperTerms(), width: fixedWidth(3) },
    "the published terms, open width": { terms: publishedTerms(), width: openWidth },
    "softmax of the paper's rule": { terms: paperTerms(), width: openWidth, order: "softmax" },
  } as const;
  return Object.entries(configurations).flatMap(([configuration, options]) => {
    const search = new TreeSearch({ ...options, expandDuplicates: true });
    const archive = new Archive(base());
    let n = 0;
    const step = (): void => {
      const rng = Rng.of(1, n);
      const request = search.ask(archive, rng);
      const before = archive.get(request.parent)?.verdict.failing?.length ?? 8;
      const result = told(`c${n++}`, request, Math.max(1, before - 1 + rng.int(3)), [noteOf("swap", 1 + rng.int(50))]);
      archive.add(result);
      search.tell(result);
    };
    return sizes.map((nodes) => {
      for (let more = nodes - MEASURED - n; more > 0; more--) step();
      const started = process.cpuUsage();
      for (let i = 0; i < MEASURED; i++) step();
      const { user, system } = process.cpuUsage(started);
      return { configuration, nodes, microseconds: (user + system) / MEASURED };
    });
  });
}

if (import.meta.main)
  for (const { configuration, nodes, microseconds } of measureTree([300, 3000, 10_000, 30_000]))
    console.log(`${configuration}, ${nodes} nodes: ${microseconds.toFixed(0)} µs an ask and its tell`);
