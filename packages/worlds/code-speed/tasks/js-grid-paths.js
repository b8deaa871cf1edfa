/** Cheapest way from the upper left to the lower right corner, going right or down. */
export function cheapestPath(grid) {
  if (grid.length === 0) return 0;
  function cost(row, column) {
    if (row >= grid.length || column >= grid[row].length) return Infinity;
    const here = grid[row][column];
    if (row === grid.length - 1 && column === grid[row].length - 1) return here;
    return here + Math.min(cost(row + 1, column), cost(row, column + 1));
  }
  return cost(0, 0);
}
