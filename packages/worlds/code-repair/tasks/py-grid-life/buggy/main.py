"""Conway's game of life on a grid with dead borders. Rows are strings of "#" and "."."""


def parse(rows):
    return [[1 if cell == "#" else 0 for cell in row] for row in rows]


def render(grid):
    return ["".join("#" if cell else "." for cell in row) for row in grid]


def neighbours(grid, r, k):
    """Number of living cells around a cell."""
    total = 0
    for rr in range(max(0, r - 1), min(len(grid), r + 2)):
        for kk in range(max(0, k - 1), min(len(grid[rr]), k + 2)):
            if (rr, kk) != (r, k):
                total += grid[rr][kk]
    return total


def step(grid):
    """The next generation as a new grid."""
    result = [row for row in grid]
    for r, row in enumerate(grid):
        for k, cell in enumerate(row):
            count = neighbours(grid, r, k)
            result[r][k] = 1 if count == 3 or (cell and count == 2) else 0
    return result


def simulate(rows, generations):
    """{"rows", "alive", "still"} after some generations."""
    grid = parse(rows)
    for _ in range(generations):
        grid = step(grid)
    return {
        "rows": render(grid),
        "alive": sum(map(sum, grid)),
        "still": step(grid) == grid,
    }
