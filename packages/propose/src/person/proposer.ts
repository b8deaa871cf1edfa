import type { Experience, Proposal, ProposalRequest, ProposeContext, Proposer } from "@pawl/core";
import { Attempts } from "../agent/attempts.ts";
import type { WorkTask } from "../agent/task.ts";
import { editsToward, summaryOf, type ChangeSet } from "../change-set.ts";

/** What a person is asked. */
export interface PersonCall {
  /** Number of the request within the run. */
  readonly n: number;
  /** The task, and what came of earlier attempts. */
  readonly text: string;
  /** Texts of the files that may change, as they are to begin with; most suspicious first. */
  readonly files: ChangeSet;
  /** Why the last change was not taken; null for a new question. */
  readonly refused: string | null;
}

/** Where a person's changes come from: an editor, a folder of submissions. */
export interface PersonDesk {
  /** Waits for a change: full texts of files that may change. Those not named stay as `call.files` has them. */
  next(call: PersonCall, signal: AbortSignal): Promise<ChangeSet>;
  /** The change handed out last became the candidate of request n. */
  took?(n: number): void;
}

export interface PersonProposerOptions {
  readonly task: WorkTask;
  readonly desk: PersonDesk;
  /** Why a change cannot become a candidate, or null: it is told at once, and not recorded. */
  readonly refusal: (files: ChangeSet, request: ProposalRequest, context: ProposeContext) => string | null;
}

/** A person as proposer: the run waits, says what is to be done, and takes whole texts of files. */
export class PersonProposer implements Proposer {
  readonly id = "human";
  readonly #o: PersonProposerOptions;
  readonly #attempts: Attempts;

  constructor(options: PersonProposerOptions) {
    this.#o = options;
    this.#attempts = new Attempts(options.task);
  }

  async *propose(request: ProposalRequest, context: ProposeContext): AsyncGenerator<Proposal> {
    const { desk, task, refusal } = this.#o;
    const { parent } = request;
    const refuse = (files: ChangeSet): string | null => refusal(files, request, known);
    const known = { ...context, archive: context.archive };
    const text = this.#attempts.describe(request, context);
    const files = Object.fromEntries(
      bySuspicion(context.editable, task).map((path) => [path, context.read(parent, path)]),
    );
    const answer = await context.ask<Record<string, string>>("person", {}, async (signal) => {
      for (let refused: string | null = null; ;) {
        const change = await desk.next({ n: context.n, text, files, refused }, signal);
        refused = refuse(change);
        if (refused !== null) continue;
        desk.took?.(context.n);
        return { value: { ...change } };
      }
    });
    const edits = editsToward(answer, parent, context);
    const summary = summaryOf(edits, (path) => context.read(parent, path), context.editable);
    yield { edits, origin: { proposer: this.id, summary } };
  }

  learn({ candidate, verdict }: Experience): void {
    this.#attempts.add(candidate.origin.summary, verdict);
  }
}

function bySuspicion(editable: readonly string[], { places }: WorkTask): readonly string[] {
  const first = places.map(({ path }) => path);
  return [...new Set([...first.filter((path) => editable.includes(path)), ...editable])];
}
