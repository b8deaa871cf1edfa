import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  Budget,
  judgedBase,
  Rng,
  runLoop,
  RunSession,
  Store,
  Target,
  type Check,
  type Gate,
  type Proposer,
  type Verdict,
} from "@pawl/core";
import { MapElites } from "@pawl/search";

export interface EngineRow {
  readonly candidates: number;
  readonly cpuMsPerIteration: number;
}

/**
 * CPU milliseconds of the engine per iteration (ask, propose, derive, record, tell, learn) at different sizes of the archive. The check
 * answers at once; everything else is real: events go to SQLite, candidates are patches with content hashes.
 */
export async function benchEngine(sizes: readonly number[], window: number): Promise<readonly EngineRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "pawl-bench-"));
  const store = Store.open(folder);
  const text = Array.from({ length: 200 }, (_, i) => `export const value${i} = ${i};`).join("\n");
  const target = new Target({ "numbers.js": text }, "bench");
  const verdict = (score: number): Verdict => ({
    status: "passed",
    scores: { score: [score] },
    feedback: [],
    cost: { wallMs: 0, cpuMs: 0 },
    evidence: [],
  });
  const check: Check = {
    id: "instant",
    deterministic: true,
    screen: async ({ candidate }) => verdict(Rng.of(candidate.id).uniform()),
    confirm: async ({ candidate }) => verdict(Rng.of(candidate.id).uniform()),
    close: async () => {},
  };
  const gate: Gate = {
    fitness: (each) => each.scores["score"]?.[0] ?? null,
    promising: () => false,
    confirm: () => Promise.reject(new Error("nothing is confirmed here")),
    satisfied: () => null,
  };
  const proposer: Proposer = {
    id: "digits",
    async *propose(request, { read, rng }) {
      for (;;) {
        const source = read(request.parent, "numbers.js");
        const at = source.indexOf("= ", rng.int(source.length - 20)) + 2;
        yield {
          edits: { "numbers.js": [{ start: at, end: at + 1, text: String(rng.int(1_000_000)) }] },
          origin: { proposer: "digits", summary: "a digit" },
        };
      }
    },
  };
  const rows: EngineRow[] = [];
  const wanted = [...sizes].sort((a, b) => a - b);
  const session = RunSession.create(store, "bench", {});
  let from: { screened: number; cpu: NodeJS.CpuUsage } | null = { screened: 0, cpu: process.cpuUsage() };
  try {
    await runLoop({
      target,
      check,
      gate,
      search: new MapElites({ descriptor: ({ candidate }) => candidate.id.slice(0, 3) }),
      proposer,
      base: judgedBase(target, verdict(0), gate),
      journal: session.journal,
      budget: new Budget({ evaluations: (wanted.at(-1) ?? 0) + window }),
      seed: 1,
      window: 8,
      elapsed: () => 0,
      signal: new AbortController().signal,
      onProgress: ({ screened }) => {
        // First the end of one window, then the start of the next: one size may be both.
        if (from !== null && screened === from.screened + window) {
          const { user, system } = process.cpuUsage(from.cpu);
          rows.push({ candidates: from.screened, cpuMsPerIteration: (user + system) / 1000 / window });
          from = null;
        }
        if (wanted.includes(screened)) from = { screened, cpu: process.cpuUsage() };
      },
    });
  } finally {
    session.close();
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return rows;
}
