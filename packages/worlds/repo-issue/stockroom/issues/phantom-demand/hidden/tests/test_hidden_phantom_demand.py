from helpers import day

from stockroom.movements import Journal, Movement
from stockroom.reservations import Reservations


def test_only_sales_are_demand():
    journal = Journal()
    for reason, quantity in (("sale", -3), ("expired", -30), ("correction", -9), ("purchase", 50)):
        journal.record(Movement(day(10), "X", quantity, reason))
    assert journal.daily_demand("X", day(10), days=3) == 1


def test_rest_of_a_line_stays():
    reservations = Reservations()
    reservations.add("o1", "A", 5)
    reservations.add("o1", "B", 1)
    reservations.fulfil("o1", "A", 1)
    reservations.fulfil("o1", "A", 1)
    assert reservations.lines("o1") == {"A": 3, "B": 1}


def test_more_than_promised():
    reservations = Reservations()
    reservations.add("o1", "A", 5)
    reservations.fulfil("o1", "A", 9)
    assert reservations.reserved("A") == 0
    assert reservations.orders() == []
