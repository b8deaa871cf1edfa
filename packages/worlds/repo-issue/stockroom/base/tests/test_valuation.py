from helpers import day, filled

from stockroom.reports.valuation import average_cost, margin, valuation


def test_values():
    warehouse = filled()
    warehouse.receive("MILK", 10, 70, day(1))
    warehouse.receive("MILK", 10, 90, day(1))
    assert valuation(warehouse) == {"MILK": 1600}
    assert average_cost(warehouse, "MILK") == 80
    assert average_cost(warehouse, "SOAP") == 0


def test_margin():
    assert margin(200, 150) == 25.0
    assert margin(0, 10) == 0.0
