from .totals import by_day
from .weeks import MONDAY, week_of


def overtime(entries, per_day=8 * 60, per_week=40 * 60, first=MONDAY):
    """Minutes of overtime per week (by its first day): the larger of what exceeds the days' and the week's limit.

    Weeks without overtime are left out.
    """
    weeks = {}
    for day, minutes in by_day(entries).items():
        week = week_of(day, first)
        daily, total = weeks.get(week, (0, 0))
        weeks[week] = (daily + max(0, minutes - per_day), total + minutes)
    result = {}
    for week, (daily, total) in weeks.items():
        extra = max(daily, total - per_week)
        if extra > 0:
            result[week] = extra
    return result
