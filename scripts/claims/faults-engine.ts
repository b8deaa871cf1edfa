import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  Budget,
  judgedBase,
  recordOf,
  runLoop,
  RunSession,
  Store,
  Target,
  type BudgetLimits,
  type Check,
  type Gate,
  type Json,
  type Proposer,
  type RunEvent,
  type Search,
  type Submission,
  type Verdict,
} from "@pawl/core";
import { ModelError, type Model, type ModelAnswer, type ModelRequest } from "@pawl/propose";

/** Nearly all of the time is waiting for servers that fell silent: each holds back the calls behind it, and many calls wait together. */
export const IN_FLIGHT = 128;
const FILE = "answer.txt";
export const BASE = "nothing yet";

function requestOf(n: number): ModelRequest {
  return {
    messages: [
      { role: "system", content: "Say it again." },
      { role: "user", content: `${n} is the number of this call, and there are no two of it` },
    ],
    maxOutputTokens: 64,
    temperature: 0,
  };
}

/** The text that the answer must repeat. */
export const promptOf = (n: number): string => (requestOf(n).messages[1] as { content: string }).content;

/** What a call may cost at most. */
export interface Bound {
  readonly tokens: number;
  readonly dollars: number | null;
}

/** Makes so many calls through the real loop and returns what is on record, with the bound of each call. */
export async function askThroughLoop(
  models: readonly Model[],
  calls: number,
  limits: BudgetLimits,
): Promise<{ readonly events: readonly RunEvent[]; readonly bounds: readonly Bound[] }> {
  const bounds: Bound[] = [];
  const proposer: Proposer = {
    id: "fault-claim",
    concurrency: IN_FLIGHT,
    async *propose(request, context) {
      const { n } = context;
      const model = models[n % models.length] as Model;
      const asked = requestOf(n);
      const bound = model.bound(asked);
      bounds[n] = bound;
      const text = context.read(request.parent, FILE);
      const answer = await context.ask(
        "answer",
        { tokens: bound.tokens, dollars: bound.dollars ?? 0 },
        async (signal) => {
          const value = await model.generate(asked, signal).catch((error: unknown) => {
            if (!(error instanceof ModelError) || error.lasting) throw error;
            throw Object.assign(new Error(error.faults.join("\n")), { spent: error.spent });
          });
          return {
            value: value as unknown as Json,
            tokens: value.usage.inputTokens + value.usage.outputTokens,
            dollars: value.dollars,
          };
        },
      );
      const said = (answer as unknown as ModelAnswer).text;
      yield {
        edits: { [FILE]: [{ start: 0, end: text.length, text: said }] },
        origin: { proposer: "fault-claim", summary: "" },
      };
    },
  };
  const folder = mkdtempSync(join(tmpdir(), "pawl-faults-"));
  const store = Store.open(folder);
  try {
    const target = new Target({ [FILE]: BASE }, "tree");
    const session = RunSession.create(store, "evolve", {});
    const verdict: Verdict = {
      status: "failed",
      scores: { sum: [0] },
      feedback: [],
      cost: { wallMs: 0, cpuMs: 0 },
      evidence: [],
    };
    const gate: Gate = {
      fitness: () => 0,
      promising: () => false,
      confirm: () => Promise.reject(new Error("nothing here is better")),
      satisfied: () => null,
    };
    await runLoop({
      target,
      check: checkThatFails(verdict),
      gate,
      search: new FromBase(calls),
      proposer,
      base: judgedBase(target, verdict, gate),
      journal: session.journal,
      budget: new Budget({ evaluations: calls, ...limits }),
      seed: 1,
      window: 8,
      elapsed: () => 0,
      signal: new AbortController().signal,
    });
    session.close();
    return { events: recordOf(store, session.id), bounds };
  } finally {
    store.close();
    rmSync(folder, { recursive: true });
  }
}

function checkThatFails(verdict: Verdict): Check {
  return {
    id: "none",
    deterministic: true,
    screen: (_submission: Submission) => Promise.resolve(verdict),
    confirm: (_submission: Submission) => Promise.resolve(verdict),
    close: () => Promise.resolve(),
  };
}

/** Asks for a change of the base so many times. */
class FromBase implements Search {
  readonly id = "from-base";
  #left: number;
  constructor(requests: number) {
    this.#left = requests;
  }
  ask: Search["ask"] = (view) => {
    this.#left -= 1;
    return { parent: view.best().candidate.id, edits: 1, temperature: 0 };
  };
  tell(): void {}
  exhausted(): void {}
  done(): boolean {
    return this.#left <= 0;
  }
  state(): Json {
    return null;
  }
}
