"""Batches of one item: what came in when, at what price, and when it expires."""

from dataclasses import dataclass
from datetime import date

from .errors import NotEnough


@dataclass
class Batch:
    quantity: int
    unit_cost: int
    received: date
    expires: date | None = None

    def usable_on(self, day):
        return self.expires is None or day <= self.expires


class BatchList:
    def __init__(self):
        self._batches = []

    def receive(self, batch):
        if batch.quantity <= 0:
            raise ValueError("a batch needs a quantity")
        self._batches.append(batch)

    def total(self, day=None):
        """What is there, or only what can still be used on a day."""
        return sum(b.quantity for b in self._batches if day is None or b.usable_on(day))

    def take(self, sku, quantity, day):
        """Take from what expires first, then from what came first.

        Returns pairs of (quantity, unit cost).
        """
        available = self.total(day)
        if quantity > available:
            raise NotEnough(sku, quantity, available)
        usable = [b for b in self._batches if b.usable_on(day)]
        taken = []
        for batch in sorted(usable, key=_expiry_order):
            if quantity == 0:
                break
            part = min(quantity, batch.quantity)
            batch.quantity -= part
            quantity -= part
            taken.append((part, batch.unit_cost))
        self._batches = [b for b in self._batches if b.quantity > 0]
        return taken

    def write_off(self, day):
        """Remove what has expired and return how much that was."""
        expired = [b for b in self._batches if not b.usable_on(day)]
        self._batches = [b for b in self._batches if b.usable_on(day)]
        return sum(b.quantity for b in expired)

    def value(self):
        return sum(b.quantity * b.unit_cost for b in self._batches)

    def __iter__(self):
        return iter(self._batches)


def _expiry_order(batch):
    return (batch.expires or date.max, batch.received)
