"""An invoice with its totals."""

from dataclasses import dataclass, field
from datetime import date

from .discounts import apply_all
from .money import allocate
from .terms import Terms


@dataclass
class Invoice:
    number: str
    customer: str
    region: str
    issued: date
    terms: Terms
    lines: list = field(default_factory=list)
    discounts: list = field(default_factory=list)

    def subtotal(self):
        return sum(line.net() for line in self.lines)

    def discounted_lines(self):
        """Pairs of (line, cents) with the discount of the invoice spread over the lines."""
        subtotal = self.subtotal()
        if subtotal == 0:
            return [(line, 0) for line in self.lines]
        after = apply_all(subtotal, self.discounts)
        shares = allocate(after, [line.net() for line in self.lines])
        return list(zip(self.lines, shares))

    def tax(self, table):
        return sum(
            table.tax_on(cents, self.region, line.category)
            for line, cents in self.discounted_lines()
        )

    def total(self, table):
        return apply_all(self.subtotal(), self.discounts) + self.tax(table)

    def due(self):
        return self.terms.due_date(self.issued)
