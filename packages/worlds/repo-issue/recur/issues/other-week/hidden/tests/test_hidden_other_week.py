from datetime import date

from recur.agenda.spans import overlap
from recur.rules.rule import Rule


def test_gap_of_the_interval():
    for interval in (2, 3, 5):
        first, second = Rule("weekly", date(2024, 1, 3), interval=interval, count=2).dates()
        assert (second - first).days == 7 * interval


def test_start_in_the_middle_of_the_week():
    rule = Rule("weekly", date(2024, 1, 3), interval=2, weekdays=(0, 2), count=3)
    assert [day.day for day in rule.dates()] == [3, 15, 17]


def test_touching_spans():
    assert not overlap((0, 10), (10, 20))
    assert not overlap((10, 20), (0, 10))
    assert overlap((0, 11), (10, 20))
