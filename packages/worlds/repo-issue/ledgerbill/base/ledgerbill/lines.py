"""The lines of an invoice."""

from dataclasses import dataclass, field

from .discounts import BulkTiers, PercentOff, apply_all


@dataclass
class LineItem:
    description: str
    quantity: int
    unit_price: int
    category: str = "standard"
    discounts: list = field(default_factory=list)
    tiers: BulkTiers = None

    def gross(self):
        return self.quantity * self.unit_price

    def net(self):
        """What the line costs before tax: bulk price first, then its discounts."""
        cents = self.gross()
        if self.tiers is not None:
            cents = PercentOff(self.tiers.percent_for(self.quantity)).apply(cents)
        return apply_all(cents, self.discounts)


def merge_lines(lines):
    """Join lines that sell the same thing at the same price, in order of first appearance."""
    merged = {}
    for line in lines:
        key = (line.description, line.unit_price, line.category)
        if key in merged:
            merged[key].quantity += line.quantity
        else:
            merged[key] = LineItem(
                line.description,
                line.quantity,
                line.unit_price,
                line.category,
                list(line.discounts),
                line.tiers,
            )
    return list(merged.values())
