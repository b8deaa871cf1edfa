"""Human readable durations, from whole seconds."""

UNITS = [("d", 86400), ("h", 3600), ("m", 60), ("s", 1)]


def split_units(seconds):
    """Break seconds down into (suffix, count) pairs, largest unit first."""
    parts = []
    rest = seconds
    for suffix, size in UNITS:
        count = rest // size
        rest = rest // size
        parts.append((suffix, count))
    return parts


def format_duration(seconds, limit=4):
    """Format as e.g. "1h 5m 2s"; units with a zero count are left out.

    At most `limit` units are printed. Negative durations get a leading minus.
    """
    if seconds < 0:
        return "-" + format_duration(-seconds, limit)
    shown = [str(count) + suffix for suffix, count in split_units(seconds) if count]
    if not shown:
        return "0s"
    return " ".join(shown[:limit])
