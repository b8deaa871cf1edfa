"""Enumerations in a stable order."""


def permutations(items):
    """All orders of the items, by the position of the items."""
    if not items:
        return [[]]
    result = []
    for i, first in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1:]):
            result.append([first] + rest)
    return result


def combinations(items, size):
    """All choices of `size` items, each in the order of the items."""
    if size == 0:
        return [[]]
    if size > len(items):
        return []
    with_first = [[items[0]] + rest for rest in combinations(items[1:], size - 1)]
    return with_first + combinations(items[1:], size)


def subsets(items):
    """All subsets, small ones first."""
    result = []
    for size in range(len(items) + 1):
        result.extend(combinations(items, size))
    return result
