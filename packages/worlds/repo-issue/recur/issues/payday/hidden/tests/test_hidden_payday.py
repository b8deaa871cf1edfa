from datetime import date

from recur.rules.rule import Rule


def test_only_months_with_31_days():
    days = Rule("monthly", date(2024, 1, 31), count=4).dates()
    assert [day.month for day in days] == [1, 3, 5, 7]


def test_thirtieth_skips_february():
    days = Rule("monthly", date(2023, 1, 30), count=3).dates()
    assert [day.isoformat() for day in days] == ["2023-01-30", "2023-03-30", "2023-04-30"]


def test_range_far_ahead():
    rule = Rule("monthly", date(2024, 5, 31))
    assert rule.between(date(2025, 1, 1), date(2025, 3, 31)) == [date(2025, 1, 31), date(2025, 3, 31)]
