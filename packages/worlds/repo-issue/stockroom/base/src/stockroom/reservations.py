"""What is promised to orders and not shipped yet."""

from collections import defaultdict


class Reservations:
    def __init__(self):
        self._by_order = defaultdict(dict)

    def add(self, order, sku, quantity):
        lines = self._by_order[order]
        lines[sku] = lines.get(sku, 0) + quantity

    def reserved(self, sku):
        return sum(lines.get(sku, 0) for lines in self._by_order.values())

    def lines(self, order):
        return dict(self._by_order.get(order, {}))

    def fulfil(self, order, sku, quantity):
        """Shipped: the promise shrinks by it, never below nothing."""
        lines = self._by_order.get(order, {})
        left = lines.get(sku, 0) - quantity
        if left > 0:
            lines[sku] = left
        else:
            lines.pop(sku, None)
        if not lines:
            self._by_order.pop(order, None)

    def cancel(self, order):
        return self._by_order.pop(order, {})

    def orders(self):
        return sorted(self._by_order)
