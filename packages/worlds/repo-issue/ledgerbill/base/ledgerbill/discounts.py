"""Discounts on lines and on whole invoices."""

from dataclasses import dataclass

from .money import percent_of


@dataclass(frozen=True)
class PercentOff:
    percent: int

    def apply(self, cents):
        return cents - percent_of(cents, self.percent)


@dataclass(frozen=True)
class AmountOff:
    amount: int

    def apply(self, cents):
        return max(0, cents - self.amount)


@dataclass(frozen=True)
class BulkTiers:
    """Percentages by quantity: the highest threshold that is reached counts."""

    tiers: tuple

    def percent_for(self, quantity):
        best = 0
        for threshold, percent in sorted(self.tiers):
            if quantity >= threshold:
                best = percent
        return best


def apply_all(cents, discounts):
    """Apply discounts one after another, each to what the one before left."""
    for discount in discounts:
        cents = discount.apply(cents)
    return cents
