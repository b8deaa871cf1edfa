from stockroom.reports.picklist import picklist, shelf_key


def test_shelves_in_order():
    assert sorted(["B10-1", "B2-10", "A1-3", "B2-9"], key=shelf_key) == ["A1-3", "B2-9", "B2-10", "B10-1"]


def test_unknown_shelves_last():
    assert picklist({"Z": 1, "A": 2}, {"Z": "A1-1"}) == [("A1-1", "Z", 1), ("?", "A", 2)]
