from .spans import worked_minutes


def by_project(entries):
    """Minutes per project, the largest first; equal ones in alphabetical order."""
    totals = {}
    for entry in entries:
        totals[entry.project] = totals.get(entry.project, 0) + entry.minutes
    return dict(sorted(totals.items(), key=lambda item: (-item[1], item[0])))


def by_day(entries):
    """Minutes worked per day, by the day on which an entry starts."""
    days = {}
    for entry in entries:
        days.setdefault(entry.start.date(), []).append(entry)
    return {day: worked_minutes(days[day]) for day in sorted(days)}
