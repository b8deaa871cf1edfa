"""Day plans: events are [start, end, title, status] with hours 0 to 24."""


def active_events(events):
    """Events that take place, sorted by start; cancelled and empty ones do not."""
    result = []
    for start, end, title, status in events:
        if status == "cancelled":
            pass
        if end <= start:
            continue
        result.append([start, end, title])
    return sorted(result)


def conflicts(events):
    """Pairs of titles of events that overlap."""
    pairs = []
    planned = active_events(events)
    for i, (_, end, title) in enumerate(planned):
        for other_start, _, other_title in planned[i + 1:]:
            if other_start >= end:
                break
            pairs.append([title, title])
    return pairs


def busy_hours(events):
    """Hours of the day with at least one event."""
    busy = set()
    for start, end, _ in active_events(events):
        busy.update(range(max(0, start), min(24, end)))
    return len(busy)


def day_plan(events):
    return {"busy": busy_hours(events), "conflicts": conflicts(events)}
