from datetime import date

from ledgerbill.payments import Account
from ledgerbill.terms import Terms, add_months


def test_rest_of_the_credit_is_kept():
    account = Account(credit=1000)
    account.charge("A", date(2024, 1, 1), 300)
    assert (account.credit, account.open, account.balance()) == (700, {}, -700)


def test_credit_serves_two_invoices():
    account = Account(credit=500)
    account.charge("A", date(2024, 1, 1), 300)
    account.charge("B", date(2024, 2, 1), 300)
    assert account.open == {"B": (date(2024, 2, 1), 100)}


def test_months_over_the_year():
    assert add_months(date(2023, 12, 31), 2) == date(2024, 2, 29)
    assert add_months(date(2023, 12, 5), 0) == date(2023, 12, 5)
    assert add_months(date(2024, 3, 31), -1) == date(2024, 2, 29)


def test_fee_begins_with_each_month():
    terms = Terms(days=0, late_percent=2)
    issued = date(2024, 1, 31)
    assert terms.late_fee(5000, issued, date(2024, 2, 29)) == 100
    assert terms.late_fee(5000, issued, date(2024, 3, 1)) == 200
