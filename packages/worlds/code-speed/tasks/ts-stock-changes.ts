type Item = { sku: string; count: number };

/** What was added, removed or changed between two lists of stock. */
export function stockChanges(before: Item[], after: Item[]): { added: string[]; removed: string[]; changed: string[] } {
  const added = after.filter((item) => !before.map((old) => old.sku).includes(item.sku)).map((item) => item.sku);
  const removed = before.filter((item) => !after.map((now) => now.sku).includes(item.sku)).map((item) => item.sku);
  const changed: string[] = [];
  before.forEach((item) => {
    const now = after.find((other) => other.sku === item.sku);
    if (now !== undefined && now.count !== item.count) changed.push(item.sku);
  });
  return { added, removed, changed };
}
