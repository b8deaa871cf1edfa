import {
  applyEdits,
  type CandidateId,
  type Proposal,
  type ProposalRequest,
  type ProposeContext,
  type Proposer,
  type Rng,
  type TextEdit,
} from "@pawl/core";
import { scoresAfterChange, type Suspiciousness } from "../localise/suspiciousness.ts";
import type { Languages } from "../syntax/languages.ts";
import { editsOfOther } from "../syntax/merge.ts";
import { speedEdits } from "./edits.ts";
import { inOrder, type PlacedEdit } from "./operator.ts";

export interface SpeedProposerOptions {
  readonly languages: Languages;
  /** Base texts of the files to edit, by path. */
  readonly sources: Readonly<Record<string, string>>;
  /** Share of the time that each line of the base takes, by path. */
  readonly heat: Suspiciousness;
}

interface Ranked extends PlacedEdit {
  readonly path: string;
  readonly score: number;
}

/** Cold lines are tried as well, last: a profile is a sample. */
const COLDEST = 0.02;
const TRIES = 60;

/**
 * Proposes rewrites that may be faster, those of the hottest lines first (at a temperature above 0 drawn by how hot and how promising they
 * are), as the request's weights bend it. Whether they do the same is for the check to say.
 */
export class SpeedProposer implements Proposer {
  readonly id = "speed";
  readonly #o: SpeedProposerOptions;
  readonly #lists = new Map<CandidateId, readonly Ranked[]>();

  constructor(options: SpeedProposerOptions) {
    this.#o = options;
  }

  async *propose(request: ProposalRequest, context: ProposeContext): AsyncGenerator<Proposal> {
    const { parent, inspirations, edits } = request;
    const onto = context.archive.get(parent);
    if (onto === undefined) throw new RangeError(`unknown parent ${parent}`);
    for (const id of inspirations ?? []) {
      const other = context.archive.get(id);
      const merged = other === undefined ? null : editsOfOther(onto.candidate, other.candidate);
      if (merged === null || other === undefined || !this.#parses(merged, parent, context)) continue;
      const steps = context.archive.lineage(id).filter((step) => step.candidate.parents.length > 0);
      yield {
        edits: merged,
        origin: { proposer: this.id, summary: steps.map((step) => step.candidate.origin.summary).join(" + ") },
      };
    }
    if (inspirations !== undefined) return;
    const list = inOrderOf(this.#listOf(parent, context), request, context.rng);
    const sets = edits <= 1 ? list.map((one) => [one]) : combinations(list, edits, context.rng);
    for (const chosen of sets) {
      const proposal = this.#proposalOf(chosen, parent, context);
      if (proposal !== null) yield proposal;
    }
  }

  #proposalOf(chosen: readonly Ranked[], parent: CandidateId, context: ProposeContext): Proposal | null {
    const edits: Record<string, readonly TextEdit[]> = {};
    for (const path of new Set(chosen.map((each) => each.path))) {
      const sorted = inOrder(chosen.filter((each) => each.path === path).flatMap((each) => each.replacements));
      if (sorted === null) return null;
      edits[path] = sorted;
    }
    if (!this.#parses(edits, parent, context)) return null;
    const summary = chosen.map((each) => `${each.operator} at ${each.path}:${each.line}`).join(" + ");
    return { edits, origin: { proposer: this.id, summary } };
  }

  #parses(edits: Proposal["edits"], parent: CandidateId, context: ProposeContext): boolean {
    return Object.entries(edits).every(([path, list]) => {
      const text = applyEdits(context.read(parent, path), list);
      return text !== null && this.#o.languages.of(path)?.parse(text, path) !== null;
    });
  }

  /** The parent's edits, best first; equal ones by their place. */
  #listOf(parent: CandidateId, context: ProposeContext): readonly Ranked[] {
    const known = this.#lists.get(parent);
    if (known !== undefined) return known;
    const entry = context.archive.get(parent);
    const found: Ranked[] = [];
    for (const [path, baseText] of Object.entries(this.#o.sources)) {
      const text = context.read(parent, path);
      const change = entry?.candidate.changes.find((each) => each.path === path) ?? null;
      const heatOf = scoresAfterChange(this.#o.heat[path] ?? [], baseText, change);
      const lines = text.split("\n").length;
      for (const each of speedEdits(this.#o.languages, text, path)) {
        // A rewrite touches what is around its place, too: its lines and the ones they hold.
        let heat = heatOf(each.line);
        for (let line = Math.max(1, each.line - 1); line <= Math.min(lines, each.line + 3); line++)
          heat = Math.max(heat, heatOf(line) / 2);
        found.push({ ...each, path, score: each.weight * Math.max(COLDEST, heat) });
      }
    }
    found.sort((a, b) => b.score - a.score);
    this.#lists.set(parent, found);
    return found;
  }
}

/** The list under the request's weights (those ruled out are left out) and temperature. */
function inOrderOf(list: readonly Ranked[], { weights, temperature }: ProposalRequest, rng: Rng): readonly Ranked[] {
  if (weights === undefined && temperature <= 0) return list;
  const { byOperator = {}, byLine = {}, byEdit = {} } = weights ?? {};
  const draws = rng.child("order");
  return list
    .flatMap((each) => {
      const place = `${each.path}:${each.line}`;
      const added =
        (byOperator[each.operator] ?? 0) + (byLine[place] ?? 0) + (byEdit[`${each.operator}@${place}`] ?? 0);
      if (added === -Infinity) return [];
      const log = Math.log(each.score) + added;
      // Gumbel top-k: the order of draws without replacement from the weights.
      return [{ each, key: temperature > 0 ? log / temperature + draws.gumbel() : log }];
    })
    .sort((a, b) => b.key - a.key)
    .map(({ each }) => each);
}

function* combinations(list: readonly Ranked[], count: number, rng: Rng): Generator<readonly Ranked[]> {
  if (list.length < count) return;
  for (let n = 0; n < TRIES; n++) {
    const chosen = new Set<Ranked>();
    while (chosen.size < count) chosen.add(list[rng.int(list.length)] as Ranked);
    yield [...chosen];
  }
}
