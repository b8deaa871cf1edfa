from datetime import date

from recur.dates import nth_weekday
from recur.rules.text import parse_rule


def test_weekday_is_kept():
    for month in range(1, 13):
        for weekday in range(7):
            assert nth_weekday(2023, month, weekday, -1).weekday() == weekday


def test_last_ones():
    assert nth_weekday(2024, 2, 0, -1) == date(2024, 2, 26)
    assert nth_weekday(2024, 2, 6, -1) == date(2024, 2, 25)


def test_further_from_the_end():
    assert nth_weekday(2024, 5, 0, -2) == date(2024, 5, 20)
    assert nth_weekday(2024, 5, 0, -5) is None


def test_rule_with_last():
    rule = parse_rule("every month on the last thu", date(2024, 1, 1))
    assert rule.between(date(2024, 1, 1), date(2024, 3, 31)) == [
        date(2024, 1, 25),
        date(2024, 2, 29),
        date(2024, 3, 28),
    ]
