def running_totals(values):
    """Sum of the values up to each place."""
    totals = []
    for i in range(len(values)):
        totals.append(sum(values[: i + 1]))
    return totals
