def best_window(values, width):
    """Start of the window with the largest sum, and the sum."""
    best = None
    for start in range(len(values) - width + 1):
        total = sum(values[start:start + width])
        if best is None or total > best[1]:
            best = (start, total)
    return best
