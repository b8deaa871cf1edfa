"""Holidays: fixed dates, days relative to Easter, and n-th weekdays."""

from datetime import date, timedelta

from recur.dates import easter, nth_weekday


class Holidays:
    def __init__(self):
        self._fixed = {}
        self._easter = {}
        self._nth = {}

    def fixed(self, name, month, day):
        self._fixed[name] = (month, day)
        return self

    def around_easter(self, name, offset):
        self._easter[name] = offset
        return self

    def nth(self, name, month, weekday, n):
        self._nth[name] = (month, weekday, n)
        return self

    def of_year(self, year):
        """Dates with their names, in order."""
        days = {date(year, month, day): name for name, (month, day) in self._fixed.items()}
        for name, offset in self._easter.items():
            days[easter(year) + timedelta(days=offset)] = name
        for name, (month, weekday, n) in self._nth.items():
            found = nth_weekday(year, month, weekday, n)
            if found is not None:
                days[found] = name
        return dict(sorted(days.items()))

    def __contains__(self, day):
        return day in self.of_year(day.year)
