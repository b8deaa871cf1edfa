from datetime import date

from recur.agenda.calendar import Calendar
from recur.agenda.event import Event
from recur.agenda.holidays import Holidays
from recur.rules.rule import Rule
from recur.rules.text import parse_rule


def test_agenda_in_order():
    calendar = Calendar()
    calendar.add(Event("late", 900, 30, day=date(2024, 1, 8)))
    calendar.add(Event("early", 600, 30, Rule("weekly", date(2024, 1, 1))))
    assert [event.title for event in calendar.agenda(date(2024, 1, 8))] == ["early", "late"]


def test_back_to_back_is_no_conflict():
    calendar = Calendar()
    calendar.add(Event("a", 600, 60, day=date(2024, 1, 8)))
    calendar.add(Event("b", 660, 60, day=date(2024, 1, 8)))
    calendar.add(Event("c", 690, 60, day=date(2024, 1, 8)))
    assert calendar.conflicts(date(2024, 1, 8)) == [("b", "c")]


def test_free_time():
    calendar = Calendar(workday=(540, 720))
    calendar.add(Event("a", 500, 60, day=date(2024, 1, 8)))
    calendar.add(Event("b", 600, 60, day=date(2024, 1, 8)))
    assert calendar.free(date(2024, 1, 8)) == [(560, 600), (660, 720)]
    assert calendar.free(date(2024, 1, 7)) == []


def test_free_time_around_long_meetings():
    calendar = Calendar(workday=(540, 720))
    calendar.add(Event("long", 560, 120, day=date(2024, 1, 8)))
    calendar.add(Event("short", 570, 20, day=date(2024, 1, 8)))
    assert calendar.free(date(2024, 1, 8)) == [(680, 720)]


def test_next_free_day():
    holidays = Holidays().fixed("New Year", 1, 1)
    assert Calendar(holidays=holidays).next_free(date(2023, 12, 30), 60) == (date(2024, 1, 2), 540)


def test_payday():
    calendar = Calendar()
    calendar.add(Event("pay", 540, 10, parse_rule("every month", date(2024, 1, 31))))
    assert calendar.agenda(date(2024, 3, 31)) != []
    assert calendar.agenda(date(2024, 2, 29)) == []


def test_two_days_every_other_week():
    calendar = Calendar()
    calendar.add(Event("gym", 1080, 60, parse_rule("every 2 weeks on tue, sat", date(2024, 1, 4))))
    days = [day for day in range(1, 32) if calendar.agenda(date(2024, 1, day))]
    assert days == [6, 16, 20, 30]
