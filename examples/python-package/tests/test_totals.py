from datetime import date, datetime

import pytest

from timesheet import SUNDAY, Entry, by_day, by_project, overtime, parse, round_minutes, week_of

WEEK = "\n".join(f"2024-03-{day:02d} 8:00-17:00 acme" for day in range(4, 9))


def test_an_entry_must_end_after_it_starts():
    with pytest.raises(ValueError, match="end after it starts"):
        Entry(datetime(2024, 3, 4, 9), datetime(2024, 3, 4, 9), "acme")


def test_totals_by_project():
    entries = parse("2024-03-04 9:00-10:00 b\n2024-03-04 10:00-12:00 c\n2024-03-05 9:00-10:00 a")
    assert list(by_project(entries).items()) == [("c", 120), ("a", 60), ("b", 60)]


def test_totals_by_day_in_order():
    entries = parse("2024-03-05 9:00-10:00 a\n2024-03-04 9:00-10:00 a\n2024-03-04 9:30-11:00 b")
    assert list(by_day(entries).items()) == [(date(2024, 3, 4), 120), (date(2024, 3, 5), 60)]


def test_the_week_starts_on_monday():
    assert week_of(date(2024, 3, 4)) == date(2024, 3, 4)
    assert week_of(datetime(2024, 3, 10, 23)) == date(2024, 3, 4)


def test_the_week_may_start_on_sunday():
    assert week_of(date(2024, 3, 10), first=SUNDAY) == date(2024, 3, 10)
    assert week_of(date(2024, 3, 9), first=SUNDAY) == date(2024, 3, 3)


def test_overtime_of_a_long_week():
    assert overtime(parse(WEEK)) == {date(2024, 3, 4): 300}


def test_overtime_of_one_long_day():
    entries = parse("2024-03-04 8:00-18:00 acme\n2024-03-04 12:00-13:00 lunch talk")
    assert overtime(entries) == {date(2024, 3, 4): 120}


def test_no_overtime():
    assert overtime(parse("2024-03-04 9:00-17:00 acme")) == {}


@pytest.mark.parametrize(
    ("mode", "expected"),
    [("nearest", [0, 15, 15, 30]), ("up", [15, 15, 30, 30]), ("down", [0, 0, 15, 15])],
)
def test_rounding(mode, expected):
    assert [round_minutes(minutes, mode=mode) for minutes in (7, 8, 22, 23)] == expected
