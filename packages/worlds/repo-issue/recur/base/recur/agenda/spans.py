"""Spans of minutes within a day, as half-open pairs (start, end)."""


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]


def merge(spans):
    """Join spans that overlap or touch."""
    merged = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def subtract(span, taken):
    """What is left of a span when others are taken out."""
    left = []
    at = span[0]
    for start, end in merge(taken):
        if end <= span[0] or start >= span[1]:
            continue
        if start > at:
            left.append((at, start))
        at = max(at, end)
    if at < span[1]:
        left.append((at, span[1]))
    return left


def clock(minutes):
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
