from helpers import day

import pytest

from stockroom.batches import Batch, BatchList
from stockroom.errors import NotEnough


def test_take_over_two_batches():
    batches = BatchList()
    batches.receive(Batch(5, 100, day(1)))
    batches.receive(Batch(5, 120, day(2)))
    assert batches.take("X", 7, day(3)) == [(5, 100), (2, 120)]
    assert batches.total() == 3


def test_not_enough():
    batches = BatchList()
    batches.receive(Batch(5, 100, day(1)))
    with pytest.raises(NotEnough):
        batches.take("X", 6, day(2))


def test_write_off():
    batches = BatchList()
    batches.receive(Batch(5, 100, day(1), expires=day(10)))
    batches.receive(Batch(4, 100, day(1)))
    assert batches.write_off(day(20)) == 5
    assert batches.value() == 400
