"""Stock levels with reservations."""


class Stock:
    def __init__(self, levels):
        self.on_hand = dict(levels)
        self.reserved = {item: 0 for item in levels}

    def free(self, item):
        """What can still be reserved; unknown items are never in stock."""
        return self.on_hand.get(item, 0) - self.reserved.get(item, 0)

    def can_reserve(self, item, quantity):
        return 0 < quantity <= self.free(item)

    def reserve(self, item, quantity):
        self.reserved[item] += quantity
