from helpers import day, filled

from stockroom.planning.reorder import proposals
from stockroom.reservations import Reservations


def test_same_item_twice():
    reservations = Reservations()
    for quantity in (2, 4, 1):
        reservations.add("o1", "SOAP", quantity)
    assert reservations.lines("o1") == {"SOAP": 7}
    assert reservations.reserved("SOAP") == 7


def test_quantity_covers_what_is_promised():
    warehouse = filled()
    warehouse.receive("MILK", 30, 70, day(2))
    warehouse.receive("SOAP", 9, 50, day(2))
    warehouse.reserve("o1", "MILK", 25, day(3))
    assert [(p.sku, p.quantity) for p in proposals(warehouse, day(4))] == [("MILK", 24)]


def test_ship_what_was_added_later():
    warehouse = filled()
    warehouse.receive("SOAP", 9, 50, day(2))
    warehouse.reserve("o1", "SOAP", 2, day(3))
    warehouse.reserve("o1", "SOAP", 4, day(3))
    assert warehouse.ship("o1", day(4)) == 300
