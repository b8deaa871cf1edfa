def running_maximum_gap(values):
    """After each new value the largest gap between neighbours in order."""
    ordered = []
    gaps = []
    for value in values:
        ordered.append(value)
        ordered = sorted(ordered)
        largest = 0
        for i in range(1, len(ordered)):
            if ordered[i] - ordered[i - 1] > largest:
                largest = ordered[i] - ordered[i - 1]
        gaps.append(largest)
    return gaps
