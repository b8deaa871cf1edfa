"""Grouping of log records into blocks of neighbours with the same source."""


def group_adjacent(records, key):
    """[key value, [records]] for each stretch of neighbours with an equal key."""
    groups = []
    current = None
    for record in records:
        value = record[key]
        if current is None or current[0] != value:
            current = [value, []]
            groups.append(current)
        current[1].append(record)
    return groups


def summarize(records):
    """One line per block: "source: first..last (count)"."""
    lines = []
    for source, block in group_adjacent(records, "source"):
        first = block[0]["time"]
        last = block[-1]["time"]
        lines.append("%s: %d..%d (%d)" % (source, first, last, len(block)))
    return lines


def gaps(records, limit):
    """[time, next time] wherever two neighbouring records are more than limit apart."""
    result = []
    previous = None
    for record in records:
        if previous is not None and record["time"] - previous > limit:
            result.append([previous, record["time"]])
        previous = record["time"]
    return result
