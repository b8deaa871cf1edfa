from datetime import timedelta


def merged(entries):
    """Spans of time covered by at least one entry, as (start, end), in order.

    Spans that touch are one span.
    """
    spans = []
    for entry in sorted(entries, key=lambda each: each.start):
        if not spans or entry.start > spans[-1][1]:
            spans.append((entry.start, entry.end))
            continue
        start, end = spans.pop()
        spans.append((start, max(end, entry.end)))
    return spans


def worked_minutes(entries):
    """Minutes worked; time that two entries share counts once."""
    total = timedelta()
    for start, end in merged(entries):
        total += end - start
    return int(total.total_seconds()) // 60


def gaps(entries, shortest=1):
    """Breaks of at least `shortest` minutes between the entries of a day, as (start, end)."""
    spans = merged(entries)
    found = []
    for (_, pause), (resume, _) in zip(spans, spans[1:]):
        if pause.date() == resume.date() and resume - pause >= timedelta(minutes=shortest):
            found.append((pause, resume))
    return found
