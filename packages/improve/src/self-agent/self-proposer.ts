import { extname } from "node:path";
import {
  AnswerFault,
  smallestChange,
  type Check,
  type Json,
  type Proposal,
  type ProposalRequest,
  type ProposeContext,
  type Proposer,
  type Target,
  type TextEdit,
  type ChangedFiles,
} from "@pawl/core";
import type { Suspiciousness } from "@pawl/propose";
import type { Sandbox } from "@pawl/verify";
import { AgentHouse, type AgentProcess } from "./agent-process.ts";
import { TaskDesk, textsOf, type VisibleTests, type VisibleVerdict } from "./desk.ts";
import { seedOf } from "./evaluate.ts";
import type { AgentFiles } from "./workspace.ts";

export interface SelfProposerOptions {
  /** As the user named it. */
  readonly id: string;
  /** Null in a replay: then nothing is asked. */
  readonly engaged: { readonly files: AgentFiles; readonly sandbox: Sandbox; readonly check: Check } | null;
  readonly target: Target;
  readonly sources: ChangedFiles;
  readonly suspiciousness: Suspiciousness;
  readonly seed: number;
}

/** What an agent answered, as it is recorded. */
type SelfAnswer = { readonly files: Record<string, string>; readonly ended: string };

const LIMITS = { vcalls: 200, cpuSeconds: 20, wallSeconds: 600 } as const;
/** Languages that agents can parse. */
const READABLE = new Set([".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"]);
const MOST_FILES = 5;

/**
 * An evolved agent as proposer on real code. It runs in a box of its own, with the most suspicious files as its task and the project's visible tests
 * behind its desk; what it gives is one candidate, judged like anybody's.
 */
export class SelfProposer implements Proposer {
  readonly id: string;
  readonly #o: SelfProposerOptions;

  constructor(options: SelfProposerOptions) {
    this.id = options.id;
    this.#o = options;
  }

  async *propose({ parent }: ProposalRequest, context: ProposeContext): AsyncGenerator<Proposal> {
    const paths = suspectFiles(context.editable, this.#o.suspiciousness);
    if (paths.length === 0)
      return context.note("the agent reads JavaScript and TypeScript only: no suspicious file is");
    const before = Object.fromEntries(paths.map((path) => [path, context.read(parent, path)]));
    const answer = await context.ask<SelfAnswer>("agent", {}, async (signal) => ({
      value: await this.#work(before, context.n, signal),
    }));
    if (answer.ended !== "done") context.note(`the agent: ${answer.ended}`);
    const edits: Record<string, readonly TextEdit[]> = {};
    for (const [path, text] of Object.entries(answer.files)) {
      const change = before[path] === undefined ? null : smallestChange(before[path], text);
      if (change !== null) edits[path] = [change];
    }
    if (Object.keys(edits).length === 0) return context.note("the agent changed nothing");
    yield { edits, origin: { proposer: this.id, summary: `${this.id}: ${Object.keys(edits).join(", ")}` } };
  }

  async #work(before: ChangedFiles, n: number, signal: AbortSignal): Promise<SelfAnswer> {
    const { engaged, seed } = this.#o;
    if (engaged === null) throw new Error("an agent was asked in a replay");
    const house = await AgentHouse.open(engaged.sandbox);
    let agent: AgentProcess | null = null;
    try {
      agent = await house.start(engaged.files, signal);
      const tests = this.#testsOf(before, engaged.check, signal);
      const desk = new TaskDesk(tests, Math.min(LIMITS.vcalls, agent.manifest.limits.vcalls));
      const task = { files: before, score: 0 } as Json;
      const work = await agent.work("solve", task, seedOf(seed, "fix", n), desk, LIMITS, signal);
      const tripped = await agent.tripped();
      if (tripped !== null) throw new AnswerFault(`the agent cheated: ${tripped.what}`);
      if (work.ended !== "done") throw new AnswerFault(`the agent ${work.ended}: ${work.why}`);
      return { files: textsOf(work.value), ended: "done" };
    } finally {
      await agent?.kill();
      await house.close();
    }
  }

  #testsOf(before: ChangedFiles, check: Check, signal: AbortSignal): VisibleTests {
    const { target, suspiciousness } = this.#o;
    const judge = async (files: ChangedFiles): Promise<VisibleVerdict> => {
      const changes = Object.entries({ ...before, ...files }).map(([path, text]) => [
        path,
        [smallestChange(target.baseText(path), text)].filter((edit) => edit !== null),
      ]);
      const derived = target.derive(target.base, Object.fromEntries(changes), { proposer: this.id, summary: "" });
      if ("rejected" in derived) return { status: "failed", score: 0, failing: [] };
      const { status, scores, failing } = await check.screen(derived, signal);
      const word = status === "passed" || status === "failed" ? status : "error";
      return { status: word, score: scores["passed"]?.[0] ?? 0, failing: failing ?? [] };
    };
    return {
      files: before,
      judge: (batch) => Promise.all(batch.map(judge)),
      suspects: async () => suspiciousness,
    };
  }
}

function suspectFiles(editable: readonly string[], suspiciousness: Suspiciousness): readonly string[] {
  const highest = (path: string): number =>
    (suspiciousness[path] ?? []).reduce((top, score) => Math.max(top, score), 0);
  return editable
    .filter((path) => READABLE.has(extname(path)) && highest(path) > 0)
    .sort((a, b) => highest(b) - highest(a))
    .slice(0, MOST_FILES);
}
