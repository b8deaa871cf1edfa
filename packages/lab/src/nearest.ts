import { distance } from "fastest-levenshtein";

const MOST = 3;
/** Share of the longer name that may differ. */
const TOLERATED = 0.5;

/** The names most like a mistyped one, most alike first: those that hold it, or it them, and those a few letters away. */
export function nearest(mistyped: string, names: readonly string[]): readonly string[] {
  const wanted = mistyped.toLowerCase();
  return names
    .map((name) => {
      const inside = wanted !== "" && (name.includes(wanted) || wanted.includes(name));
      const away = distance(wanted, name) / Math.max(wanted.length, name.length);
      return { name, away: inside ? away / 2 : away };
    })
    .filter(({ away }) => away <= TOLERATED)
    .toSorted((a, b) => a.away - b.away)
    .slice(0, MOST)
    .map(({ name }) => name);
}

/** `Did you mean a or b? `, or nothing when no name is alike. */
export function didYouMean(mistyped: string, names: readonly string[]): string {
  const alike = nearest(mistyped, names);
  return alike.length === 0 ? "" : `Did you mean ${alike.join(" or ")}? `;
}
