import {
  AnswerFault,
  isData,
  type ArchiveEntry,
  type CandidateId,
  type Critic,
  type CritiqueContext,
  type Json,
  type ProposeContext,
} from "@pawl/core";
import { ModelFaultCritic } from "../critics/model-critic.ts";
import { explainLines, type LineExplanation } from "../feedback/explain-lines.ts";
import { explainWithModel } from "../feedback/model-explanation.ts";
import type { ExecutedLines, FailureMaterial, FeedbackLevel } from "../feedback/self-debug.ts";
import type { Suspiciousness } from "../localise/suspiciousness.ts";
import type { Model } from "../model/model.ts";
import type { PromptTemplates } from "../prompts/templates.ts";
import type { Languages } from "../syntax/languages.ts";

/** What a model is told of the program it starts from, besides its text. */
export interface ModelGuidance {
  /** How much it is told of a failure; left out: names of the tests that do not pass, and their messages. */
  readonly feedback?: FeedbackLevel;
  /** Critics that ask nobody. */
  readonly critic?: Critic;
  /** The model itself names the kind of fault first, in a question of its own. */
  readonly critiqueByModel?: boolean;
  /** Runs a failing test of a candidate and says which lines it executes; asked once for each, and recorded. Null when there is nothing to say. */
  readonly executed?: (parent: ArchiveEntry, signal: AbortSignal) => Promise<ExecutedLines | null>;
}

/** For a prompt: the evidence of one level, and critiques. */
export interface Told {
  readonly material: FailureMaterial | null;
  readonly critiques: readonly string[];
}

interface Asked {
  readonly explanation?: readonly LineExplanation[];
  readonly executed?: ExecutedLines;
  readonly critique?: string;
}

const PARENTS_AT_HAND = 64;

/**
 * Finds out what there is to tell of a parent. What costs a question (an explanation, a critique by the model, a run of a failing test) is asked by the
 * first request from that parent; further ones wait for the same answer, so that who asks does not depend on when answers arrive.
 */
export class ParentTold {
  readonly #guidance: ModelGuidance;
  readonly #languages: Languages;
  readonly #templates: PromptTemplates;
  readonly #suspiciousness: Suspiciousness;
  readonly #asked = new Map<CandidateId, Promise<Asked>>();

  constructor(
    guidance: ModelGuidance,
    languages: Languages,
    templates: PromptTemplates,
    suspiciousness: Suspiciousness,
  ) {
    this.#guidance = guidance;
    this.#languages = languages;
    this.#templates = templates;
    this.#suspiciousness = suspiciousness;
  }

  /** Questions to the model that a request from a parent may cost, besides its own. */
  get questions(): number {
    return Number(this.#guidance.feedback === "explanation") + Number(this.#guidance.critiqueByModel === true);
  }

  /** What critics say that ask nobody. Before the first question of a request. */
  async critiques(
    parent: ArchiveEntry,
    files: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<string[]> {
    const { critic } = this.#guidance;
    if (critic === undefined) return [];
    const { candidate, verdict } = parent;
    const critique = await critic.critique({ candidate, files }, verdict, this.#context(files, signal));
    return critique === null ? [] : [critique.text];
  }

  learn({ candidate, verdict }: Pick<ArchiveEntry, "candidate" | "verdict">): void {
    if (!isData(verdict)) return;
    const context = this.#context({}, new AbortController().signal);
    this.#guidance.critic?.learn?.({ candidate, files: {} }, verdict, context);
  }

  /** The rest of it; `modelFor` gives the model under the name of a question. */
  async tell(
    parent: ArchiveEntry,
    files: Readonly<Record<string, string>>,
    critiques: readonly string[],
    modelFor: (question: string) => Model,
    context: ProposeContext,
  ): Promise<Told> {
    const { feedback } = this.#guidance;
    const asked = await this.#answersOf(parent, files, modelFor, context);
    const [path, source] = Object.entries(files)[0] ?? ["", ""];
    const { explanation, executed, critique } = asked;
    return {
      critiques: critique === undefined ? critiques : [...critiques, critique],
      material:
        feedback === undefined
          ? null
          : {
              verdict: parent.verdict,
              path,
              source,
              ...(explanation === undefined ? {} : { explanation }),
              ...(executed === undefined ? {} : { executed }),
            },
    };
  }

  #answersOf(
    parent: ArchiveEntry,
    files: Readonly<Record<string, string>>,
    modelFor: (question: string) => Model,
    context: ProposeContext,
  ): Promise<Asked> {
    const { id } = parent.candidate;
    const known = this.#asked.get(id) ?? this.#ask(parent, files, modelFor, context);
    this.#asked.delete(id);
    this.#asked.set(id, known);
    const oldest = this.#asked.keys().next();
    if (this.#asked.size > PARENTS_AT_HAND && oldest.done !== true) this.#asked.delete(oldest.value);
    return known;
  }

  async #ask(
    parent: ArchiveEntry,
    files: Readonly<Record<string, string>>,
    modelFor: (question: string) => Model,
    context: ProposeContext,
  ): Promise<Asked> {
    const { feedback, critiqueByModel = false, executed } = this.#guidance;
    const [path, source] = Object.entries(files)[0] ?? ["", ""];
    let answers: Asked = {};
    if (feedback === "explanation") {
      const said = await orNull(
        explainWithModel(modelFor("explanation"), this.#templates, source, context.signal),
        context,
      );
      // A model that says nothing of use leaves what the syntax tree says.
      const explanation = said === null || said.length === 0 ? explainLines(this.#languages, source, path) : said;
      answers = { ...answers, explanation };
    }
    if (feedback === "trace" && executed !== undefined) {
      const get = async (signal: AbortSignal): Promise<{ readonly value: Json }> => ({
        value: (await executed(parent, signal)) as unknown as Json,
      });
      const lines = (await orNull(context.ask("trace", {}, get), context)) as ExecutedLines | null;
      if (lines !== null) answers = { ...answers, executed: lines };
    }
    if (critiqueByModel) {
      const critic = new ModelFaultCritic(modelFor("critique"), this.#templates);
      const { candidate, verdict } = parent;
      const said = await orNull(
        critic.critique({ candidate, files }, verdict, this.#context(files, context.signal)),
        context,
      );
      if (said !== null) answers = { ...answers, critique: said.text };
    }
    return answers;
  }

  #context(files: Readonly<Record<string, string>>, signal: AbortSignal): CritiqueContext {
    return { read: (path) => files[path] ?? "", suspiciousness: this.#suspiciousness, signal };
  }
}

/** Without an answer the rest is told all the same. */
async function orNull<T>(answer: Promise<T>, context: ProposeContext): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof AnswerFault)) throw error;
    context.note(`of the parent: ${error.message}`);
    return null;
  }
}
