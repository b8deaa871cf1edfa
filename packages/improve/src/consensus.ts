/** What one of several candidates does on the same inputs. */
export interface Behaviour {
  /** Log of how likely the candidate is before anything is known of its behaviour. */
  readonly logWeight: number;
  /** One text per input; equal texts are equal outcomes. */
  readonly outcomes: readonly string[];
}

/** Above 1, many less likely candidates that agree can outvote a likelier one: the prior is surer of itself than it should be. */
const TEMPERATURE = 3;
/** What doing as the base does on every input is worth, in log odds: a repair changes no more than it has to. */
const BASE_WEIGHT = 3;

/**
 * Indexes of the candidates, the likeliest repair first. Candidates that do the same on every input stand for the same program, so their
 * weights are added up (as self-consistency does with answers, Wang et al. 2022); among programs those nearer to the base's behaviour
 * come first, among candidates for one program the likelier.
 */
export function rankByConsensus(candidates: readonly Behaviour[], base: readonly string[]): readonly number[] {
  const highest = Math.max(...candidates.map((each) => each.logWeight));
  const votes = new Map<string, number>();
  for (const { logWeight, outcomes } of candidates) {
    const key = JSON.stringify(outcomes);
    votes.set(key, (votes.get(key) ?? 0) + Math.exp((logWeight - highest) / TEMPERATURE));
  }
  const programScore = ({ outcomes }: Behaviour): number =>
    Math.log(votes.get(JSON.stringify(outcomes)) as number) + BASE_WEIGHT * sharedShare(outcomes, base);
  return candidates
    .map((candidate, index) => ({ index, program: programScore(candidate), own: candidate.logWeight }))
    .sort((a, b) => b.program - a.program || b.own - a.own || a.index - b.index)
    .map(({ index }) => index);
}

function sharedShare(a: readonly string[], b: readonly string[]): number {
  return a.length === 0 ? 0 : a.filter((outcome, i) => outcome === b[i]).length / a.length;
}
