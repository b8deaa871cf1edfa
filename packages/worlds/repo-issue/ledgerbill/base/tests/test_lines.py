from ledgerbill.discounts import AmountOff, BulkTiers
from ledgerbill.lines import LineItem, merge_lines


def test_gross_and_net():
    line = LineItem("pen", 4, 250, discounts=[AmountOff(100)])
    assert (line.gross(), line.net()) == (1000, 900)


def test_bulk_price():
    line = LineItem("pen", 60, 100, tiers=BulkTiers(((50, 12), (10, 5))))
    assert line.net() == 5280


def test_merge_same_things():
    merged = merge_lines([LineItem("pen", 1, 250), LineItem("ink", 1, 900), LineItem("pen", 2, 250)])
    assert [(line.description, line.quantity) for line in merged] == [("pen", 3), ("ink", 1)]
