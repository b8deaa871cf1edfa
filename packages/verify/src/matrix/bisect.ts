/** Where an answer changes along a row of versions, as far as it was asked for. */
export interface Flip {
  /** Numbers of two versions with different answers, between which none could be tried; null when both ends answer alike, or fewer than two do. */
  readonly between: readonly [number, number] | null;
  /** The answer of the oldest and of the newest version that could be tried; null when none could. */
  readonly ends: readonly [boolean, boolean] | null;
}

/**
 * Finds where the answer changes between the ends of a row, by halving: about log2(count) questions. A question that has no answer (null) is asked of
 * a neighbour instead. What was not asked is not known: where the answer changes more than once, one of the changes is found.
 */
export async function bisect(count: number, ask: (place: number) => Promise<boolean | null>): Promise<Flip> {
  const answers = new Map<number, boolean | null>();
  /** The first place of these that has an answer, with it. */
  const firstOf = async (places: Iterable<number>): Promise<{ place: number; answer: boolean } | null> => {
    for (const place of places) {
      if (!answers.has(place)) answers.set(place, await ask(place));
      const answer = answers.get(place) ?? null;
      if (answer !== null) return { place, answer };
    }
    return null;
  };
  let low = await firstOf(Array.from({ length: count }, (_, index) => index));
  if (low === null) return { between: null, ends: null };
  const from = low.place;
  let high = await firstOf(Array.from({ length: count - from }, (_, index) => count - 1 - index));
  if (high === null) return { between: null, ends: null };
  const ends = [low.answer, high.answer] as const;
  if (low.answer === high.answer) return { between: null, ends };
  for (;;) {
    const middle = await firstOf(fromTheMiddle(low.place, high.place));
    if (middle === null) return { between: [low.place, high.place], ends };
    if (middle.answer === low.answer) low = middle;
    else high = middle;
  }
}

/** The numbers strictly between two, the middle first, then outwards. */
function fromTheMiddle(low: number, high: number): number[] {
  const middle = (low + high) / 2;
  return Array.from({ length: high - low - 1 }, (_, index) => low + 1 + index).sort(
    (a, b) => Math.abs(a - middle) - Math.abs(b - middle) || a - b,
  );
}
