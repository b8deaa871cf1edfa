from datetime import date

from recur.agenda.event import Event
from recur.rules.rule import Rule


def weekly():
    return Event("jour fixe", 600, 60, Rule("weekly", date(2024, 1, 1)))


def test_single():
    event = Event("dentist", 600, 30, day=date(2024, 1, 5))
    assert event.days(date(2024, 1, 1), date(2024, 1, 31)) == [date(2024, 1, 5)]
    assert event.days(date(2024, 2, 1), date(2024, 2, 2)) == []


def test_skip():
    event = weekly()
    event.skip(date(2024, 1, 8))
    assert event.days(date(2024, 1, 1), date(2024, 1, 15)) == [date(2024, 1, 1), date(2024, 1, 15)]


def test_move_within_the_range():
    event = weekly()
    event.move(date(2024, 1, 8), date(2024, 1, 9))
    assert event.days(date(2024, 1, 2), date(2024, 1, 14)) == [date(2024, 1, 9)]
