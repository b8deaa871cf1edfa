/**
 * Online bin packing: says which bin the next item goes to.
 * `bins` holds the free space of every bin that has room for the item, the last one being a new, empty bin (space 100).
 * Returns one number per bin; the item goes to the bin with the highest, the first of several.
 */
export function priority(item, bins) {
  return bins.map((space) => {
    const left = space - item;
    if (left < 10) return 100 - left;
    if (space >= 100) return -100;
    return -1 * left;
  });
}
