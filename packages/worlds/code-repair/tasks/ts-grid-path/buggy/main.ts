export type Cell = readonly [row: number, column: number];

const STEPS: readonly Cell[] = [[-1, 0], [0, 1], [1, 0], [0, -1]];

function key(row: number, column: number): string {
  return `${row},${column}`;
}

function isOpen(maze: readonly string[], row: number, column: number): boolean {
  if (row < 0 || row >= maze.length) return false;
  if (column < 0 || column >= maze[column].length) return false;
  return maze[row][column] !== '#';
}

/** The fewest steps from `start` to `goal`, or -1; walls are "#". */
export function shortestWay(maze: readonly string[], start: Cell, goal: Cell): number {
  if (!isOpen(maze, ...start) || !isOpen(maze, ...goal)) return -1;
  const distance = new Map<string, number>([[key(...start), 0]]);
  const queue: Cell[] = [start];
  for (let head = 0; head < queue.length; head += 1) {
    const [row, column] = queue[head];
    const steps = distance.get(key(row, column))!;
    if (row === goal[0] && column === goal[1]) return steps;
    for (const [dr, dc] of STEPS) {
      const next: Cell = [row + dr, column + dc];
      if (!isOpen(maze, ...next) || distance.has(key(...next))) continue;
      distance.set(key(...next), steps + 1);
      queue.push(next);
    }
  }
  return -1;
}

export function reachable(maze: readonly string[], start: Cell): number {
  let count = 0;
  maze.forEach((line, row) => {
    for (let column = 0; column < line.length; column += 1) {
      if (shortestWay(maze, start, [row, column]) >= 0) count += 1;
    }
  });
  return count;
}
