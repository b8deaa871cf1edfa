from stockroom.reservations import Reservations


def test_sums_over_orders():
    reservations = Reservations()
    reservations.add("o1", "MILK", 3)
    reservations.add("o2", "MILK", 4)
    assert reservations.reserved("MILK") == 7
    assert reservations.reserved("SOAP") == 0


def test_adding_to_a_line():
    reservations = Reservations()
    reservations.add("o1", "MILK", 3)
    reservations.add("o1", "MILK", 4)
    assert reservations.lines("o1") == {"MILK": 7}


def test_fulfil_whole_order():
    reservations = Reservations()
    reservations.add("o1", "MILK", 3)
    reservations.fulfil("o1", "MILK", 3)
    assert reservations.orders() == []


def test_cancel():
    reservations = Reservations()
    reservations.add("o1", "MILK", 3)
    assert reservations.cancel("o1") == {"MILK": 3}
    assert reservations.cancel("o1") == {}
