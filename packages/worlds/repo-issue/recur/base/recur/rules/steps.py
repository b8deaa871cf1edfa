"""Generators of dates, one per frequency. They never end, or end with the calendar."""

from datetime import date, timedelta

from recur.dates import month_after, month_length, nth_weekday, week_start


def daily(rule):
    day = rule.start
    while True:
        if not rule.weekdays or day.weekday() in rule.weekdays:
            yield day
        day += timedelta(days=rule.interval)


def weekly(rule):
    weekdays = sorted(rule.weekdays) or [rule.start.weekday()]
    week = week_start(rule.start)
    while True:
        for weekday in weekdays:
            day = week + timedelta(days=weekday)
            if day >= rule.start:
                yield day
        week += timedelta(weeks=rule.interval)


def monthly(rule):
    """The day of the start in each month that has it, or the n-th weekday when `nth` is set."""
    year, month = rule.start.year, rule.start.month
    while True:
        if rule.nth:
            weekday = rule.weekdays[0] if rule.weekdays else rule.start.weekday()
            day = nth_weekday(year, month, weekday, rule.nth)
        elif rule.start.day <= month_length(year, month):
            day = date(year, month, rule.start.day)
        else:
            day = None
        if day is not None and day >= rule.start:
            yield day
        year, month = month_after(year, month, rule.interval)


def yearly(rule):
    year = rule.start.year
    while True:
        if rule.start.day <= month_length(year, rule.start.month):
            yield rule.start.replace(year=year)
        year += rule.interval
