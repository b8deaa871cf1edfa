from datetime import date
from itertools import islice

from recur.rules.rule import Rule
from recur.rules.steps import daily, monthly, weekly


def take(generator, count):
    return [day.isoformat() for day in islice(generator, count)]


def test_daily_on_weekdays():
    rule = Rule("daily", date(2024, 1, 5), weekdays=(0, 1, 2, 3, 4))
    assert take(daily(rule), 2) == ["2024-01-05", "2024-01-08"]


def test_weekly_on_one_day():
    assert take(weekly(Rule("weekly", date(2024, 1, 3))), 2) == ["2024-01-03", "2024-01-10"]


def test_monthly_on_a_day_that_all_months_have():
    assert take(monthly(Rule("monthly", date(2024, 1, 15), interval=2)), 2) == ["2024-01-15", "2024-03-15"]
