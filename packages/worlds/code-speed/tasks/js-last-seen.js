/** For each visit how many visits ago the same person came before; -1 for a first visit. */
export function sinceLastVisit(visitors) {
  return visitors.map((visitor, i) => {
    const last = visitors.slice(0, i).lastIndexOf(visitor);
    return last === -1 ? -1 : i - last;
  });
}
