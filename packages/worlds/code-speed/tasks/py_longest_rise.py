def longest_rise(values):
    """Length of the longest increasing subsequence."""

    def best_from(i):
        best = 1
        for j in range(i + 1, len(values)):
            if values[j] > values[i]:
                best = max(best, 1 + best_from(j))
        return best

    lengths = [best_from(i) for i in range(len(values))]
    return sorted(lengths)[-1] if lengths else 0
