from helpers import day, filled

import pytest

from stockroom.errors import NotEnough, UnknownItem


def test_receive_and_ship():
    warehouse = filled()
    warehouse.receive("SOAP", 10, 50, day(1))
    warehouse.reserve("o1", "SOAP", 4, day(2))
    assert warehouse.available("SOAP", day(2)) == 6
    assert warehouse.ship("o1", day(3)) == 200
    assert warehouse.available("SOAP", day(3)) == 6


def test_cannot_promise_twice():
    warehouse = filled()
    warehouse.receive("SOAP", 10, 50, day(1))
    warehouse.reserve("o1", "SOAP", 8, day(2))
    with pytest.raises(NotEnough):
        warehouse.reserve("o2", "SOAP", 3, day(2))


def test_oldest_milk_goes_first():
    warehouse = filled()
    warehouse.receive("MILK", 6, 90, day(1), expires=day(20))
    warehouse.receive("MILK", 6, 70, day(2), expires=day(9))
    warehouse.reserve("o1", "MILK", 6, day(3))
    assert warehouse.ship("o1", day(3)) == 6 * 70


def test_expired_milk_is_not_promised():
    warehouse = filled()
    warehouse.receive("MILK", 6, 70, day(2), expires=day(9))
    assert warehouse.available("MILK", day(9)) == 6
    assert warehouse.available("MILK", day(10)) == 0
    assert warehouse.write_off_expired(day(10)) == {"MILK": 6}
    assert warehouse.journal.balance("MILK", day(10)) == 0


def test_partly_shipped():
    warehouse = filled()
    warehouse.receive("SOAP", 10, 50, day(1))
    warehouse.reserve("o1", "SOAP", 5, day(2))
    warehouse.reservations.fulfil("o1", "SOAP", 2)
    assert warehouse.reservations.lines("o1") == {"SOAP": 3}


def test_unknown():
    with pytest.raises(UnknownItem):
        filled().receive("TEA", 1, 1, day(1))
