def pairs_with_sum(values, target):
    """Places of all pairs of values that make the target."""
    found = []
    for i in range(len(values)):
        for j in range(i + 1, len(values)):
            if values[i] + values[j] == target:
                found.append([i, j])
    return found
