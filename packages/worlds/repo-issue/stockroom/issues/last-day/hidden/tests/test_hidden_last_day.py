from helpers import day, filled

from stockroom.batches import Batch, BatchList


def test_last_day_itself():
    assert Batch(1, 1, day(1), expires=day(9)).usable_on(day(9))


def test_nothing_is_thrown_away_on_the_last_day():
    batches = BatchList()
    batches.receive(Batch(5, 1, day(1), expires=day(9)))
    batches.receive(Batch(2, 1, day(1), expires=day(8)))
    assert batches.write_off(day(9)) == 2
    assert batches.total() == 5


def test_ship_on_the_last_day():
    warehouse = filled()
    warehouse.receive("MILK", 6, 70, day(2), expires=day(9))
    warehouse.reserve("o1", "MILK", 6, day(9))
    assert warehouse.ship("o1", day(9)) == 420
