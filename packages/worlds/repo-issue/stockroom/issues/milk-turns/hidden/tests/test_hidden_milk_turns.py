from helpers import day

from stockroom.batches import Batch, BatchList


def batches(*specs):
    result = BatchList()
    for cost, received, expires in specs:
        result.receive(Batch(1, cost, day(received), day(expires) if expires else None))
    return result


def test_expiry_before_receipt():
    stock = batches((1, 1, 30), (2, 2, 10), (3, 3, 20))
    assert [cost for _, cost in stock.take("X", 3, day(4))] == [2, 3, 1]


def test_what_never_expires_goes_last():
    stock = batches((1, 1, None), (2, 2, 10))
    assert stock.take("X", 1, day(4)) == [(1, 2)]


def test_same_expiry_by_receipt():
    stock = batches((1, 5, 10), (2, 2, 10), (3, 1, 11))
    assert [cost for _, cost in stock.take("X", 3, day(6))] == [2, 1, 3]
