import { Archive, Rng, type Evaluated, type ProposalRequest, type Search } from "@pawl/core";

/**
 * A landscape with a known best: places of which a few are faulty, a candidate is the set of places it changed, and a single edit changes one more,
 * or changes one back. Repairing a fault gains, changing a sound place loses a little; the best is the candidate that changes exactly the faulty
 * places. As with the syntax proposer, single edits of a parent are given out once each, and no candidate comes twice.
 */
export interface FaultWorld {
  readonly places: number;
  readonly faults: number;
}

export interface Played {
  readonly asked: readonly ProposalRequest[];
  /** Evaluations until the best was found; null when it was not. */
  readonly solvedAt: number | null;
  readonly evaluations: number;
}

const LOSS = 0.1;

export function playFaults(search: Search, seed: number, world: FaultWorld, budget: number): Played {
  const draw = Rng.of(seed, "world");
  const faulty = new Set(draw.shuffle(Array.from({ length: world.places }, (_, i) => i)).slice(0, world.faults));
  const archive = new Archive(judged("", [], { parent: "", edits: 0, temperature: 0 }, faulty));
  const seen = new Set([""]);
  const singles = new Map<string, number[]>();
  const asked: ProposalRequest[] = [];
  const changedBy = (id: string): number[] => (id === "" ? [] : id.split(",").map(Number));

  const propose = (request: ProposalRequest, rng: Rng): number[] | null => {
    const own = changedBy(request.parent);
    if (request.inspirations !== undefined) {
      const merged = [...new Set([...own, ...request.inspirations.flatMap(changedBy)])].toSorted((a, b) => a - b);
      return seen.has(merged.join()) ? null : merged;
    }
    const all = Array.from({ length: world.places }, (_, i) => i);
    if (request.edits === 1) {
      const left = singles.get(request.parent) ?? rng.shuffle(all);
      singles.set(request.parent, left);
      for (let place = left.pop(); place !== undefined; place = left.pop()) {
        const changed = toggled(own, [place]);
        if (!seen.has(changed.join())) return changed;
      }
      return null;
    }
    for (let attempt = 0; attempt < 50; attempt++) {
      const changed = toggled(own, rng.shuffle(all).slice(0, request.edits));
      if (!seen.has(changed.join())) return changed;
    }
    return null;
  };

  let evaluations = 0;
  for (let n = 0; evaluations < budget && n < 10 * budget && !search.done(); n++) {
    const rng = Rng.of(seed, "ask", n);
    const request = search.ask(archive, rng);
    asked.push(request);
    if (!archive.has(request.parent)) throw new Error(`${search.id} asked for the unknown parent ${request.parent}`);
    const changed = propose(request, rng.child("propose"));
    if (changed === null) {
      search.exhausted(request);
      continue;
    }
    evaluations += 1;
    seen.add(changed.join());
    const result = judged(changed.join(), changed, request, faulty);
    archive.add(result);
    if (changed.length === faulty.size && changed.every((place) => faulty.has(place)))
      return { asked, solvedAt: evaluations, evaluations };
    search.tell(result);
  }
  return { asked, solvedAt: null, evaluations };
}

function toggled(own: readonly number[], places: readonly number[]): number[] {
  const kept = own.filter((place) => !places.includes(place));
  return [...kept, ...places.filter((place) => !own.includes(place))].toSorted((a, b) => a - b);
}

function judged(
  id: string,
  changed: readonly number[],
  request: ProposalRequest,
  faulty: ReadonlySet<number>,
): Evaluated {
  const repaired = changed.filter((place) => faulty.has(place));
  const fitness = repaired.length / faulty.size - LOSS * (changed.length - repaired.length);
  return {
    candidate: {
      id,
      changes: changed.map((place) => ({ path: "x", start: place, end: place + 1, text: "+" })),
      parents: id === "" ? [] : [request.parent, ...(request.inspirations ?? [])],
      origin: {
        proposer: "test",
        summary: id,
        edits: changed.slice(-1).map((place) => ({
          operator: "change",
          faultClass: "constant",
          nodeKind: "number",
          path: "x",
          line: place,
          suspiciousness: 1,
          weight: 1,
        })),
      },
    },
    request,
    verdict: {
      status: "failed",
      scores: { passed: [repaired.length / faulty.size - 0.001] },
      failing: [...faulty].filter((place) => !repaired.includes(place)).map((place) => `t${place}`),
      feedback: [],
      cost: { wallMs: 0, cpuMs: 0 },
      evidence: [],
    },
    fitness,
    confirmed: false,
  };
}
