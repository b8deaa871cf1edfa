"""Runs of equal values."""


def runs(values):
    """[value, length] of each maximal run of equal neighbours."""
    result = []
    for value in values:
        if result and result[-1][0] == value:
            result[-1][1] += 1
        else:
            result.append([value, 1])
    return result


def longest_run(values):
    """{"value", "start", "length"} of the longest run (the first of equal ones)."""
    best = None
    position = 0
    for value, length in runs(values):
        if best is None or length > best["length"]:
            best = {"value": value, "start": position, "length": length}
        position += length
    return best


def longest_increase(numbers):
    """Length of the longest stretch of ever larger neighbours."""
    if not numbers:
        return 0
    best = current = 1
    for previous, number in zip(numbers, numbers[1:]):
        current = current + 1 if number > previous else 1
        best = max(best, current)
    return best
