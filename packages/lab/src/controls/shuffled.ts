import { Rng, type ArchiveView, type Evaluated, type Json, type ProposalRequest, type Search } from "@pawl/core";

/**
 * A search that is told the right verdicts of the wrong candidates: within each round of `size` they are dealt out anew. Whatever it does with
 * feedback then rests on nothing, while everything else is as it was. For searches that use verdicts at the end of a round.
 */
export function shuffledWithinRounds(inner: Search, size: number, seed: number): Search {
  let round: Evaluated[] = [];
  let rounds = 0;
  return {
    id: `${inner.id}, shuffled`,
    ask: (view: ArchiveView, rng: Rng): ProposalRequest => inner.ask(view, rng),
    tell(result: Evaluated): void {
      round.push(result);
      if (round.length < size) return;
      const whole = round;
      round = [];
      const dealt = Rng.of(seed, "shuffled", rounds++).shuffle(whole);
      whole.forEach((each, i) => {
        const { verdict, fitness, confirmed } = dealt[i] as Evaluated;
        inner.tell({ ...each, verdict, fitness, confirmed });
      });
    },
    exhausted: (request: ProposalRequest): void => inner.exhausted(request),
    done: (): boolean => inner.done(),
    state: (): Json => inner.state(),
  };
}
