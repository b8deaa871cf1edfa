from stockroom.planning.abc import classify


def test_classes():
    assert classify({"a": 70, "b": 20, "c": 6, "d": 4}) == {"a": "A", "b": "A", "c": "B", "d": "C"}


def test_nothing_sold():
    assert classify({"a": 0}) == {"a": "C"}
