"""Helpers for nested lists."""


def flatten(items, depth=None):
    """Flatten nested lists; `depth` levels, or all of them when it is None."""
    if depth == 1:
        return list(items)
    flat = []
    for item in items:
        if isinstance(item, list):
            flat.extend(flatten(item, None if depth is None else depth - 1))
        else:
            flat.append(item)
    return flat


def nesting(items):
    """Nesting depth: a list without inner lists has depth 1."""
    inner = [nesting(item) for item in items if isinstance(item, list)]
    return 1 + max(inner, default=0)


def count_leaves(items):
    """Number of elements that are not lists."""
    return sum(count_leaves(item) if isinstance(item, list) else 1 for item in items)


def describe(items):
    """Depth, leaves and the fully flattened list."""
    return {"depth": nesting(items), "leaves": count_leaves(items), "flat": flatten(items)}
