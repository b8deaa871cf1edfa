/**
 * Online bin packing: says which bin the next item goes to.
 * `bins` holds the free space of every bin that has room for the item, the last one being a new, empty bin (space 150).
 * Returns one number per bin; the item goes to the bin with the highest, the first of several.
 */
export function priority(item, bins) {
  return bins.map((space) => {
    const left = space - item;
    if (left < 15) return 150 - left;
    if (space >= 150) return -150;
    return -1 * left;
  });
}
