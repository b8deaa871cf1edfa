from datetime import date

import pytest

from recur.rules.text import describe, parse_rule

START = date(2024, 1, 1)


def test_round_trip():
    for text in (
        "every day",
        "every 2 weeks on mon, thu until 2024-05-01",
        "every month on the last fri",
        "every year 3 times",
    ):
        assert describe(parse_rule(text, START)) == text


def test_long_names():
    assert parse_rule("every week on Tuesday", START).weekdays == (1,)


def test_not_a_rule():
    with pytest.raises(ValueError):
        parse_rule("sometimes", START)
    with pytest.raises(ValueError):
        parse_rule("every week on foo", START)
