from datetime import date

from recur.dates import FRIDAY, MONDAY, SUNDAY, easter, month_after, month_length, nth_weekday, week_start


def test_lengths():
    assert [month_length(2023, month) for month in (1, 2, 4)] == [31, 28, 30]
    assert month_length(2024, 2) == 29


def test_month_after():
    assert month_after(2023, 11, 3) == (2024, 2)


def test_nth_weekday():
    assert nth_weekday(2024, 5, MONDAY, 1) == date(2024, 5, 6)
    assert nth_weekday(2024, 5, FRIDAY, -1) == date(2024, 5, 31)


def test_week_start():
    assert week_start(date(2024, 5, 15)) == date(2024, 5, 13)
    assert week_start(date(2024, 5, 15), SUNDAY) == date(2024, 5, 12)


def test_easter():
    assert [easter(year) for year in (2023, 2024)] == [date(2023, 4, 9), date(2024, 3, 31)]
