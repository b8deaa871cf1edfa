from datetime import date

from recur.agenda.holidays import Holidays


def test_fixed_and_easter():
    holidays = Holidays().fixed("Christmas", 12, 25).around_easter("Good Friday", -2)
    assert list(holidays.of_year(2024).values()) == ["Good Friday", "Christmas"]
    assert date(2024, 3, 29) in holidays


def test_thanksgiving():
    holidays = Holidays().nth("Thanksgiving", 11, 3, 4)
    assert date(2024, 11, 28) in holidays


def test_last_monday_in_may():
    holidays = Holidays().nth("Memorial Day", 5, 0, -1)
    assert list(holidays.of_year(2024)) == [date(2024, 5, 27)]
