const ALIVE = '#';

function parse(lines) {
  return lines.map((line) => [...line].map((ch) => ch === ALIVE));
}

function render(grid) {
  return grid.map((row) => row.map((alive) => (alive ? ALIVE : '.')).join(''));
}

function neighbours(grid, row, column) {
  let count = 0;
  for (let dr = -1; dr <= 1; dr += 1) {
    for (let dc = -1; dc <= 1; dc += 1) {
      if (dr === 0 && dc === 0) continue;
      if (grid[row + dr]?.[column + dc]) count += 1;
    }
  }
  return count;
}

function step(grid) {
  const next = grid;
  for (let row = 0; row < grid.length; row += 1) {
    for (let column = 0; column < grid[row].length; column += 1) {
      const count = neighbours(grid, row, column);
      next[row][column] = count === 3 || (count === 2 && grid[row][column]);
    }
  }
  return next;
}

/** The board after some generations; cells outside of it are always dead. */
export function evolve(lines, generations) {
  let grid = parse(lines);
  for (let i = 0; i < generations; i += 1) grid = step(grid);
  return render(grid);
}

export function population(lines) {
  return parse(lines).flat().filter(Boolean).length;
}
