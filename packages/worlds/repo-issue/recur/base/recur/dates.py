"""Helpers on dates the standard library lacks."""

from datetime import date, timedelta

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year, month):
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def month_after(year, month, count=1):
    index = year * 12 + (month - 1) + count
    return index // 12, index % 12 + 1


def nth_weekday(year, month, weekday, n):
    """The n-th weekday of a month, from the end when n is negative; None if there is none."""
    if n > 0:
        first = date(year, month, 1)
        day = 1 + (weekday - first.weekday()) % 7 + 7 * (n - 1)
    else:
        length = month_length(year, month)
        last = date(year, month, length)
        day = length - (last.weekday() - weekday) % 7 + 7 * (n + 1)
    if 1 <= day <= month_length(year, month):
        return date(year, month, day)
    return None


def week_start(day, first=MONDAY):
    """The first day of the week a day is in."""
    return day - timedelta(days=(day.weekday() - first) % 7)


def easter(year):
    """Easter Sunday by the anonymous Gregorian algorithm."""
    a = year % 19
    b, c = divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * l) // 451
    month, day = divmod(h + l - 7 * m + 114, 31)
    return date(year, month, day + 1)
