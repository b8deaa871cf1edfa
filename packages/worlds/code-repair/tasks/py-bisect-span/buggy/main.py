"""Binary search in sorted lists."""


def lower_bound(values, target):
    """Index of the first value that is not smaller than target."""
    low, high = 0, len(values)
    while low < high:
        middle = (low + high) // 2
        if values[middle] < target:
            low = middle + 1
        else:
            high = middle
    return low


def upper_bound(values, target):
    """Index of the first value that is larger than target."""
    low, high = 0, len(values) - 1
    while low < high:
        middle = (low + high) // 2
        if values[middle] <= target:
            low = middle + 1
        else:
            high = middle
    return low


def span(values, target):
    """[first, last] index of target in values, or None."""
    first = lower_bound(values, target)
    end = upper_bound(values, target)
    if first == end:
        return None
    return [first, end - 1]


def count_between(values, low, high):
    """How many values lie in the closed range from low to high."""
    return max(0, upper_bound(values, high) - lower_bound(values, low))
