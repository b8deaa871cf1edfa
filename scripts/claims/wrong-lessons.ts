import { Rng, type Store } from "@pawl/core";
import { listLessons, type RecalledLesson } from "@pawl/improve";

/** The dull control: as many lessons, as near by their word, but drawn from the whole memory. */
export function wrongLessons(store: Store, recalled: readonly RecalledLesson[], id: string): readonly RecalledLesson[] {
  const all = Rng.of(1, "wrong lessons", id).shuffle(listLessons(store));
  return recalled.map(({ similarity }, i) => ({ ...(all[i] as (typeof all)[number]), similarity }));
}
