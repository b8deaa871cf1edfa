import {
  Archive,
  Rng,
  type ArchiveView,
  type EditNote,
  type Evaluated,
  type ProposalRequest,
  type Search,
} from "@pawl/core";

const OPERATORS = ["swap-comparison", "replace-constant", "remove-statement", "swap-arguments"] as const;

/** For tests: candidate `id` that fails `failing` of ten tests; more than ten: it does not load. */
export function told(
  id: string,
  request: ProposalRequest,
  failing: number,
  edits: readonly EditNote[] = [],
): Evaluated {
  const broken = failing > 10;
  const passed = broken ? 0 : (10 - failing) / 10;
  return {
    candidate: {
      id,
      changes: id === "base" ? [] : [{ path: "a.js", start: id.length, end: id.length + 3, text: id }],
      parents: id === "base" ? [] : [request.parent],
      origin: { proposer: "test", summary: `made ${id}`, edits },
    },
    request,
    verdict: {
      status: broken ? "error" : failing === 0 ? "passed" : "failed",
      scores: { passed: [passed] },
      failing: Array.from({ length: Math.min(10, failing) }, (_, i) => `t${i}`),
      feedback: [],
      cost: { wallMs: 0, cpuMs: 0 },
      evidence: [],
    },
    fitness: broken ? -1 : passed,
    confirmed: false,
  };
}

export function base(failing = 8): Evaluated {
  return told("base", { parent: "base", edits: 0, temperature: 0 }, failing);
}

export function noteOf(operator: string, line: number): EditNote {
  return { operator, faultClass: "boundary", nodeKind: "x", path: "a.js", line, suspiciousness: 0.5, weight: 1 };
}

export interface Move {
  readonly request: ProposalRequest;
  readonly result: Evaluated;
}

/**
 * For tests: plays a search on a world in which an edit loses, changes nothing or gains a test at random. `before` sees the search between a tell and
 * the next ask, with everything that was told; `after` what was asked.
 */
export function play(
  search: Search,
  {
    seed,
    rounds,
    window = 1,
    before,
    after,
  }: {
    readonly seed: number;
    readonly rounds: number;
    readonly window?: number;
    readonly before?: (moves: readonly Move[]) => void;
    readonly after?: (request: ProposalRequest, moves: readonly Move[]) => void;
  },
): readonly Move[] {
  const archive = new Archive(base());
  const world = Rng.of(seed, "world");
  const moves: Move[] = [];
  const waiting: Evaluated[] = [];
  for (let n = 0; n < rounds && (waiting.length > 0 || !search.done()); n++) {
    before?.(moves);
    if (!search.done()) {
      const request = search.ask(archive as ArchiveView, Rng.of(seed, n));
      after?.(request, moves);
      const parent = archive.get(request.parent) as Evaluated;
      waiting.push(
        told(`c${n}`, request, failingAfter(parent, world), [noteOf(world.pick(OPERATORS), 1 + world.int(9))]),
      );
      if (world.uniform() < 0.02) search.exhausted(request);
    }
    if (waiting.length < window && !search.done()) continue;
    const result = waiting.shift() as Evaluated;
    archive.add(result);
    moves.push({ request: result.request, result });
    search.tell(result);
  }
  return moves;
}

function failingAfter(parent: Evaluated, world: Rng): number {
  const before = parent.verdict.failing?.length ?? 10;
  const luck = world.uniform();
  if (luck < 0.05) return 11;
  return Math.max(0, Math.min(10, before + (luck < 0.2 ? -1 : luck < 0.6 ? 0 : 1 + world.int(2))));
}
