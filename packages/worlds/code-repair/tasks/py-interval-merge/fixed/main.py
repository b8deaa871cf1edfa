"""Half-open intervals [start, end) of whole numbers."""


def merge(intervals):
    """Sorted intervals without overlaps; touching ones are joined, empty ones dropped."""
    merged = []
    for start, end in sorted(intervals):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return merged


def clip(intervals, low, high):
    """The parts of the merged intervals inside of [low, high)."""
    return merge([[max(start, low), min(end, high)] for start, end in intervals])


def complement(intervals, low, high):
    """The free intervals between low and high."""
    free = []
    position = low
    for start, end in clip(intervals, low, high):
        if start > position:
            free.append([position, start])
        position = end
    if position < high:
        free.append([position, high])
    return free


def first_free(intervals, low, high, length):
    """Start of the first free stretch of at least `length`, or None."""
    for start, end in complement(intervals, low, high):
        if end - start >= length:
            return start
    return None
