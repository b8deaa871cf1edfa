"""The stock as a whole: everything that changes it goes through here."""

from .batches import Batch, BatchList
from .errors import NotEnough
from .movements import Journal, Movement
from .reservations import Reservations


class Warehouse:
    def __init__(self, catalog):
        self.catalog = catalog
        self.journal = Journal()
        self.reservations = Reservations()
        self._stock = {}

    def batches(self, sku):
        item = self.catalog[sku]
        return self._stock.setdefault(item.sku, BatchList())

    def receive(self, sku, quantity, unit_cost, day, expires=None):
        self.batches(sku).receive(Batch(quantity, unit_cost, day, expires))
        self.journal.record(Movement(day, sku, quantity, "purchase", quantity * unit_cost))

    def available(self, sku, day):
        """What can be promised: usable stock without what is promised already."""
        return self.batches(sku).total(day) - self.reservations.reserved(sku)

    def reserve(self, order, sku, quantity, day):
        available = self.available(sku, day)
        if quantity > available:
            raise NotEnough(sku, quantity, available)
        self.reservations.add(order, sku, quantity)

    def ship(self, order, day):
        """Ship all that is reserved for an order; returns the cost of the goods."""
        cost = 0
        for sku, quantity in self.reservations.lines(order).items():
            taken = self.batches(sku).take(sku, quantity, day)
            part = sum(count * unit_cost for count, unit_cost in taken)
            self.reservations.fulfil(order, sku, quantity)
            self.journal.record(Movement(day, sku, -quantity, "sale", part))
            cost += part
        return cost

    def write_off_expired(self, day):
        """Remove what has expired everywhere; returns quantities by sku."""
        lost = {}
        for sku, batches in self._stock.items():
            quantity = batches.write_off(day)
            if quantity:
                lost[sku] = quantity
                self.journal.record(Movement(day, sku, -quantity, "expired"))
        return lost
