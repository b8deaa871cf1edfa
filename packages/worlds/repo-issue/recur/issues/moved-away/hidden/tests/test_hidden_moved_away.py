from datetime import date

from recur.agenda.event import Event
from recur.agenda.spans import subtract
from recur.rules.rule import Rule


def test_moved_out_of_the_range():
    event = Event("x", 0, 1, Rule("weekly", date(2024, 1, 1)))
    event.move(date(2024, 1, 8), date(2024, 2, 20))
    assert event.days(date(2024, 1, 1), date(2024, 1, 15)) == [date(2024, 1, 1), date(2024, 1, 15)]


def test_skipped_only():
    event = Event("x", 0, 1, Rule("daily", date(2024, 1, 1), count=3))
    event.skip(date(2024, 1, 2))
    assert event.days(date(2024, 1, 1), date(2024, 1, 9)) == [date(2024, 1, 1), date(2024, 1, 3)]


def test_taken_from_before_the_span():
    event = Event("x", 0, 1, Rule("daily", date(2024, 1, 1), count=4))
    for day in (1, 3):
        event.skip(date(2024, 1, day))
    event.move(date(2024, 1, 2), date(2024, 1, 6))
    assert [day.day for day in event.days(date(2024, 1, 1), date(2024, 1, 9))] == [4, 6]
