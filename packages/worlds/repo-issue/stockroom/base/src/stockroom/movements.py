"""The journal of everything that came and went."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Movement:
    day: date
    sku: str
    quantity: int  # negative when it went out
    reason: str
    cost: int = 0


class Journal:
    def __init__(self):
        self._movements = []

    def record(self, movement):
        self._movements.append(movement)

    def of(self, sku, reason=None):
        return [
            m for m in self._movements if m.sku == sku and (reason is None or m.reason == reason)
        ]

    def balance(self, sku, day):
        """What was there at the end of a day."""
        return sum(m.quantity for m in self._movements if m.sku == sku and m.day <= day)

    def daily_demand(self, sku, today, days=30):
        """What went out to customers per day, on average over the last days."""
        first = today - timedelta(days=days)
        shipped = sum(-m.quantity for m in self.of(sku, "sale") if first < m.day <= today)
        return shipped / days
