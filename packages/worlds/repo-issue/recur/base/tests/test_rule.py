from datetime import date

import pytest

from recur.rules.rule import Rule


def test_count_and_until():
    assert len(list(Rule("daily", date(2024, 1, 1), count=5).dates())) == 5
    assert list(Rule("daily", date(2024, 1, 1), until=date(2024, 1, 2)).dates())[-1] == date(2024, 1, 2)


def test_between():
    rule = Rule("weekly", date(2024, 1, 3))
    assert rule.between(date(2024, 1, 9), date(2024, 1, 17)) == [date(2024, 1, 10), date(2024, 1, 17)]


def test_next_after():
    assert Rule("yearly", date(2020, 5, 1)).next_after(date(2024, 5, 1)) == date(2025, 5, 1)
    assert Rule("daily", date(2020, 5, 1), count=1).next_after(date(2024, 5, 1)) is None


def test_refuses_nonsense():
    with pytest.raises(ValueError):
        Rule("hourly", date(2024, 1, 1))
    with pytest.raises(ValueError):
        Rule("daily", date(2024, 1, 1), interval=0)
