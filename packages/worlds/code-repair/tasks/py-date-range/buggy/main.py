"""Calendar arithmetic on dates [year, month, day]."""

MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 4000 == 0)


def days_in_month(year, month):
    if month == 2 and is_leap(year):
        return 29
    return MONTH_DAYS[month - 1]


def add_days(date, count):
    """The date `count` (zero or more) days later."""
    year, month, day = date
    day += count
    while day >= days_in_month(year, month):
        day -= days_in_month(year, month)
        month += 1
        if month > 12:
            month = 1
            year += 1
    return [year, month, day]


def day_of_year(date):
    """1 for January 1st."""
    year, month, day = date
    return day + sum(days_in_month(year, month) for earlier in range(1, month))


def days_between(start, end):
    """Days from start to end, negative when end is earlier."""
    if start > end:
        return -days_between(end, start)
    total = day_of_year(end) - day_of_year(start)
    for year in range(start[0], end[0]):
        total += 366 if is_leap(year) else 365
    return total


def date_range(start, end, step):
    """Every step-th date from start up to and including end."""
    return [add_days(start, n) for n in range(0, days_between(start, end) + 1, step)]
