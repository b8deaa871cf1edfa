"""Payments and what they settle."""

from dataclasses import dataclass, field


@dataclass
class Account:
    """What a customer owes, per invoice number, and credit not used yet."""

    open: dict = field(default_factory=dict)
    credit: int = 0

    def charge(self, number, due, cents):
        """Add an invoice; credit the customer has is used for it at once."""
        used = min(self.credit, cents)
        self.credit -= used
        if cents > used:
            self.open[number] = (due, cents - used)

    def pay(self, cents, number=None):
        """Settle one invoice, or the oldest ones first; what is left becomes credit.

        Returns the amounts settled by invoice number.
        """
        if cents <= 0:
            raise ValueError("a payment must be positive")
        order = [number] if number is not None else self.by_age()
        settled = {}
        for name in order:
            if cents == 0:
                break
            due, owed = self.open[name]
            part = min(owed, cents)
            settled[name] = part
            cents -= part
            if part == owed:
                del self.open[name]
            else:
                self.open[name] = (due, owed - part)
        self.credit += cents
        return settled

    def by_age(self):
        return sorted(self.open, key=lambda name: (self.open[name][0], name))

    def balance(self):
        return sum(owed for _, owed in self.open.values()) - self.credit
