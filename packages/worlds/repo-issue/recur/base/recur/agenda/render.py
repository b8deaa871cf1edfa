"""A calendar as text."""

from datetime import timedelta

from recur.agenda.spans import clock
from recur.dates import week_start

NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def render_day(calendar, day):
    lines = [f"{NAMES[day.weekday()]} {day.isoformat()}"]
    for event in calendar.agenda(day):
        start, end = event.span
        lines.append(f"  {clock(start)}-{clock(end)} {event.title}")
    return "\n".join(lines)


def render_week(calendar, day):
    monday = week_start(day)
    days = [monday + timedelta(days=offset) for offset in range(7)]
    return "\n".join(render_day(calendar, each) for each in days if calendar.agenda(each))
