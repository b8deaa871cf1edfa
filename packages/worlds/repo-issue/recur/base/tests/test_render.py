from datetime import date

from recur.agenda.calendar import Calendar
from recur.agenda.event import Event
from recur.agenda.render import render_day, render_week


def test_day():
    calendar = Calendar()
    calendar.add(Event("dentist", 545, 30, day=date(2024, 1, 8)))
    assert render_day(calendar, date(2024, 1, 8)) == "Mon 2024-01-08\n  09:05-09:35 dentist"


def test_week_without_empty_days():
    calendar = Calendar()
    calendar.add(Event("dentist", 545, 30, day=date(2024, 1, 10)))
    assert render_week(calendar, date(2024, 1, 14)) == render_day(calendar, date(2024, 1, 10))
