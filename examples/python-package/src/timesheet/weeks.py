from datetime import timedelta

MONDAY, SUNDAY = 0, 6


def week_of(day, first=MONDAY):
    """The first day of the week of a day (a date or a datetime), as a date."""
    date = day.date() if hasattr(day, "date") else day
    return date - timedelta(days=(first - date.weekday()) % 7)
