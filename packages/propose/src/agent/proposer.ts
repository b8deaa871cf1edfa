import type {
  Answer,
  CandidateId,
  ChangedFiles,
  Experience,
  Miss,
  Proposal,
  ProposalRequest,
  ProposeContext,
  Proposer,
} from "@pawl/core";
import { AnswerFault } from "@pawl/core";
import { editsToward, summaryOf } from "../change-set.ts";
import { redactor } from "../model/redact.ts";
import type { AgentCommand } from "./agent-command.ts";
import type { AgentRoom } from "./room.ts";
import { runAcp } from "./run-acp.ts";
import { beginSteps, plannedIn, readSteps, type AgentStep, type Planned } from "./steps.ts";
import { ChangeSieve } from "./change-sieve.ts";
import { describeRefusals, type WorkTask } from "./task.ts";
import { Attempts } from "./attempts.ts";

export interface AgentProposerOptions {
  /** As the user named it, for the record. */
  readonly id: string;
  readonly protocol: AgentCommand["protocol"];
  readonly task: WorkTask;
  /** Opens a copy of the project with these files instead of the base's. Not called in a replay. */
  readonly engage: (files: ChangedFiles) => Promise<Engagement>;
  /** Why a file that may change may not become this, or null. Default: anything is allowed. */
  readonly refusal?: (path: string, text: string) => string | null;
  /** Whether each commit of the agent's is a candidate of its own, before the whole is. */
  readonly steps?: boolean;
  /** Longest time for one piece of work. */
  readonly seconds: number;
  /** Tells the person who watches what came of a piece of work; the same goes on record. */
  readonly say?: (line: string) => void;
}

/** An agent about to begin. */
export interface Engagement {
  readonly room: AgentRoom;
  readonly argv: readonly string[];
  /** Environment variables for the agent alone, by name. Their values are in nothing that is recorded or judged. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** What an agent left behind, as it is recorded: a replay needs no agent. */
type AgentAnswer = {
  /** Texts of the editable files that it changed. */
  readonly files: Record<string, string>;
  readonly refused: { readonly path: string; readonly reason: string }[];
  readonly ended: string;
  /** The end of what it said, without secrets. */
  readonly said: string;
  /** Its commits, oldest first, where they are asked for. */
  readonly steps?: AgentStep[];
};

const DONE = "done";
const SAID_KEPT = 2000;
/** Pieces of work in a row without a change that could be judged, before it is not asked again: each may cost money. */
const MOST_MISSES = 3;

const STEPS_TASK =
  "This folder is a git repository. Commit each logical step as soon as it is done: every commit is judged by itself, and so is the whole.\n";

/**
 * A coding agent as proposer: it works on the whole project in a copy and a box of its own, and all it changed is one candidate, or one for each
 * of its commits and the whole.
 */
export class AgentProposer implements Proposer {
  readonly id: string;
  readonly #o: AgentProposerOptions;
  readonly #attempts: Attempts;
  #misses = 0;
  /** What the last answer holds beside what was proposed of it, in the order it was made. */
  #planned: Planned[] = [];
  /** The candidate that the next of these is built on. */
  #last: CandidateId | null = null;

  constructor(options: AgentProposerOptions) {
    this.id = options.id;
    this.#o = options;
    this.#attempts = new Attempts(options.task);
  }

  get pending(): boolean {
    return this.#planned.length > 0;
  }

  async *propose(request: ProposalRequest, context: ProposeContext): AsyncGenerator<Proposal> {
    yield* this.#rest(context);
    if (this.#misses >= MOST_MISSES) return;
    const { parent } = request;
    const begun = this.#filesOf(parent, context);
    const prompt = `${this.#attempts.describe(request, context)}${this.#o.steps === true ? `\n${STEPS_TASK}` : ""}`;
    const note = (line: string): void => {
      context.note(line);
      this.#o.say?.(line);
    };
    const answer = await context
      .ask<AgentAnswer>("agent", {}, (signal) => this.#work(begun, prompt, context, signal))
      .catch((error: unknown) => {
        if (error instanceof AnswerFault) this.#o.say?.(error.message);
        throw error;
      });
    if (answer.ended !== DONE) note(`the agent: ${answer.ended}`);
    for (const { path, reason } of answer.refused) note(`refused ${path}: ${reason}`);
    this.#last = parent;
    this.#planned = plannedIn(answer.steps ?? [], answer.files, begun);
    if (this.#planned.length === 0) note("the agent changed nothing that may change");
    yield* this.#rest(context);
  }

  /** What is left of the last answer, each built on the one before. */
  *#rest(context: ProposeContext): Generator<Proposal> {
    for (let next = this.#planned.shift(); next !== undefined; next = this.#planned.shift()) {
      const parent = this.#last as CandidateId;
      const edits = editsToward(next.files, parent, context);
      const changed = summaryOf(edits, (path) => context.read(parent, path), context.editable);
      const summary = next.subject === "" ? changed : `${next.subject}: ${changed}`;
      yield { parent, edits, origin: { proposer: this.id, summary } };
    }
  }

  learn({ candidate, verdict }: Experience): void {
    this.#misses = 0;
    this.#last = candidate.id;
    this.#attempts.add(candidate.origin.summary, verdict);
  }

  missed(_miss: Miss): void {
    this.#misses += 1;
    this.#attempts.addMiss();
  }

  /** Files of the parent that may differ from the base. */
  #filesOf(parent: CandidateId, { read, editable, archive }: ProposeContext): ChangedFiles {
    const made = archive.get(parent)?.candidate.changes.filter(({ created }) => created === true) ?? [];
    return Object.fromEntries([...editable, ...made.map(({ path }) => path)].map((path) => [path, read(parent, path)]));
  }

  async #work(
    begun: ChangedFiles,
    prompt: string,
    { editable, refuses }: ProposeContext,
    signal: AbortSignal,
  ): Promise<Answer<AgentAnswer>> {
    const { protocol, seconds, engage, refusal = () => null, steps = false } = this.#o;
    const { room, argv, secrets } = await engage(begun);
    const redact = redactor(Object.values(secrets));
    const sieve = new ChangeSieve({ begun, task: prompt, refuses, refusal, redact });
    try {
      const base = steps ? await beginSteps(room, signal) : null;
      const answer = async (ended: string, said: string): Promise<AgentAnswer> => ({
        ...(await sieve.whole(room)),
        ended: redact(ended),
        said: redact(said.trim()).slice(-SAID_KEPT),
        ...(base === null
          ? {}
          : { steps: (await readSteps(room, base, begun, signal)).map((step) => sieve.step(step)) }),
      });
      if (protocol === "acp") {
        const again = async (): Promise<string | null> => {
          const { refused } = await sieve.whole(room);
          return refused.length === 0 ? null : describeRefusals(refused, editable);
        };
        const end = await runAcp(room, { argv, secrets }, prompt, again, seconds, signal);
        const value = await answer(end.ended === "end_turn" ? DONE : end.ended, end.said);
        return demandSomething({ value, tokens: end.tokens, dollars: end.dollars });
      }
      const end = await room.run({ argv, stdin: prompt, secrets }, seconds, signal);
      const code = end.exitCode === 0 ? DONE : `ended with exit code ${end.exitCode}`;
      const value = await answer(
        end.timedOut ? `stopped after ${seconds} s` : code,
        `${end.stdout.slice(-SAID_KEPT)}\n${end.stderr.slice(-SAID_KEPT)}`,
      );
      return demandSomething({ value, dollars: null });
    } finally {
      await room.close();
    }
  }
}

/** An agent that failed before it had done anything is a fault; one that failed after it is judged by what it did. */
function demandSomething(answer: Answer<AgentAnswer>): Answer<AgentAnswer> {
  const { ended, files, refused, said } = answer.value;
  if (ended === DONE || Object.keys(files).length > 0 || refused.length > 0) return answer;
  throw new AnswerFault(`the agent changed nothing: ${ended}${said === "" ? "" : `; it said: ${said.slice(-500)}`}`);
}
