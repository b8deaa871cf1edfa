"""A recurrence rule and the dates it gives."""

from dataclasses import dataclass
from datetime import date
from itertools import islice

from recur.rules.steps import daily, monthly, weekly, yearly

STEPPERS = {"daily": daily, "weekly": weekly, "monthly": monthly, "yearly": yearly}


@dataclass(frozen=True)
class Rule:
    """`until` is the last day that may be given; `count` limits how many are given."""

    frequency: str
    start: date
    interval: int = 1
    weekdays: tuple = ()
    nth: int = 0
    count: int | None = None
    until: date | None = None

    def __post_init__(self):
        if self.frequency not in STEPPERS:
            raise ValueError(f"unknown frequency {self.frequency!r}")
        if self.interval < 1:
            raise ValueError("the interval must be at least 1")

    def dates(self):
        """Dates in order, without an end when the rule has none."""
        found = STEPPERS[self.frequency](self)
        if self.until is not None:
            found = _until(found, self.until)
        return islice(found, self.count)

    def between(self, first, last):
        """The dates from `first` to `last`, both included."""
        result = []
        for day in self.dates():
            if day > last:
                break
            if day >= first:
                result.append(day)
        return result

    def next_after(self, day):
        return next((found for found in self.dates() if found > day), None)


def _until(dates, last):
    for day in dates:
        if day > last:
            return
        yield day
