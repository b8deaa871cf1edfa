/**
 * Sorting networks for 8, 9 and 10 values. `compare(i, j)` with i < j puts the smaller of the values on lines i and j on line i.
 * The start is the network of bubble sort: every pair of neighbours, one line fewer each time.
 */
export function sort8(compare) {
  compare(0, 1);
  compare(1, 2);
  compare(2, 3);
  compare(3, 4);
  compare(4, 5);
  compare(5, 6);
  compare(6, 7);
  compare(0, 1);
  compare(1, 2);
  compare(2, 3);
  compare(3, 4);
  compare(4, 5);
  compare(5, 6);
  compare(0, 1);
  compare(1, 2);
  compare(2, 3);
  compare(3, 4);
  compare(4, 5);
  compare(0, 1);
  compare(1, 2);
  compare(2, 3);
  compare(3, 4);
  compare(0, 1);
  compare(1, 2);
  compare(2, 3);
  compare(0, 1);
  compare(1, 2);
  compare(0, 1);
}

export function sort9(compare) {
  compare(0, 1);
  compare(1, 2);
  compare(2, 3);
  compare(3, 4);
  compare(4, 5);
  compare(5, 6);
  compare(6, 7);
  compare(7, 8);
  compare(0, 1);
  compare(1, 2);
  compare(2, 3);
  compare(3, 4);
  compare(4, 5);
  compare(5, 6);
  compare(6, 7);
  compare(0, 1);
  compare(1, 2);
  compare(2, 3);
  compare(3, 4);
  compare(4, 5);
  compare(5, 6);
  compare(0, 1);
  compare(1, 2);
  compare(2, 3);
  compare(3, 4);
  compare(4, 5);
  compare(0, 1);
  compare(1, 2);
  compare(2, 3);
  compare(3, 4);
  compare(0, 1);
  compare(1, 2);
  compare(2, 3);
  compare(0, 1);
  compare(1, 2);
  compare(0, 1);
}

export function sort10(compare) {
  compare(0, 1);
  compare(1, 2);
  compare(2, 3);
  compare(3, 4);
  compare(4, 5);
  compare(5, 6);
  compare(6, 7);
  compare(7, 8);
  compare(8, 9);
  compare(0, 1);
  compare(1, 2);
  compare(2, 3);
  compare(3, 4);
  compare(4, 5);
  compare(5, 6);
  compare(6, 7);
  compare(7, 8);
  compare(0, 1);
  compare(1, 2);
  compare(2, 3);
  compare(3, 4);
  compare(4, 5);
  compare(5, 6);
  compare(6, 7);
  compare(0, 1);
  compare(1, 2);
  compare(2, 3);
  compare(3, 4);
  compare(4, 5);
  compare(5, 6);
  compare(0, 1);
  compare(1, 2);
  compare(2, 3);
  compare(3, 4);
  compare(4, 5);
  compare(0, 1);
  compare(1, 2);
  compare(2, 3);
  compare(3, 4);
  compare(0, 1);
  compare(1, 2);
  compare(2, 3);
  compare(0, 1);
  compare(1, 2);
  compare(0, 1);
}
