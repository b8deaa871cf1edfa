from datetime import date

from ledgerbill.terms import Terms, add_months, days_in_month


def test_add_months():
    assert add_months(date(2024, 1, 15), 2) == date(2024, 3, 15)
    assert add_months(date(2023, 11, 30), 3) == date(2024, 2, 29)


def test_days_in_month():
    assert days_in_month(2023, 2) == 28
    assert days_in_month(2023, 12) == 31


def test_due_from_end_of_month():
    assert Terms(days=10, end_of_month=True).due_date(date(2024, 2, 3)) == date(2024, 3, 10)


def test_early_payment():
    terms = Terms(early_days=10, early_percent=2)
    assert terms.early_discount(10000, date(2024, 1, 1), date(2024, 1, 5)) == 200
    assert terms.early_discount(10000, date(2024, 1, 1), date(2024, 1, 20)) == 0


def test_late_fee():
    terms = Terms(days=14, late_percent=1)
    assert terms.late_fee(10000, date(2024, 1, 1), date(2024, 1, 10)) == 0
    assert terms.late_fee(10000, date(2024, 1, 1), date(2024, 1, 20)) == 100
    assert terms.late_fee(10000, date(2024, 1, 1), date(2024, 2, 20)) == 200
