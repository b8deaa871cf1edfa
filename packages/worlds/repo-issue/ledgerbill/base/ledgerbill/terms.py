"""Payment terms: due dates, early payment and late fees."""

from dataclasses import dataclass
from datetime import date, timedelta

from .money import percent_of


def add_months(day, months):
    """The same day some months later, or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, days_in_month(year, month + 1)))


def days_in_month(year, month):
    if month == 12:
        return 31
    return (date(year, month + 1, 1) - date(year, month, 1)).days


@dataclass(frozen=True)
class Terms:
    """Net `days`, counted from the end of the month of issue when `end_of_month`."""

    days: int = 30
    end_of_month: bool = False
    early_days: int = 0
    early_percent: int = 0
    late_percent: int = 0

    def due_date(self, issued):
        start = issued
        if self.end_of_month:
            start = issued.replace(day=days_in_month(issued.year, issued.month))
        return start + timedelta(days=self.days)

    def early_discount(self, cents, issued, paid):
        if self.early_days and paid <= issued + timedelta(days=self.early_days):
            return percent_of(cents, self.early_percent)
        return 0

    def late_fee(self, cents, issued, today):
        """A fee of `late_percent` for every month that has begun after the due date."""
        due = self.due_date(issued)
        if today <= due:
            return 0
        months = 1
        while add_months(due, months) < today:
            months += 1
        return months * percent_of(cents, self.late_percent)
