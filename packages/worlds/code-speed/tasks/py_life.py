import copy


def evolve(board, steps):
    """A row of cells after some steps: a cell lives on when exactly one of its neighbours lives."""
    for _ in range(steps):
        old = copy.deepcopy(board)
        new = copy.deepcopy(board)
        for i in range(len(old)):
            left = old[i - 1] if i > 0 else 0
            right = old[i + 1] if i + 1 < len(old) else 0
            new[i] = 1 if left + right == 1 else 0
        board = new
    return board
