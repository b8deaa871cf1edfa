"""Smoothing of measurement series; missing measurements are None."""


def window_mean(window):
    """Mean of the values that are present, or None when there are none."""
    present = [value for value in window if value is not None]
    return sum(present) / len(present)


def moving_average(series, size):
    """For each position the mean of the last `size` measurements up to there."""
    if size < 1:
        raise ValueError("size must be positive")
    result = []
    for end in range(1, len(series) + 1):
        result.append(window_mean(series[max(0, end - size):end]))
    return result


def trend(series, size):
    """"up", "down" or "flat": the last average against the first one."""
    averages = [mean for mean in moving_average(series, size) if mean is not None]
    if len(averages) < 2 or averages[0] == averages[-1]:
        return "flat"
    return "up" if averages[-1] > averages[0] else "down"
