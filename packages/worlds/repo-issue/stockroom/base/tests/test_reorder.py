from helpers import day, filled

from stockroom.catalog import Item
from stockroom.planning.reorder import proposals, reorder_point, to_packs


def test_packs():
    assert [to_packs(n, 12) for n in (1, 12, 13)] == [12, 12, 24]


def test_point():
    assert reorder_point(Item("A", "a", reorder_level=5, lead_days=10), 1.25) == 13
    assert reorder_point(Item("A", "a", reorder_level=50, lead_days=10), 1.25) == 50


def test_proposals_for_what_runs_out():
    warehouse = filled()
    warehouse.receive("MILK", 8, 70, day(2))
    warehouse.receive("SOAP", 5, 50, day(2))
    assert [(p.sku, p.quantity, p.reason) for p in proposals(warehouse, day(4))] == [("MILK", 12, "8 of 20")]


def test_expired_goods_are_no_demand():
    warehouse = filled()
    warehouse.receive("SOAP", 65, 50, day(1), expires=day(3))
    warehouse.receive("SOAP", 6, 50, day(1))
    warehouse.write_off_expired(day(4))
    warehouse.receive("MILK", 20, 70, day(2))
    assert proposals(warehouse, day(5)) == []


def test_promised_goods_are_missing():
    warehouse = filled()
    warehouse.receive("MILK", 20, 70, day(2))
    warehouse.receive("SOAP", 7, 50, day(2))
    warehouse.reserve("o1", "SOAP", 3, day(3))
    assert [(p.sku, p.reason) for p in proposals(warehouse, day(4))] == [("SOAP", "4 of 5")]
