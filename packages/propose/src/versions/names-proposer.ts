import type { CandidateId, Experience, Proposal, ProposalRequest, ProposeContext, Proposer } from "@pawl/core";
import { uses, type NameUse } from "./name-uses.ts";

/** What the versions of a dependency export. */
export interface VersionNames {
  /** As it is imported. */
  readonly module: string;
  /** One list per version. */
  readonly names: readonly (readonly string[])[];
}

/** Two names whose pairs of letters are this alike may be the old and the new name of one thing. */
const ALIKE = 0.5;

interface Replacement {
  readonly use: NameUse;
  readonly text: string;
  readonly summary: string;
  readonly likeness: number;
}

/**
 * Changes what is used of a dependency, so that several versions of it work: a name that some version lacks becomes a name that all have,
 * or the one where it is there and else the other. Everything else is left to the proposer that it goes in turns with.
 */
export class VersionNamesProposer implements Proposer {
  readonly id: string;
  readonly #inner: Proposer;
  readonly #versions: VersionNames;
  readonly #lists = new Map<
    CandidateId,
    { readonly all: readonly (Replacement & { readonly path: string })[]; next: number }
  >();

  constructor(inner: Proposer, versions: VersionNames) {
    this.id = inner.id;
    this.#inner = inner;
    this.#versions = versions;
  }

  async *propose(request: ProposalRequest, context: ProposeContext): AsyncGenerator<Proposal> {
    const single = request.inspirations === undefined && request.edits <= 1;
    const turn = single && context.rng.child("turn").uniform() < 0.5;
    if (turn) yield* this.#replacements(request.parent, context);
    yield* this.#inner.propose(request, context);
    if (single && !turn) yield* this.#replacements(request.parent, context);
  }

  learn(experience: Experience): void {
    this.#inner.learn?.(experience);
  }

  *#replacements(parent: CandidateId, context: ProposeContext): Generator<Proposal> {
    let list = this.#lists.get(parent);
    if (list === undefined) {
      const all = context.editable.flatMap((path) =>
        replacementsIn(path, context.read(parent, path), this.#versions).map((each) => ({ ...each, path })),
      );
      list = { all: all.sort((a, b) => b.likeness - a.likeness), next: 0 };
      this.#lists.set(parent, list);
    }
    while (list.next < list.all.length) {
      const rank = list.next++;
      const { path, use, text, summary } = list.all[rank] as Replacement & { path: string };
      yield {
        edits: { [path]: [{ start: use.start, end: use.end, text }] },
        origin: {
          proposer: this.id,
          mechanical: true,
          summary: `${summary} at ${path}:${use.line}`,
          logProbability: -Math.log(2 + rank),
        },
      };
    }
  }
}

/** Every replacement for every use in a file. */
export function replacementsIn(path: string, text: string, { module, names }: VersionNames): readonly Replacement[] {
  const sets = names.map((list) => new Set(list));
  const everywhere = [...(sets[0] ?? [])].filter((name) => sets.every((set) => set.has(name)));
  const somewhere = [...new Set(names.flat())].filter((name) => !everywhere.includes(name));
  // Renames first: they do the same with every version.
  return uses(path, text, module).flatMap((use): readonly Replacement[] => {
    const lacking = sets.filter((set) => !set.has(use.name));
    // A name that no version has is not a name of the module's own.
    if (lacking.length === sets.length) return [];
    const others = somewhere.filter((name) => name !== use.name && lacking.every((set) => set.has(name)));
    const either = others
      .filter((name) => lacking.length > 0 || likeness(use.name, name) >= ALIKE)
      .flatMap((name) => {
        const choice = use.choice(lacking.length > 0 ? [use.name, name] : [name, use.name]);
        return choice === null
          ? []
          : [{ use, text: choice, summary: `${use.name} or ${name}`, likeness: 0.8 + likeness(use.name, name) }];
      });
    const renamed = (lacking.length === 0 ? [] : everywhere).map((name) => ({
      use,
      text: use.renamed(name),
      summary: `${use.name} becomes ${name}`,
      likeness: 1 + likeness(use.name, name) - name.length / 1000,
    }));
    return [...renamed, ...either];
  });
}

/** Share of pairs of letters that two names have in common (Dice's coefficient), 0 to 1; 0.75 at least where one begins with the other. */
function likeness(a: string, b: string): number {
  const [left, right] = [pairs(a), pairs(b)];
  const common = left.filter((pair) => right.includes(pair)).length;
  const dice = (2 * common) / Math.max(1, left.length + right.length);
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return long.toLowerCase().startsWith(short.toLowerCase()) && short.length > 1 ? Math.max(0.75, dice) : dice;
}

function pairs(text: string): readonly string[] {
  const plain = text.toLowerCase();
  return Array.from({ length: Math.max(0, plain.length - 1) }, (_, i) => plain.slice(i, i + 2));
}
