from helpers import day

from stockroom.movements import Journal, Movement


def test_balance():
    journal = Journal()
    journal.record(Movement(day(1), "MILK", 10, "purchase"))
    journal.record(Movement(day(3), "MILK", -4, "sale"))
    assert [journal.balance("MILK", day(n)) for n in (1, 2, 4)] == [10, 10, 6]


def test_filter_by_reason():
    journal = Journal()
    journal.record(Movement(day(1), "MILK", 10, "purchase"))
    assert journal.of("MILK", "sale") == []
    assert len(journal.of("MILK")) == 1


def test_demand_counts_sales():
    journal = Journal()
    journal.record(Movement(day(3), "MILK", -6, "sale"))
    assert journal.daily_demand("MILK", day(4), days=3) == 2
