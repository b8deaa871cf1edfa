/** Packages in an order in which each comes after those it needs; the first that is ready goes first. */
export function installOrder(packages: string[], needs: [string, string][]): string[] {
  let order: string[] = [];
  let waiting = [...packages];
  while (waiting.length > 0) {
    const ready = waiting.find((name) =>
      needs.filter(([dependent]) => dependent === name).every(([, needed]) => order.includes(needed) || !packages.includes(needed)),
    );
    if (ready === undefined) throw new Error("the packages need each other");
    order = [...order, ready];
    waiting = waiting.filter((name) => name !== ready);
  }
  return order;
}
