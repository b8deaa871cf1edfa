import {
  applyEdits,
  isData,
  type Candidate,
  type CandidateId,
  type EditNote,
  type Experience,
  type Proposal,
  type ProposalRequest,
  type ProposeContext,
  type Proposer,
  type TextEdit,
} from "@pawl/core";
import { scoresAfterChange, type Suspiciousness } from "../localise/suspiciousness.ts";
import { EditList, type RankedEdit } from "./edit-list.ts";
import type { Languages } from "./languages.ts";
import { editsOfOther } from "./merge.ts";
import type { PriorModel } from "./prior-model.ts";
import { emptyCounts, Prior, type PriorCounts } from "./prior.ts";
import type { EditContext, Ingredient, SyntaxEdit } from "./types.ts";

export interface SyntaxProposerOptions {
  readonly languages: Languages;
  /** Trained beforehand; `UNIFORM_MODEL` for none. */
  readonly model: PriorModel;
  /** What was learned since, by this user and in this project. */
  readonly experience?: PriorCounts;
  /** Base texts of the files to edit, by path. Other editable files are left alone. */
  readonly sources: Readonly<Record<string, string>>;
  /** Scores of the base's lines; a file that is absent counts as wholly unsuspicious. */
  readonly suspiciousness: Suspiciousness;
  /** Statements and conditions of further files of the project. */
  readonly ingredients?: readonly Ingredient[];
  /** Ids of the operators that may be used; default all. */
  readonly operators?: ReadonlySet<string>;
  /** Log of the factor by which an edit is likelier than the prior thinks, for what is known of similar failures; `line` is the text of its line. */
  readonly hint?: (edit: SyntaxEdit, line: string) => number;
}

/** Parents whose edits are kept at hand. A parent that falls out is enumerated again; what was tried before is then skipped as a duplicate. */
const PARENTS_AT_HAND = 48;
const CREDIT_FIX = 1;
const CREDIT_PROGRESS = 0.25;

/**
 * Proposes edits of the syntax tree, likeliest first: P(edit) ∝ prior(operator, node kind) × suspiciousness × the operator's own weight.
 * Needs no model. Learns from every verdict which edits are worth trying.
 */
export class SyntaxProposer implements Proposer {
  readonly id = "syntax";
  readonly #o: SyntaxProposerOptions;
  readonly #prior: Prior;
  readonly #lists = new Map<CandidateId, EditList>();

  constructor(options: SyntaxProposerOptions) {
    this.#o = options;
    this.#prior = new Prior(options.model, options.experience ?? emptyCounts());
  }

  /** All experience: what it started with and what it has learned. */
  experience(): PriorCounts {
    return this.#prior.counts();
  }

  /** How many single edits the parent allows. */
  countSingles(parent: CandidateId, context: Pick<ProposeContext, "archive" | "read">): number {
    return this.#listOf(parent, context).size;
  }

  /** Single edits or sets of them; with inspirations, the parent's changes and theirs together. */
  async *propose(request: ProposalRequest, context: ProposeContext): AsyncGenerator<Proposal> {
    if (request.inspirations !== undefined) return yield* this.#merge(request.parent, request.inspirations, context);
    const list = this.#listOf(request.parent, context);
    const sets =
      request.edits <= 1
        ? list.singles(request.temperature, context.rng, request.weights)
        : list.combinations(request.edits, { ...request, rng: context.rng });
    for (const chosen of sets) {
      const proposal = this.#proposalOf(
        Array.isArray(chosen) ? (chosen as readonly RankedEdit[]) : [chosen as RankedEdit],
        request.parent,
        context,
      );
      if (proposal !== null) yield proposal;
    }
  }

  learn(experience: Experience): void {
    const notes = experience.candidate.origin.edits;
    if (notes === undefined || !isData(experience.verdict)) return;
    const progress =
      experience.fitness !== null && experience.parentFitness !== null && experience.fitness > experience.parentFitness;
    const credit =
      experience.confirmed && experience.verdict.status === "passed" ? CREDIT_FIX : progress ? CREDIT_PROGRESS : 0;
    for (const note of notes) this.#prior.learn(note, credit);
  }

  *#merge(parent: CandidateId, others: readonly CandidateId[], context: ProposeContext): Generator<Proposal> {
    const onto = context.archive.get(parent);
    for (const id of others) {
      const other = context.archive.get(id);
      if (onto === undefined || other === undefined) throw new RangeError(`unknown parent ${parent} or ${id}`);
      const edits = editsOfOther(onto.candidate, other.candidate);
      if (edits === null || !this.#parses(edits, parent, context)) continue;
      const steps = context.archive.lineage(id).filter((step) => step.candidate.parents.length > 0);
      yield {
        edits,
        origin: {
          proposer: this.id,
          ...(steps.every((step) => step.candidate.origin.mechanical) ? { mechanical: true } : {}),
          summary: steps.map((step) => step.candidate.origin.summary).join(" + "),
          edits: steps.flatMap((step) => step.candidate.origin.edits ?? []),
          logProbability: round(steps.reduce((sum, step) => sum + (step.candidate.origin.logProbability ?? 0), 0)),
        },
      };
    }
  }

  #parses(edits: Proposal["edits"], parent: CandidateId, context: ProposeContext): boolean {
    return Object.entries(edits).every(([path, list]) => {
      const text = applyEdits(context.read(parent, path), list);
      return text !== null && this.#o.languages.of(path)?.parse(text, path) !== null;
    });
  }

  /** Null when the edited texts do not parse: that costs a parse here, and no evaluation. */
  #proposalOf(chosen: readonly RankedEdit[], parent: CandidateId, context: ProposeContext): Proposal | null {
    const edits: Record<string, TextEdit[]> = {};
    for (const { path, edit } of chosen) (edits[path] ??= []).push(...edit.replacements);
    for (const list of Object.values(edits)) list.sort((a, b) => a.start - b.start);
    if (!this.#parses(edits, parent, context)) return null;
    const notes = chosen.map(({ path, edit, suspiciousness }): EditNote => ({
      operator: edit.operator,
      faultClass: edit.faultClass,
      nodeKind: edit.nodeKind,
      path,
      line: edit.line,
      suspiciousness,
      weight: edit.weight,
    }));
    return {
      edits,
      origin: {
        proposer: this.id,
        mechanical: true,
        summary: notes.map((note) => `${note.operator} at ${note.path}:${note.line}`).join(" + "),
        edits: notes,
        logProbability: round(chosen.reduce((sum, each) => sum + each.logProbability, 0)),
      },
    };
  }

  #listOf(parent: CandidateId, context: Pick<ProposeContext, "archive" | "read">): EditList {
    const known = this.#lists.get(parent);
    if (known !== undefined) {
      this.#lists.delete(parent); // move to the end: least recently used comes first
      this.#lists.set(parent, known);
      return known;
    }
    const entry = context.archive.get(parent);
    if (entry === undefined) throw new RangeError(`unknown parent ${parent}`);
    const list = this.#enumerate(entry.candidate, context);
    this.#lists.set(parent, list);
    const oldest = this.#lists.keys().next().value;
    if (this.#lists.size > PARENTS_AT_HAND && oldest !== undefined) this.#lists.delete(oldest);
    return list;
  }

  #enumerate(parent: Candidate, context: Pick<ProposeContext, "read">): EditList {
    const edits: { path: string; edit: SyntaxEdit; suspiciousness: number }[] = [];
    const scores: number[] = [];
    const editContext: EditContext = { ingredients: this.#o.ingredients ?? [] };
    for (const [path, baseText] of Object.entries(this.#o.sources)) {
      const language = this.#o.languages.of(path);
      const text = context.read(parent.id, path);
      const parsed = language?.parse(text, path) ?? null;
      if (language === null || parsed === null) continue;
      const change = parent.changes.find((each) => each.path === path) ?? null;
      const { hint, operators } = this.#o;
      const lines = hint === undefined ? [] : text.split("\n");
      const scoreOf = scoresAfterChange(this.#o.suspiciousness[path] ?? [], baseText, change);
      for (const edit of language.edits(parsed, editContext)) {
        if (operators?.has(edit.operator) === false) continue;
        const suspicious = scoreOf(edit.line);
        edits.push({ path, edit, suspiciousness: suspicious });
        scores.push(this.#prior.logScore(edit, suspicious) + (hint?.(edit, lines[edit.line - 1] ?? "") ?? 0));
      }
    }
    return new EditList(edits, scores);
  }
}

/** Six digits: enough to rank, short in the record. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
