import {
  AnswerFault,
  UsageError,
  type ArchiveEntry,
  type Experience,
  type Miss,
  type Proposal,
  type ProposalRequest,
  type ProposeContext,
  type Proposer,
} from "@pawl/core";
import type { EditContext, EditFormat, ParsedEdits } from "../edit-formats/edit-format.ts";
import { untilComplete } from "../edit-formats/until-complete.ts";
import type { BanditState } from "../mix/bandit.ts";
import type { Model, ModelAnswer, ModelRequest } from "../model/model.ts";
import { estimateTokens } from "../model/tokens.ts";
import { listForms, textForms } from "../prompts/forms.ts";
import { buildPrompt, type PromptPart } from "../prompts/prompt.ts";
import type { PromptTemplates } from "../prompts/templates.ts";
import type { Languages } from "../syntax/languages.ts";
import { Attempts } from "./attempts.ts";
import { APPLIED, APPLIED_AFTER_CORRECTION, FormatChoice } from "./format-choice.ts";
import { ParentTold, type ModelGuidance, type Told } from "./parent-told.ts";
import { applied, changesOf, inWords, noteReading, read, summaryOf } from "./reading.ts";
import { RecordedAnswers } from "./recorded-answers.ts";
import type { ModelProfile } from "./recorded-model.ts";
import { added, boundOf, boundWithCorrection, scaled } from "./request-bound.ts";
import { PromptWriter } from "./request-prompt.ts";
import type { ModelTask } from "./task.ts";

export interface ModelProposerOptions {
  /** As the user named it: `model:<id>`. */
  readonly id: string;
  readonly model: Model;
  /** As it was when the run started: a resumed run goes on with it, whatever the server says by now. */
  readonly profile: ModelProfile;
  readonly formats: ReadonlyMap<EditFormat["id"], EditFormat>;
  /** How well each format did with this model before. */
  readonly formatsKnown?: BanditState;
  readonly templates: PromptTemplates;
  readonly languages: Languages;
  readonly task: ModelTask;
  /** What it is told of the program it starts from; default: which tests fail. */
  readonly guidance?: ModelGuidance;
  /** Base texts of the files that may change. */
  readonly sources: Readonly<Record<string, string>>;
}

interface Question {
  readonly question: ModelRequest;
  /** One line for each part that is not whole. */
  readonly shortened: readonly string[];
}

const FILES_SHOWN = 8;
const MOST_OUTPUT = 8192;
/** The longest answer to a question that comes before: an explanation, a critique. */
const MOST_TOLD = 1200;
const EXPLANATION_KEPT = 2000;

/**
 * A language model as proposer. It is shown the parent's files, the failing tests, where the fault may be and what was tried, and answers in
 * one of the edit formats. An answer that does not apply goes back once with the reason. The format is chosen by how often answers in it
 * could be applied, and by what they cost.
 */
export class ModelProposer implements Proposer {
  readonly id: string;
  readonly concurrency: number;
  readonly #o: ModelProposerOptions;
  readonly #formats: FormatChoice;
  readonly #answers: RecordedAnswers;
  readonly #writer = new PromptWriter();
  readonly #attempts: Attempts;
  readonly #told: ParentTold;
  readonly #asked = new Map<string, number>();

  constructor(options: ModelProposerOptions) {
    this.#o = options;
    this.id = options.id;
    this.concurrency = options.profile.concurrency;
    const { guidance = {}, languages, templates, task } = options;
    this.#attempts = new Attempts(guidance.feedback === "simple");
    this.#told = new ParentTold(guidance, languages, templates, task.suspiciousness);
    this.#formats = new FormatChoice(options.formats, options.formatsKnown);
    this.#answers = new RecordedAnswers(options.model, options.profile);
  }

  async *propose(request: ProposalRequest, context: ProposeContext): AsyncGenerator<Proposal> {
    const { model, profile } = this.#o;
    const files = this.#filesOf(request, context);
    const maxOutputTokens = Math.min(MOST_OUTPUT, Math.floor(profile.contextTokens / 4));
    const format = this.#formats.choose(files, maxOutputTokens, context);
    // A copy: a confirmation may change the entry while answers are waited for.
    const parent = { ...(context.archive.get(request.parent) ?? context.archive.base) };
    const critiques = await this.#told.critiques(parent, files, context.signal);
    const ask = this.#asking(request, parent, files, format, maxOutputTokens, context);
    let known: Told = { material: null, critiques };
    let { question, shortened } = ask(known);
    const reading: EditContext = {
      files,
      editable: context.editable,
      ...(this.#o.task.focus === undefined ? {} : { focus: this.#o.task.focus }),
    };
    const own = boundWithCorrection(model, question);
    // What is told makes the prompt longer, too.
    const before = scaled(boundOf(model, { ...question, maxOutputTokens: MOST_TOLD }), 2 * this.#told.questions);
    await context.reserve(added(own, before));
    const told = await this.#told.tell(
      parent,
      files,
      critiques,
      (name) => this.#answers.modelFor(name, context),
      context,
    );
    if (told.material !== null || told.critiques.length > critiques.length) {
      known = told;
      ({ question, shortened } = ask(known));
    }
    for (const line of shortened) context.note(`prompt: ${line}`);
    const answer = await this.#answers.answer("answer", stoppedEarly(question, format, reading), context);
    const parsed = read(format, answer, reading);
    noteReading(context, format.id, answer, parsed);
    let texts = applied(files, parsed);
    let { explanation } = parsed;
    let { meanLogProbability } = answer;
    if (parsed.problems.length === 0) this.#formats.note(context.n, APPLIED);
    else if (answer.finish !== "refusal") {
      const asking = (more: readonly PromptPart[]): Question => ask(known, more);
      const again = await this.#correct(asking, answer, parsed, format, { ...reading, files: texts }, context);
      if (again !== null) {
        texts = applied(texts, again.parsed);
        explanation ||= again.parsed.explanation;
        ({ meanLogProbability } = again.answer);
        if (again.parsed.problems.length === 0) this.#formats.note(context.n, APPLIED_AFTER_CORRECTION);
      }
    }
    const edits = changesOf(files, texts);
    if (Object.keys(edits).length === 0) {
      context.note("nothing was changed");
      return;
    }
    yield {
      edits,
      origin: {
        proposer: this.id,
        summary: summaryOf(explanation, edits),
        answer: {
          model: answer.model,
          format: format.id,
          explanation: explanation.slice(0, EXPLANATION_KEPT),
          // Of the last answer, which made the candidate what it is.
          ...(meanLogProbability === undefined ? {} : { meanLogProbability }),
        },
      },
    };
  }

  learn(experience: Experience): void {
    this.#formats.tell(experience);
    this.#told.learn(experience);
    this.#attempts.add(experience);
  }

  missed(miss: Miss): void {
    this.#formats.tell(miss);
  }

  /** How well each format did, for the next run. */
  formatsKnown(): BanditState {
    return this.#formats.known();
  }

  async close(): Promise<void> {
    await this.#o.model.close();
  }

  /** The most suspicious files first. */
  #filesOf(request: ProposalRequest, context: ProposeContext): Readonly<Record<string, string>> {
    const { sources, task } = this.#o;
    const most = (path: string): number => Math.max(0, ...(task.suspiciousness[path] ?? []));
    const shown = Object.keys(sources)
      .map((path) => ({ path, score: path === task.focus?.path ? Infinity : most(path) }))
      .toSorted((a, b) => b.score - a.score)
      .slice(0, FILES_SHOWN);
    return Object.fromEntries(shown.map(({ path }) => [path, context.read(request.parent, path)]));
  }

  /** Makes the question of a request, of what it was told; asking costs nothing here. What it needs of the archive is read at once. */
  #asking(
    request: ProposalRequest,
    parent: ArchiveEntry,
    files: Readonly<Record<string, string>>,
    format: EditFormat,
    maxOutputTokens: number,
    context: ProposeContext,
  ): (told: Told, more?: readonly PromptPart[]) => Question {
    const { profile, sources, templates, languages, task, guidance } = this.#o;
    const { archive, rng } = context;
    const asked = this.#asked.get(request.parent) ?? 0;
    this.#asked.set(request.parent, asked + 1);
    const known = {
      templates,
      languages,
      task,
      format: format.instructions,
      parent,
      isBase: request.parent === archive.base.candidate.id,
      files,
      baseFiles: Object.fromEntries(Object.keys(files).map((path) => [path, sources[path] as string])),
      unseen: Object.keys(sources).filter((path) => !Object.hasOwn(files, path)),
      attempts: this.#attempts.of(request.parent),
      ...(guidance?.feedback === undefined ? {} : { level: guidance.feedback }),
      ...(request.hint === undefined ? {} : { hint: request.hint }),
    };
    const rest = {
      maxOutputTokens,
      // The first answer is the likeliest; whoever asks the same again wants another.
      temperature: asked === 0 ? 0 : Math.min(1, 0.5 + asked / 20),
      seed: rng.child("seed").int(2 ** 31),
      ...(format.tools === undefined ? {} : { tools: format.tools }),
    };
    return (told, more = []) => {
      // Not counted by the model itself: a replay has none, and shortens the same.
      const { messages, cacheUpTo, shortened } = buildPrompt([...this.#writer.partsOf({ ...known, told }), ...more], {
        contextTokens: profile.contextTokens,
        maxOutputTokens,
        countTokens: estimateTokens,
      });
      return { question: { messages, ...rest, ...(cacheUpTo === undefined ? {} : { cacheUpTo }) }, shortened };
    };
  }

  /** The second and last try: the same talk, and why the edit could not be applied. Null when it was not answered. */
  async #correct(
    ask: (more: readonly PromptPart[]) => Question,
    answer: ModelAnswer,
    parsed: ParsedEdits,
    format: EditFormat,
    reading: EditContext,
    context: ProposeContext,
  ): Promise<{ readonly answer: ModelAnswer; readonly parsed: ParsedEdits } | null> {
    const said = `${answer.text}${answer.toolCalls.map((call) => `\n${JSON.stringify(call)}`).join("")}`.trim();
    const partly = Object.keys(parsed.edits).length > 0;
    const applied = partly ? "The rest of it was applied." : "Nothing of it was applied.";
    const problems = listForms(parsed.problems.map(inWords), (shown) =>
      this.#o.templates.render("correct-edit", {
        problems: shown,
        applied,
        format: format.instructions,
      }),
    );
    try {
      const { question, shortened } = ask([
        {
          name: "the answer",
          turn: "answer",
          priority: 85,
          required: true,
          forms: textForms(said === "" ? "(no answer)" : said, (text) => text),
        },
        { name: "what is wrong with it", turn: "reply", priority: 95, required: true, forms: problems },
      ]);
      for (const line of shortened) context.note(`prompt of the correction: ${line}`);
      const second = await this.#answers.answer("correction", stoppedEarly(question, format, reading), context);
      const result = read(format, second, reading);
      noteReading(context, `correction, ${format.id}`, second, result);
      return { answer: second, parsed: result };
    } catch (error) {
      // Too much was said for a second turn, or nobody answered it.
      if (!(error instanceof AnswerFault || error instanceof UsageError)) throw error;
      context.note(`correction: ${error.message}`);
      return null;
    }
  }
}

/** Nothing is paid for after the answer is complete. */
function stoppedEarly(question: ModelRequest, format: EditFormat, reading: EditContext): ModelRequest {
  const enough = untilComplete(format, reading);
  return enough === undefined ? question : { ...question, enough };
}
