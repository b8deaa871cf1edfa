"""Events: one-off or recurring, with exceptions and moved dates."""

from dataclasses import dataclass, field
from datetime import date

from recur.rules.rule import Rule


@dataclass
class Event:
    title: str
    start: int  # minutes after midnight
    minutes: int
    rule: Rule | None = None
    day: date | None = None
    skipped: set = field(default_factory=set)
    moved: dict = field(default_factory=dict)  # from the original date to the new one

    @property
    def span(self):
        return (self.start, self.start + self.minutes)

    def skip(self, day):
        self.skipped.add(day)

    def move(self, day, to):
        self.moved[day] = to

    def days(self, first, last):
        """The days in a range on which the event takes place."""
        if self.rule is None:
            return [self.day] if first <= self.day <= last else []
        regular = [
            day
            for day in self.rule.between(first, last)
            if day not in self.skipped and day not in self.moved
        ]
        arrived = [to for to in self.moved.values() if first <= to <= last]
        return sorted(regular + arrived)
